// A place for what is new in a plan that is kept: nothing that stands has to go for it, but what is right of an island
// in the lane that has more cards than there was room for.

import type {
  ColumnPlan,
  IslandPlan,
  LayoutInput,
  LayoutIsland,
  LayoutPlan,
  PillPlan,
  Slot,
} from './plan.ts';
import { slotsOf } from './plan-fresh.ts';
import type { SlotPlan } from './plan-slots.ts';
import {
  CLOSED_H,
  CLOSED_W,
  CLUSTER_PAD,
  ISLAND_GAP_X,
  ISLAND_GAP_Y,
  islandForm,
  LANE_CAPTION_W,
  LANE_GAP,
  LANE_GAP_X,
  LANE_W,
  openSize,
  PILL_GAP,
  PILL_H,
  PILL_W,
} from './sizes.ts';

/** Of one card more in the lane so much is left between what stood beside each other. */
export const LEAST_LANE_GAP = LANE_GAP_X - PILL_GAP;

type Islands = Readonly<Record<string, IslandPlan>>;

/**
 * A hole in a column that is wide enough, else a column of its own at the right. Where clusters stand side by side that
 * would lie in the frame of another: then it goes on top of a column of its cluster, in one column of cards if need be.
 */
export function settle(
  island: LayoutIsland,
  input: LayoutInput,
  islands: Islands,
  columns: ColumnPlan[],
  previous: LayoutPlan,
): IslandPlan {
  const slots = island.open ? slotsOf(island, input) : NO_SLOTS;
  const { id, cluster, open, boxed } = island;
  const made = (inner: SlotPlan, column: number, x: number, y: number): IslandPlan => ({
    id,
    cluster,
    open,
    boxed,
    ...inner,
    column,
    x,
    y,
  });
  const all = Object.values(islands);
  if (island.lane) return made(slots, -1, laneX(island, all, previous), previous.laneY);
  const { w, h } = sizeOf(made(slots, 0, 0, 0));
  const own = columns.flatMap(({ x, width }, column) => {
    const standing = all.filter((other) => other.column === column);
    const isOwn = standing.length > 0 && standing.every((other) => other.cluster === cluster);
    return isOwn ? [{ column, x, width, standing }] : [];
  });
  for (const { column, x, width, standing } of own) {
    const y = width < w ? undefined : holeFor(standing, h, previous.laneY - ISLAND_GAP_Y);
    if (y !== undefined) return made(slots, column, x + (width - w) / 2, y);
  }
  const [widest] = own.toSorted((a, b) => b.width - a.width);
  if (widest !== undefined && hasClusters(input)) {
    const inner = w <= widest.width || !open ? slots : oneColumn(island.members, slots.gap);
    const size = sizeOf(made(inner, 0, 0, 0));
    const top = Math.min(...widest.standing.map(({ y }) => y));
    const x = widest.x + (widest.width - size.w) / 2;
    return made(inner, widest.column, x, top - size.h - ISLAND_GAP_Y);
  }
  const ends = [
    ...columns.map((column) => column.x + column.width),
    ...(hasClusters(input) ? laneEnds(all, previous.pills) : []),
  ];
  const x = Math.max(0, ...ends.map((end) => end + ISLAND_GAP_X + (hasClusters(input) ? CLUSTER_PAD : 0)));
  columns.push({ x, width: w });
  return made(slots, columns.length - 1, x, 0);
}

const NO_SLOTS: SlotPlan = { cols: 0, rows: 0, gap: 0, slots: {} };

function oneColumn(members: readonly string[], gap: number): SlotPlan {
  const slots = members.map((id, row): readonly [string, Slot] => [id, [0, row]]);
  return { cols: 1, rows: members.length, gap, slots: Object.fromEntries(slots) };
}

/** Frames are drawn from two clusters on. */
function hasClusters({ islands }: LayoutInput): boolean {
  return new Set(islands.map(({ cluster }) => cluster)).size > 1;
}

/** Below its own cluster where there is room, else behind everything. */
function laneX(island: LayoutIsland, all: readonly IslandPlan[], { pills }: LayoutPlan): number {
  const caption = island.open ? LANE_CAPTION_W : 0;
  const w = island.open ? island.members.length * (LANE_W + PILL_GAP) - PILL_GAP : CLOSED_W;
  const own = all.filter(({ cluster, column }) => cluster === island.cluster && column >= 0);
  const start = own.length === 0 ? 0 : Math.min(...own.map(({ x }) => x));
  const taken = laneBoxes(all, pills).some(
    ({ from, to }) => from < start + caption + w + LANE_GAP_X && to > start - LANE_GAP_X,
  );
  if (!taken) return start + caption;
  return Math.max(0, ...laneEnds(all, pills).map((end) => end + LANE_GAP_X)) + caption;
}

/** What stands in the lane, names in front included. */
function laneBoxes(
  all: readonly IslandPlan[],
  pills: LayoutPlan['pills'],
): readonly { readonly from: number; readonly to: number }[] {
  return [
    ...all
      .filter(({ column }) => column < 0)
      .map((island) => ({
        from: island.x - (island.open ? LANE_CAPTION_W : 0),
        to: island.x + sizeOf(island).w,
      })),
    ...Object.values(pills).flatMap(({ column, x }) => (column < 0 ? [{ from: x, to: x + LANE_W }] : [])),
  ];
}

function laneEnds(all: readonly IslandPlan[], pills: LayoutPlan['pills']): readonly number[] {
  return laneBoxes(all, pills).map(({ to }) => to);
}

function holeFor(standing: readonly IslandPlan[], h: number, bottom: number): number | undefined {
  let y = Math.min(0, ...standing.map((other) => other.y));
  for (const other of standing.toSorted((a, b) => a.y - b.y)) {
    if (other.y - y >= h + ISLAND_GAP_Y) return y;
    y = Math.max(y, other.y + sizeOf(other).h + ISLAND_GAP_Y);
  }
  return y + h <= bottom ? y : undefined;
}

export function sizeOf(island: IslandPlan): { readonly w: number; readonly h: number } {
  return island.open
    ? openSize(island.cols, island.rows, island.gap, islandForm({ ...island, lane: island.column < 0 }))
    : { w: CLOSED_W, h: CLOSED_H };
}

/** Pills stay; a new one goes to the others of its side: below them, or above where the lane is too near. */
export function keptPills(
  previous: LayoutPlan,
  input: LayoutInput,
  islands: Islands,
  columns: ColumnPlan[],
): Record<string, PillPlan> {
  const pills: Record<string, PillPlan> = {};
  for (const { id } of input.pills) {
    const before = previous.pills[id];
    if (before !== undefined) pills[id] = before;
  }
  const framePad = hasClusters(input) ? CLUSTER_PAD : 0;
  for (const { id, side } of input.pills) {
    if (pills[id] !== undefined) continue;
    const placed = Object.values(pills);
    if (side === 'lane') {
      pills[id] = { id, column: -1, x: lanePillX(input, islands, pills), y: previous.laneY };
      continue;
    }
    const sides = new Map(input.pills.map((pill) => [pill.id, pill.side]));
    const mates = placed.filter((pill) => sides.get(pill.id) === side);
    const [mate] = mates;
    if (mate !== undefined) {
      const below = Math.max(...mates.map((pill) => pill.y)) + PILL_H + PILL_GAP;
      const above = Math.min(...mates.map((pill) => pill.y)) - PILL_H - PILL_GAP;
      const y = below + PILL_H + LANE_GAP > previous.laneY ? above : below;
      pills[id] = { id, column: mate.column, x: mate.x, y };
      continue;
    }
    const x =
      side === 'in'
        ? Math.min(0, ...columns.map((column) => column.x)) - PILL_W - ISLAND_GAP_X - framePad
        : Math.max(0, ...columns.map((column) => column.x + column.width + ISLAND_GAP_X + framePad));
    columns.push({ x, width: PILL_W });
    pills[id] = { id, column: columns.length - 1, x, y: 0 };
  }
  return pills;
}

/** Behind all pills and islands of the lane, and in no cluster's frame. */
function lanePillX(input: LayoutInput, islands: Islands, pills: Readonly<Record<string, PillPlan>>): number {
  const all = Object.values(islands);
  const others = Object.values(pills).filter(({ column }) => column < 0);
  const frames = hasClusters(input) ? all.map((island) => island.x + sizeOf(island).w + CLUSTER_PAD) : [];
  const lane = all.filter(({ column }) => column < 0).map((island) => island.x + sizeOf(island).w);
  return Math.max(
    0,
    ...others.map(({ x }) => x + LANE_W + PILL_GAP),
    ...[...frames, ...lane].map((end) => end + LANE_GAP_X),
  );
}

/** What stands right of an island in the lane that has got a card goes on by as much as is missing: by its own width. */
export function spreadLane(islands: Record<string, IslandPlan>, pills: Record<string, PillPlan>): void {
  type Standing = { readonly from: number; readonly to: number; readonly move: (by: number) => void };
  const lane: readonly Standing[] = [
    ...Object.values(islands)
      .filter(({ column }) => column < 0)
      .map((island) => ({
        from: island.x - (island.open ? LANE_CAPTION_W : 0),
        to: island.x + sizeOf(island).w,
        move: (by: number) => {
          islands[island.id] = { ...island, x: island.x + by };
        },
      })),
    ...Object.values(pills)
      .filter(({ column }) => column < 0)
      .map((pill) => ({
        from: pill.x,
        to: pill.x + LANE_W,
        move: (by: number) => {
          pills[pill.id] = { ...pill, x: pill.x + by };
        },
      })),
  ];
  let free = -Infinity;
  for (const { from, to, move } of lane.toSorted((a, b) => a.from - b.from)) {
    const by = Math.max(0, free - from);
    if (by > 0) move(by);
    free = to + by + LEAST_LANE_GAP;
  }
}
