// A plan out of the one before it. 'turn' keeps the order of columns and islands and stacks them anew; 'keep' moves
// nothing: what is new takes a free place, and what stands below an island that grows moves down by one row at most.

import type { IslandPlan, LayoutInput, LayoutIsland, LayoutPlan, PillPlan, Slot } from './plan.ts';
import { type Arrangement, islandSize, slotsOf } from './plan-fresh.ts';
import type { SlotPlan } from './plan-slots.ts';
import {
  CARD_H,
  CLOSED_H,
  CLOSED_W,
  ISLAND_GAP_X,
  ISLAND_GAP_Y,
  islandForm,
  LANE_CAPTION_W,
  LANE_GAP_X,
  LANE_W,
  openSize,
  PILL_GAP,
  PILL_H,
  PILL_W,
  ROW_GAP,
} from './sizes.ts';

/** The arrangement that a plan stands for, with new islands at the end of the shortest column of their cluster. */
export function arrangeTurned(previous: LayoutPlan, input: LayoutInput): Arrangement {
  const slots = new Map<string, SlotPlan>();
  for (const island of input.islands) {
    if (!island.open) continue;
    const before = previous.islands[island.id];
    slots.set(island.id, before?.open === true ? keptSlots(before, island, input) : slotsOf(island, input));
  }
  const wanted = input.islands.filter(({ lane }) => !lane);
  const byCluster = Map.groupBy(wanted, ({ cluster }) => cluster);
  const clusters = [...byCluster.values()]
    .map((islands) => {
      const known = islands.filter(({ id }) => (previous.islands[id]?.column ?? -1) >= 0);
      const columns = [...Map.groupBy(known, ({ id }) => previous.islands[id]?.column ?? 0)]
        .toSorted(([a], [b]) => a - b)
        .map(([, members]) =>
          members
            .toSorted((a, b) => (previous.islands[a.id]?.y ?? 0) - (previous.islands[b.id]?.y ?? 0))
            .map(({ id }) => id),
        );
      const fresh = islands.filter((island) => !known.includes(island)).map(({ id }) => id);
      return fresh.length === 0 ? columns : [...columns, fresh];
    })
    .toSorted((a, b) => firstX(a, previous) - firstX(b, previous));
  return { clusters, slots };
}

function firstX(columns: readonly (readonly string[])[], previous: LayoutPlan): number {
  return Math.min(...columns.flat().map((id) => previous.islands[id]?.x ?? Infinity));
}

/** Everything stays; see the head of this file. */
export function planKept(previous: LayoutPlan, input: LayoutInput): LayoutPlan {
  const islands: Record<string, IslandPlan> = {};
  const columns = [...previous.columns];
  for (const island of input.islands) {
    const before = previous.islands[island.id];
    if (before === undefined || before.open !== island.open) continue;
    if (!island.open) islands[island.id] = before;
    else {
      const next = keptSlots(before, island, input);
      islands[island.id] = { ...before, ...next };
      pushDown(islands, previous, before, (next.rows - before.rows) * (CARD_H + ROW_GAP));
    }
  }
  for (const island of input.islands) {
    if (islands[island.id] === undefined)
      islands[island.id] = settle(island, input, islands, columns, previous);
  }
  return { columns, islands, pills: keptPills(previous, input, columns), laneY: previous.laneY };
}

/** What stands too near below a grown island moves down by what is missing. */
function pushDown(
  islands: Record<string, IslandPlan>,
  previous: LayoutPlan,
  grown: IslandPlan,
  byPx: number,
): void {
  if (byPx <= 0 || grown.column < 0) return;
  const below = Object.values({ ...previous.islands, ...islands })
    .filter((island) => island.column === grown.column && island.y > grown.y)
    .toSorted((a, b) => a.y - b.y);
  let free = grown.y + sizeOf(grown).h + byPx + ISLAND_GAP_Y / 2;
  for (const island of below) {
    if (island.y >= free) return;
    islands[island.id] = { ...island, y: free };
    free += sizeOf(island).h + ISLAND_GAP_Y / 2;
  }
}

function sizeOf(island: IslandPlan): { readonly w: number; readonly h: number } {
  return island.open
    ? openSize(island.cols, island.rows, island.gap, islandForm({ ...island, lane: island.column < 0 }))
    : { w: CLOSED_W, h: CLOSED_H };
}

/** A free place for a new island: a hole in a column that is wide enough, else a column of its own. */
function settle(
  island: LayoutIsland,
  input: LayoutInput,
  islands: Readonly<Record<string, IslandPlan>>,
  columns: { readonly x: number; readonly width: number }[],
  previous: LayoutPlan,
): IslandPlan {
  const slots = island.open ? slotsOf(island, input) : { cols: 0, rows: 0, gap: 0, slots: {} };
  const { w, h } = islandSize(island, new Map(island.open ? [[island.id, slots]] : []));
  const { id, cluster, open, boxed } = island;
  const rest = { id, cluster, open, boxed, ...slots };
  const all = Object.values(islands);
  if (island.lane) {
    const ends = [
      ...all.filter(({ column }) => column < 0).map((other) => other.x + sizeOf(other).w),
      ...Object.values(previous.pills).flatMap((pill) => (pill.column < 0 ? [pill.x + LANE_W] : [])),
    ];
    const x = ends.length === 0 ? 0 : Math.max(...ends) + LANE_GAP_X + (island.open ? LANE_CAPTION_W : 0);
    return { ...rest, column: -1, x, y: previous.laneY };
  }
  const bottom = previous.laneY - ISLAND_GAP_Y;
  for (const [column, { x, width }] of columns.entries()) {
    const standing = all.filter((other) => other.column === column);
    if (width < w || standing.length === 0 || standing.some((other) => other.cluster !== cluster)) continue;
    const y = holeFor(standing, h, bottom);
    if (y !== undefined) return { ...rest, column, x: x + (width - w) / 2, y };
  }
  const x = Math.max(0, ...columns.map((column) => column.x + column.width + ISLAND_GAP_X));
  columns.push({ x, width: w });
  return { ...rest, column: columns.length - 1, x, y: 0 };
}

function holeFor(standing: readonly IslandPlan[], h: number, bottom: number): number | undefined {
  let y = Math.min(0, ...standing.map((other) => other.y));
  for (const other of standing.toSorted((a, b) => a.y - b.y)) {
    if (other.y - y >= h + ISLAND_GAP_Y) return y;
    y = Math.max(y, other.y + sizeOf(other).h + ISLAND_GAP_Y);
  }
  return y + h <= bottom ? y : undefined;
}

/** Members keep their slot; a new one goes right of who calls it, or left of whom it calls, to the nearest free row. */
function keptSlots(before: IslandPlan, island: LayoutIsland, input: LayoutInput): SlotPlan {
  const slots: Record<string, Slot> = {};
  const fresh: string[] = [];
  for (const id of island.members) {
    const slot = before.slots[id];
    if (slot === undefined) fresh.push(id);
    else slots[id] = slot;
  }
  let { cols, rows } = before;
  for (const id of fresh) {
    if (island.lane) {
      slots[id] = [cols++, 0];
      continue;
    }
    const slot = freeSlot(wantedSlot(id, slots, input), Object.values(slots), cols, rows);
    slots[id] = slot;
    rows = Math.max(rows, slot[1] + 1);
  }
  return { cols, rows, gap: before.gap, slots };
}

function wantedSlot(id: string, slots: Readonly<Record<string, Slot>>, input: LayoutInput): Slot {
  const standing = (ids: readonly string[]): readonly Slot[] =>
    ids.map((other) => slots[other]).filter((slot) => slot !== undefined);
  const callers = standing(input.links.filter(({ target }) => target === id).map(({ source }) => source));
  const called = standing(input.links.filter(({ source }) => source === id).map(({ target }) => target));
  const rows = [...callers, ...called].map(([, row]) => row);
  const row = Math.round(rows.reduce((sum, at) => sum + at, 0) / Math.max(1, rows.length));
  if (callers.length > 0) return [Math.max(...callers.map(([col]) => col + 1)), row];
  return [called.length > 0 ? Math.min(...called.map(([col]) => col - 1)) : 0, row];
}

function freeSlot(wanted: Slot, taken: readonly Slot[], cols: number, rows: number): Slot {
  const used = new Set(taken.map(([col, row]) => `${String(col)},${String(row)}`));
  const wantedCol = Math.min(Math.max(0, wanted[0]), cols - 1);
  let best: { readonly slot: Slot; readonly far: number } | undefined;
  for (let col = 0; col < cols; col++) {
    for (let row = 0; row < rows; row++) {
      if (used.has(`${String(col)},${String(row)}`)) continue;
      // A wrong column says something false, a wrong row is only further away.
      const far = Math.abs(col - wantedCol) * rows + Math.abs(row - wanted[1]);
      if (best === undefined || far < best.far) best = { slot: [col, row], far };
    }
  }
  return best?.slot ?? [wantedCol, rows];
}

function keptPills(
  previous: LayoutPlan,
  input: LayoutInput,
  columns: { readonly x: number; readonly width: number }[],
): Readonly<Record<string, PillPlan>> {
  const pills: Record<string, PillPlan> = {};
  for (const { id } of input.pills) {
    const before = previous.pills[id];
    if (before !== undefined) pills[id] = before;
  }
  for (const { id, side } of input.pills) {
    if (pills[id] !== undefined) continue;
    const placed = Object.values(pills);
    if (side === 'lane') {
      const x = Math.max(
        0,
        ...placed.filter(({ column }) => column < 0).map((pill) => pill.x + LANE_W + PILL_GAP),
      );
      pills[id] = { id, column: -1, x, y: previous.laneY };
      continue;
    }
    const sides = new Map(input.pills.map((pill) => [pill.id, pill.side]));
    const mates = placed.filter((pill) => sides.get(pill.id) === side);
    const [mate] = mates;
    if (mate !== undefined) {
      const y = Math.max(...mates.map((pill) => pill.y)) + PILL_H + PILL_GAP;
      pills[id] = { id, column: mate.column, x: mate.x, y };
      continue;
    }
    const x =
      side === 'in'
        ? Math.min(0, ...columns.map((column) => column.x)) - PILL_W - ISLAND_GAP_X
        : Math.max(0, ...columns.map((column) => column.x + column.width + ISLAND_GAP_X));
    columns.push({ x, width: PILL_W });
    pills[id] = { id, column: columns.length - 1, x, y: 0 };
  }
  return pills;
}
