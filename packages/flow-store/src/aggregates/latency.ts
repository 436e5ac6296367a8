// Latencies in buckets whose width grows with the latency: 64 to each power of two, so that a value read back from a
// bucket is within 0.8 % of every latency in it.

const PARTS = 64;
const TWO_32 = 4294967296;
/** More than any bucket number of a uint64. */
export const LATENCY_BUCKETS = 4224;

/** The bucket of a latency in nanoseconds, 1 or more. */
export function latencyBucket(ns: number): number {
  const power = ns < TWO_32 ? 31 - Math.clz32(ns) : 63 - Math.clz32(Math.min(TWO_32 - 1, ns / TWO_32));
  return power * PARTS + Math.min(PARTS - 1, Math.floor((ns / 2 ** power - 1) * PARTS));
}

/** The middle of a bucket, in nanoseconds. */
export function latencyOf(bucket: number): number {
  const power = Math.floor(bucket / PARTS);
  return 2 ** power * (1 + ((bucket % PARTS) + 0.5) / PARTS);
}

/** A spread of latencies, of which quantiles can be asked. */
export class LatencySpread {
  readonly #counts = new Map<number, number>();
  #total = 0;

  /** How many latencies there are. */
  get total(): number {
    return this.#total;
  }

  /** With a count below zero, so many that were added go again. */
  add(bucket: number, count: number): void {
    const now = (this.#counts.get(bucket) ?? 0) + count;
    if (now === 0) this.#counts.delete(bucket);
    else this.#counts.set(bucket, now);
    this.#total += count;
  }

  addAll(other: LatencySpread): void {
    for (const [bucket, count] of other.#counts) this.add(bucket, count);
  }

  /** How many latencies are longer than `ns`, to within a bucket. */
  above(ns: number): number {
    let count = 0;
    for (const [bucket, times] of this.#counts) if (latencyOf(bucket) > ns) count += times;
    return count;
  }

  /** For each share, in (0, 1], the least latency such that at least that share is no longer; in the shares' order. */
  quantiles(shares: readonly number[]): number[] {
    const sorted = [...this.#counts].sort((a, b) => a[0] - b[0]);
    return shares.map((share) => {
      let left = Math.ceil(share * this.#total);
      for (const [bucket, count] of sorted) {
        left -= count;
        if (left <= 0) return latencyOf(bucket);
      }
      return 0;
    });
  }
}
