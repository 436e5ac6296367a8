// A plan from nothing: islands into columns by who calls whom, clusters side by side, pills at the edges.

import { packColumns } from './pack-columns.ts';
import type { LayoutInput, LayoutIsland, LayoutLink } from './plan.ts';
import { planRow, planSlots, type SlotPlan } from './plan-slots.ts';
import { rankNodes } from './rank.ts';
import {
  CLOSED_H,
  CLOSED_W,
  columnGap,
  ISLAND_GAP_X,
  ISLAND_GAP_Y,
  islandForm,
  openSize,
  PILL_GAP,
} from './sizes.ts';

/** Share of all traffic between islands that does not decide which cluster stands left. */
const EVEN = 0.1;

/** Which islands stand in which column, and how each looks inside. */
export type Arrangement = {
  /** Columns by cluster, clusters from left to right; without what is in the lane. */
  readonly clusters: readonly (readonly (readonly string[])[])[];
  readonly slots: ReadonlyMap<string, SlotPlan>;
};

export function arrangeFresh(input: LayoutInput): Arrangement {
  const slots = new Map(
    input.islands.filter(({ open }) => open).map((island) => [island.id, slotsOf(island, input)]),
  );
  // A closed island is an end of links itself.
  const islandOf = new Map(
    input.islands.flatMap(({ id, members }) => [id, ...members].map((end): [string, string] => [end, id])),
  );
  const between = islandLinks(input.links, islandOf);
  const byCluster = Map.groupBy(
    input.islands.filter(({ lane }) => !lane),
    ({ cluster }) => cluster,
  );
  const place = { w: input.place.w / Math.max(1, byCluster.size), h: input.place.h };
  const clusters = [...byCluster.values()]
    .toSorted((a, b) => compareClusters(a, b, between))
    .map((islands) => columnsOf(islands, slots, between, place));
  return { clusters, slots };
}

/** The only island fills all there is; several share it. */
export function slotsOf(island: LayoutIsland, input: LayoutInput): SlotPlan {
  const open = input.islands.filter((other) => other.open && !other.lane);
  const cards = open.reduce((sum, { members }) => sum + members.length, 0);
  if (island.lane) return planRow(island.members, PILL_GAP);
  // Its part of the place, by the cards it holds, less what stands around it.
  const part = 0.85 * Math.sqrt(island.members.length / Math.max(1, cards));
  const place = { w: input.place.w * part, h: input.place.h * part };
  return planSlots(island.members, input.links, place, columnGap(cards));
}

export function islandSize(
  island: LayoutIsland,
  slots: ReadonlyMap<string, SlotPlan>,
): { readonly w: number; readonly h: number } {
  const inner = slots.get(island.id);
  return inner === undefined
    ? { w: CLOSED_W, h: CLOSED_H }
    : openSize(inner.cols, inner.rows, inner.gap, islandForm(island));
}

function columnsOf(
  islands: readonly LayoutIsland[],
  slots: ReadonlyMap<string, SlotPlan>,
  between: readonly LayoutLink[],
  place: LayoutInput['place'],
): readonly (readonly string[])[] {
  const own = new Set(islands.map(({ id }) => id));
  const links = between.filter(({ source, target }) => own.has(source) && own.has(target));
  const nodes = islands.map((island) => ({ id: island.id, ...islandSize(island, slots) }));
  const ranked = rankNodes(nodes, links, ISLAND_GAP_Y);
  const items = nodes.map((node) => ({ ...node, ...(ranked.get(node.id) ?? { rank: 0, order: 0 }) }));
  return packColumns(items, { gapX: ISLAND_GAP_X, gapY: ISLAND_GAP_Y, place }).map((column) =>
    column.map(({ id }) => id),
  );
}

function islandLinks(
  links: readonly LayoutLink[],
  islandOf: ReadonlyMap<string, string>,
): readonly LayoutLink[] {
  const sums = new Map<string, LayoutLink>();
  for (const link of links) {
    const source = islandOf.get(link.source);
    const target = islandOf.get(link.target);
    if (source === undefined || target === undefined || source === target) continue;
    const key = `${source}>${target}`;
    sums.set(key, { source, target, weight: link.weight + (sums.get(key)?.weight ?? 0) });
  }
  return [...sums.values()];
}

/** Those that call others first; by name where they call each other about as much. */
function compareClusters(
  a: readonly LayoutIsland[],
  b: readonly LayoutIsland[],
  between: readonly LayoutLink[],
): number {
  const lean = leaning(b, between) - leaning(a, between);
  const all = between.reduce((sum, { weight }) => sum + weight, 0);
  return Math.abs(lean) > all * EVEN ? lean : nameOf(a).localeCompare(nameOf(b), 'en');
}

/** What leaves a cluster for others, less what comes in. */
function leaning(islands: readonly LayoutIsland[], between: readonly LayoutLink[]): number {
  const own = new Set(islands.map(({ id }) => id));
  return between.reduce((sum, { source, target, weight }) => {
    if (own.has(source) === own.has(target)) return sum;
    return sum + (own.has(source) ? weight : -weight);
  }, 0);
}

function nameOf(islands: readonly LayoutIsland[]): string {
  return islands[0]?.cluster ?? '';
}
