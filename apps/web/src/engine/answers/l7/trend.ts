// Calls over time: which stretches of time there are, and which of them tell something.

import type { ComboCounter } from '@finderscope/flow-store';
import type { Nanos, TrendTimes } from '../../protocol.ts';
import type { World } from '../../session/world.ts';

const MAX_BUCKETS = 64;
const NANOS_PER_S = 1_000_000_000n;

/** Buckets from `first` on, each `merged` of those that were counted; `undefined` while too little time has passed. */
export type TrendScale = {
  readonly times: TrendTimes;
  readonly first: number;
  readonly merged: number;
};

/**
 * Whole buckets alone: what the first and the last flow cut short would look like fewer calls. `counted` says how wide
 * the buckets counted are, by number since the Unix epoch, and what they reach over: not to a row whose clock is years
 * off.
 */
export function trendScale(
  spanNs: readonly [Nanos, Nanos] | undefined,
  { widthS, reachS }: Pick<ComboCounter['times'], 'widthS' | 'reachS'>,
  gaps: World['gaps'],
): TrendScale | undefined {
  if (spanNs === undefined || reachS === undefined) return undefined;
  const from = Math.max(reachS[0], Number(spanNs[0] / NANOS_PER_S)) / widthS;
  const to = Math.min(reachS[1] - 1, Number(spanNs[1] / NANOS_PER_S)) / widthS;
  const merged = Math.max(1, Math.ceil((to - from) / MAX_BUCKETS));
  const first = Math.floor(from / merged) + 1;
  const buckets = Math.floor(to / merged) - first;
  if (buckets < 2) return undefined;
  const bucketNs = BigInt(widthS * merged) * NANOS_PER_S;
  const fromNs = BigInt(first) * bucketNs;
  const unseen = new Set<number>();
  for (const { fromNs: begun, toNs, refilled } of gaps) {
    if (refilled === true || (toNs !== undefined && toNs <= fromNs)) continue;
    const last = toNs === undefined ? buckets - 1 : Math.min(buckets - 1, Number((toNs - fromNs) / bucketNs));
    for (let i = Math.max(0, Number((begun - fromNs) / bucketNs)); i <= last; i++) unseen.add(i);
  }
  return {
    times: { fromNs, bucketNs, buckets, unseen: [...unseen].sort((a, b) => a - b) },
    first,
    merged,
  };
}

/** One line for each group of combinations, all empty without a scale. A combination is in one group at most. */
export function drawTrends(
  times: ComboCounter['times'],
  scale: TrendScale | undefined,
  groups: readonly (readonly number[])[],
): readonly Uint32Array[] {
  const lines = groups.map(() => new Uint32Array(scale?.times.buckets ?? 0));
  if (scale === undefined) return lines;
  const lineOf = new Map<number, Uint32Array>();
  for (const [i, line] of lines.entries()) for (const combo of groups[i] ?? []) lineOf.set(combo, line);
  times.forEach((combo, counted, count) => {
    const line = lineOf.get(combo);
    const bucket = Math.floor(counted / scale.merged) - scale.first;
    if (line !== undefined && bucket >= 0 && bucket < line.length) line[bucket] = (line[bucket] ?? 0) + count;
  });
  return lines;
}
