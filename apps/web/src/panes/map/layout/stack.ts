// From an arrangement to coordinates: columns side by side and centred, the lane below, pills at the edges.

import type { ColumnPlan, IslandPlan, LayoutInput, LayoutIsland, LayoutPlan, PillPlan } from './plan.ts';
import { type Arrangement, islandSize } from './plan-fresh.ts';
import {
  CLUSTER_PAD,
  LANE_CAPTION_W,
  ISLAND_GAP_X,
  ISLAND_GAP_Y,
  LANE_GAP,
  LANE_GAP_X,
  LANE_W,
  PILL_GAP,
  PILL_H,
  PILL_W,
} from './sizes.ts';

export function stack(input: LayoutInput, { clusters, slots }: Arrangement): LayoutPlan {
  const byId = new Map(input.islands.map((island) => [island.id, island]));
  const heights = clusters.flat().map((ids) => columnHeight(ids, byId, slots));
  const tallest = Math.max(0, ...heights, pillsHeight(input, 'in'), pillsHeight(input, 'out'));

  const columns: ColumnPlan[] = [];
  const islands: Record<string, IslandPlan> = {};
  const pills: Record<string, PillPlan> = {};
  const several = clusters.length > 1;
  let x = 0;
  const stackPills = (side: 'in' | 'out'): void => {
    const own = input.pills.filter((pill) => pill.side === side);
    if (own.length === 0) return;
    let y = (tallest - pillsHeight(input, side)) / 2;
    for (const { id } of own) {
      pills[id] = { id, column: columns.length, x, y };
      y += PILL_H + PILL_GAP;
    }
    columns.push({ x, width: PILL_W });
    x += PILL_W + ISLAND_GAP_X;
  };

  stackPills('in');
  const lanes: { readonly cluster: string; readonly x: number }[] = [];
  let clustersEnd = 0;
  for (const cluster of clusters) {
    if (several) x += CLUSTER_PAD;
    const start = x;
    const [first] = cluster.flat();
    const name = byId.get(first ?? '')?.cluster ?? '';
    if (first !== undefined) lanes.push({ cluster: name, x });
    for (const ids of cluster) {
      const members = ids.flatMap((id) => byId.get(id) ?? []);
      const width = Math.max(0, ...members.map((island) => islandSize(island, slots).w));
      let y = (tallest - columnHeight(ids, byId, slots)) / 2;
      for (const island of members) {
        const { w, h } = islandSize(island, slots);
        // A closed island in a wide column stands at the side of those who call it.
        islands[island.id] = planOf(island, slots, { column: columns.length, x: x + (width - w) / 2, y });
        y += h + ISLAND_GAP_Y;
      }
      columns.push({ x, width });
      x += width + ISLAND_GAP_X;
    }
    // Its lane may be wider than what stands above it; the next cluster is not to stand in its frame.
    if (several) x = Math.max(x, start + laneWidth(input, slots, name) + ISLAND_GAP_X) + CLUSTER_PAD;
    clustersEnd = several ? x - ISLAND_GAP_X : 0;
  }
  stackPills('out');

  const laneY = tallest + (tallest === 0 ? 0 : LANE_GAP + (several ? CLUSTER_PAD : 0));
  stackLane(input, slots, { starts: lanes, clustersEnd, y: laneY }, islands, pills);
  return { columns, islands, pills, laneY };
}

function stackLane(
  input: LayoutInput,
  slots: Arrangement['slots'],
  lane: {
    readonly starts: readonly { readonly cluster: string; readonly x: number }[];
    /** Right edge of the frame of the last cluster; 0 without frames. */
    readonly clustersEnd: number;
    readonly y: number;
  },
  islands: Record<string, IslandPlan>,
  pills: Record<string, PillPlan>,
): void {
  let end = 0;
  const startOf = (island: LayoutIsland): number =>
    lane.starts.find(({ cluster }) => cluster === island.cluster)?.x ?? 0;
  // In the order of their clusters, so that each can stand below its own.
  const own = input.islands.filter(({ lane }) => lane).toSorted((a, b) => startOf(a) - startOf(b));
  for (const island of own) {
    const start = startOf(island);
    const x = Math.max(start, end) + (island.open ? LANE_CAPTION_W : 0);
    islands[island.id] = planOf(island, slots, { column: -1, x, y: lane.y });
    end = x + islandSize(island, slots).w + LANE_GAP_X;
  }
  // What belongs to no cluster stands in no frame.
  end = Math.max(end, lane.starts[0]?.x ?? 0, lane.clustersEnd === 0 ? 0 : lane.clustersEnd + LANE_GAP_X);
  for (const { id } of input.pills.filter(({ side }) => side === 'lane')) {
    pills[id] = { id, column: -1, x: end, y: lane.y };
    end += LANE_W + PILL_GAP;
  }
}

/** Of what a cluster has in the lane. */
function laneWidth(input: LayoutInput, slots: Arrangement['slots'], cluster: string): number {
  return input.islands
    .filter((island) => island.lane && island.cluster === cluster)
    .reduce(
      (sum, island) =>
        sum + islandSize(island, slots).w + (island.open ? LANE_CAPTION_W : 0) + (sum > 0 ? LANE_GAP_X : 0),
      0,
    );
}

function planOf(
  { id, cluster, open, boxed }: LayoutIsland,
  slots: Arrangement['slots'],
  place: { readonly column: number; readonly x: number; readonly y: number },
): IslandPlan {
  const inner = slots.get(id);
  return {
    id,
    cluster,
    open,
    boxed,
    ...place,
    cols: inner?.cols ?? 0,
    rows: inner?.rows ?? 0,
    gap: inner?.gap ?? 0,
    slots: inner?.slots ?? {},
  };
}

function columnHeight(
  ids: readonly string[],
  byId: ReadonlyMap<string, LayoutIsland>,
  slots: Arrangement['slots'],
): number {
  return ids
    .flatMap((id) => byId.get(id) ?? [])
    .reduce((sum, island) => sum + islandSize(island, slots).h + ISLAND_GAP_Y, -ISLAND_GAP_Y);
}

function pillsHeight(input: LayoutInput, side: 'in' | 'out'): number {
  const count = input.pills.filter((pill) => pill.side === side).length;
  return count * (PILL_H + PILL_GAP) - PILL_GAP;
}
