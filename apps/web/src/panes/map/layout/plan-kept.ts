// A plan out of the one before it. 'turn' keeps the order of columns and islands and stacks them anew; 'keep' moves
// nothing: what is new takes a free place, and what stands below an island that grows moves down by a row for each it gets.

import type { IslandPlan, LayoutInput, LayoutIsland, LayoutPlan, Slot } from './plan.ts';
import { type Arrangement, slotsOf } from './plan-fresh.ts';
import type { SlotPlan } from './plan-slots.ts';
import { keptPills, LEAST_LANE_GAP, settle, sizeOf, spreadLane } from './settle.ts';
import { CARD_H, ISLAND_GAP_Y, LANE_CAPTION_W, LANE_GAP, LANE_W, PILL_GAP, ROW_GAP } from './sizes.ts';

/** The arrangement that a plan stands for, with new islands at the end of the shortest column of their cluster. */
export function arrangeTurned(previous: LayoutPlan, input: LayoutInput): Arrangement {
  const slots = new Map<string, SlotPlan>();
  for (const island of input.islands) {
    if (!island.open) continue;
    const before = previous.islands[island.id];
    slots.set(
      island.id,
      before?.open === true ? keptSlots(before, island, input, Infinity) : slotsOf(island, input),
    );
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
    const room = island.lane ? laneRoom(before, previous) : 0;
    islands[island.id] = island.open ? { ...before, ...keptSlots(before, island, input, room) } : before;
  }
  makeRoom(islands, previous);
  for (const island of input.islands) {
    if (islands[island.id] === undefined)
      islands[island.id] = settle(island, input, islands, columns, previous);
  }
  const pills = keptPills(previous, input, islands, columns);
  spreadLane(islands, pills);
  return { columns, islands, pills, laneY: previous.laneY };
}

/** Islands that have got more rows make room for them, downwards, or upwards where that would reach into the lane. */
function makeRoom(islands: Record<string, IslandPlan>, previous: LayoutPlan): void {
  for (const column of previous.columns.keys()) {
    const standing = Object.values(islands)
      .filter((island) => island.column === column)
      .toSorted((a, b) => a.y - b.y);
    const grownBy = ({ id, rows }: IslandPlan): number => rows - (previous.islands[id]?.rows ?? rows);
    if (standing.every((island) => grownBy(island) === 0)) continue;
    const down = pushDown(standing, grownBy);
    const bottom = Math.max(...down.map((island) => island.y + sizeOf(island).h));
    const fits = bottom + LANE_GAP <= previous.laneY;
    for (const island of fits ? down : pushUp(standing, grownBy)) islands[island.id] = island;
  }
}

type GrownBy = (island: IslandPlan) => number;

/** What stands too near below one that has grown or moved goes down by what is missing. */
function pushDown(standing: readonly IslandPlan[], grownBy: GrownBy): readonly IslandPlan[] {
  let free = -Infinity;
  return standing.map((island) => {
    const y = Math.max(island.y, free);
    const makesWay = y > island.y || grownBy(island) > 0;
    free = makesWay ? y + sizeOf(island).h + ISLAND_GAP_Y / 2 : -Infinity;
    return { ...island, y };
  });
}

/** The same the other way: new rows go on top, so that the cards that were there stand where they stood. */
function pushUp(standing: readonly IslandPlan[], grownBy: GrownBy): readonly IslandPlan[] {
  let free = Infinity;
  return standing
    .toReversed()
    .map((island) => {
      const rows = grownBy(island);
      const y = Math.min(island.y - rows * (CARD_H + ROW_GAP), free - sizeOf(island).h);
      free = y < island.y ? y - ISLAND_GAP_Y / 2 : Infinity;
      return { ...island, y, slots: rows === 0 ? island.slots : turnedUp(island, rows) };
    })
    .toReversed();
}

/** The last rows become the first. */
function turnedUp({ slots, rows }: IslandPlan, by: number): IslandPlan['slots'] {
  return Object.fromEntries(
    Object.entries(slots).map(([id, [col, row]]): [string, Slot] => [id, [col, (row + by) % rows]]),
  );
}

/** How many cards more an island in the lane has room for at its right. */
function laneRoom(island: IslandPlan, { islands, pills }: LayoutPlan): number {
  const starts = [
    ...Object.values(islands)
      .filter(({ column }) => column < 0)
      .map(({ x, open }) => x - (open ? LANE_CAPTION_W : 0)),
    ...Object.values(pills).flatMap(({ column, x }) => (column < 0 ? [x] : [])),
  ].filter((x) => x > island.x);
  const free = Math.min(...starts) - (island.x + sizeOf(island).w) - LEAST_LANE_GAP;
  return Math.max(0, Math.floor(free / (LANE_W + PILL_GAP)));
}

/**
 * Members keep their slot; a new one goes right of who calls it, or left of whom it calls, to the nearest free row. In
 * the lane it goes behind the others while there is `room`, then below them, where nothing stands.
 */
function keptSlots(before: IslandPlan, island: LayoutIsland, input: LayoutInput, room: number): SlotPlan {
  const slots: Record<string, Slot> = {};
  const fresh: string[] = [];
  for (const id of island.members) {
    const slot = before.slots[id];
    if (slot === undefined) fresh.push(id);
    else slots[id] = slot;
  }
  let { cols, rows } = before;
  const most = before.cols + room;
  for (const id of fresh) {
    if (island.lane && cols < most) {
      slots[id] = [cols++, 0];
      continue;
    }
    const wanted: Slot = island.lane ? [0, 0] : wantedSlot(id, slots, input);
    const slot = freeSlot(wanted, Object.values(slots), cols, rows);
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
