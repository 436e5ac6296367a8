// Calls over time: which stretches of time there are, and which of them tell something.

import type { Nanos, TrendTimes } from '../../protocol.ts';
import type { World } from '../../session/world.ts';
import { REQUEST, RESPONSE } from './dialect.ts';

const MAX_BUCKETS = 64;
const NANOS_PER_S = 1_000_000_000n;

/** Buckets from `first` on, each `merged` of those that were counted; `undefined` while too little time has passed. */
export type TrendScale = {
  readonly times: TrendTimes;
  readonly first: number;
  readonly merged: number;
};

/**
 * Whole buckets alone: what the first and the last flow cut short would look like fewer calls. `widthS` is the width of
 * the buckets counted, by number since the Unix epoch.
 */
export function trendScale(
  spanNs: readonly [Nanos, Nanos] | undefined,
  widthS: number,
  gaps: World['gaps'],
): TrendScale | undefined {
  if (spanNs === undefined) return undefined;
  const [from, to] = [Number(spanNs[0] / NANOS_PER_S) / widthS, Number(spanNs[1] / NANOS_PER_S) / widthS];
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

/** Requests and responses in each bucket. */
export class Trend {
  readonly #requests: Uint32Array;
  readonly #responses: Uint32Array;

  constructor(buckets: number) {
    this.#requests = new Uint32Array(buckets);
    this.#responses = new Uint32Array(buckets);
  }

  add(bucket: number, type: number | undefined, count: number): void {
    const counts = type === REQUEST ? this.#requests : this.#responses;
    if (type !== REQUEST && type !== RESPONSE) return;
    if (bucket >= 0 && bucket < counts.length) counts[bucket] = (counts[bucket] ?? 0) + count;
  }

  /** Of whichever there are more of in all, as calls are counted. */
  counts({ requests, responses }: { readonly requests: number; readonly responses: number }): Uint32Array {
    return requests >= responses ? this.#requests : this.#responses;
  }
}
