// When how many flows were lost, by millisecond, for the histogram. The books say how many in all; this may forget.

import type { Nanos } from '../protocol.ts';

const MAX_TIMES = 20_000;
const NANOS_PER_MS = 1_000_000n;

export class LostLog {
  /** In the order in which they were first told. */
  readonly #byMs = new Map<bigint, number>();

  add(timeNs: Nanos, count: number): void {
    const ms = timeNs / NANOS_PER_MS;
    this.#byMs.set(ms, (this.#byMs.get(ms) ?? 0) + count);
    if (this.#byMs.size <= MAX_TIMES) return;
    for (const oldest of this.#byMs.keys()) {
      this.#byMs.delete(oldest);
      return;
    }
  }

  /** How many were lost in each bucket from `fromNs` on. */
  perBucket(fromNs: Nanos, bucketNs: Nanos, buckets: number): Float64Array {
    const out = new Float64Array(buckets);
    for (const [ms, count] of this.#byMs) {
      const at = ms * NANOS_PER_MS - fromNs;
      const bucket = at < 0n ? -1 : Number(at / bucketNs);
      if (bucket >= 0 && bucket < buckets) out[bucket] = (out[bucket] ?? 0) + count;
    }
    return out;
  }
}
