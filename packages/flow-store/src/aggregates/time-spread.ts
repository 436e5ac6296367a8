// How the rows of each key are spread over time, in at most MAX_BUCKETS stretches of one width. The width doubles when
// the rows reach over more time, whatever the order in which they come, so that counts stay exact and few. It cannot
// become less, since what lies in one bucket is not told apart: `isCoarse` says when counting the rows anew would. A few
// rows whose clock is years off would make one bucket of all others: they are kept aside while they are few.

import { CountMap } from '../kernels/count-map.ts';

const MAX_BUCKETS = 64;
/** Half of what the rows that double the width reach over at least: counted anew, they would not be fewer. */
const COARSE_BUCKETS = MAX_BUCKETS / 4;
/** Twice the rows that a store holds, and more: so many ids are given out before those without rows are freed. */
const KEYS = 2 ** 22;
/** Seconds, half a year: so far from all other rows few can lie unless a clock is wrong. */
const FAR = 2 ** 24;
/** More than so many that lie far away are rows like others. */
const MAX_STRAYS = 32;
/** January 2004 to January 2072. With a second out of more than 2^31, a bucket and a key could not be one whole number. */
const SECONDS_FROM = 2 ** 30;
const SECONDS_END = SECONDS_FROM + 2 ** 31;

/** False for what no right clock says: flows without a time, before any with one, are put at second 0. */
export function isClockTime(seconds: number): boolean {
  return seconds >= SECONDS_FROM && seconds < SECONDS_END;
}

type Stray = { readonly key: number; readonly since: number };

export class TimeSpread {
  /** Rows far from all others, by second. */
  #strays: Stray[] = [];
  #widthS = 1;
  /** Buckets with rows, and maybe some whose rows have left. */
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  /** By bucket * KEYS + key, the buckets numbered from SECONDS_FROM on. */
  #counts = new CountMap();

  /** What the rows reach over, in seconds since the Unix epoch, but for those kept aside; undefined without rows. */
  get reachS(): readonly [from: number, to: number] | undefined {
    if (this.#last < this.#first) return undefined;
    return [SECONDS_FROM + this.#first * this.#widthS, SECONDS_FROM + (this.#last + 1) * this.#widthS];
  }

  /** Width of a bucket in seconds, a power of two. */
  get widthS(): number {
    return this.#widthS;
  }

  /** True when the rows left would fit in buckets of half the width, and so when they have all gone. */
  get isCoarse(): boolean {
    if (this.#widthS === 1) return false;
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    this.#counts.forEach((at) => {
      const bucket = Math.floor(at / KEYS);
      first = Math.min(first, bucket);
      last = Math.max(last, bucket);
    });
    return last - first < COARSE_BUCKETS;
  }

  /** Counts `delta` more of a key below 2^22 at that second, unless no right clock says it. */
  add(key: number, seconds: number, delta: number): void {
    if (!isClockTime(seconds)) return;
    const since = seconds - SECONDS_FROM;
    if (delta > 0 ? this.#setAside(key, since, delta) : this.#takeAside(key, since, delta)) return;
    if (delta > 0) this.#reach(since);
    this.#counts.add(Math.floor(since / this.#widthS) * KEYS + key, delta);
  }

  /**
   * Calls back for every key and bucket with rows, in no particular order, but for rows kept aside. Bucket n begins
   * n * width seconds after the Unix epoch.
   */
  forEach(visit: (key: number, bucket: number, count: number) => void): void {
    // A whole number: no width that 2^31 seconds need is above 2^30.
    const before = SECONDS_FROM / this.#widthS;
    this.#counts.forEach((at, count) => visit(at % KEYS, before + Math.floor(at / KEYS), count));
  }

  /** True for rows that lie far from all others and are few. */
  #setAside(key: number, since: number, count: number): boolean {
    if (!this.#isFar(since)) return false;
    this.#forgetEmpty();
    if (!this.#isFar(since)) return false;
    for (let i = 0; i < count; i++) this.#strays.push({ key, since });
    const others = this.#rows();
    const areMore = this.#strays.length > others && this.#canChangePlaces(this.#strays, others);
    if (this.#strays.length > MAX_STRAYS || areMore) this.#takeBack(others);
    return true;
  }

  /** True when the rows that leave were aside. */
  #takeAside(key: number, since: number, delta: number): boolean {
    if (this.#strays.length === 0) return false;
    for (let left = -delta; left > 0; left--) {
      const at = this.#strays.findIndex((stray) => stray.key === key && stray.since === since);
      if (at < 0) {
        this.#counts.add(Math.floor(since / this.#widthS) * KEYS + key, -left);
        break;
      }
      this.#strays.splice(at, 1);
    }
    return true;
  }

  /** They are many, or more than the others: the rows that they are far from go aside when those are few, else all are counted together. */
  #takeBack(others: number): void {
    const strays = this.#strays;
    this.#strays = [];
    if (this.#canChangePlaces(strays, others)) {
      this.#counts.forEach((at, count) => {
        const stray = { key: at % KEYS, since: Math.floor(at / KEYS) };
        for (let i = 0; i < count; i++) this.#strays.push(stray);
      });
      this.#counts = new CountMap();
      this.#first = Number.POSITIVE_INFINITY;
      this.#last = Number.NEGATIVE_INFINITY;
    }
    for (const { key, since } of strays) {
      this.#reach(since);
      this.#counts.add(Math.floor(since / this.#widthS) * KEYS + key, 1);
    }
  }

  /** Strays on both sides are no time of their own: they would reach over all that lies between them. */
  #canChangePlaces(strays: readonly Stray[], others: number): boolean {
    const at = strays.map(({ since }) => since);
    return this.#widthS === 1 && others <= MAX_STRAYS && Math.max(...at) - Math.min(...at) <= FAR;
  }

  #rows(): number {
    let rows = 0;
    this.#counts.forEach((_, count) => (rows += count));
    return rows;
  }

  #isFar(since: number): boolean {
    if (this.#last < this.#first) return false;
    return since < this.#first * this.#widthS - FAR || since > (this.#last + 1) * this.#widthS + FAR;
  }

  /** What was far away may not be so any more. */
  #reach(since: number): void {
    if (!this.#reachOne(since)) return;
    while (this.#strays.length > 0) {
      const at = this.#strays.findIndex((stray) => !this.#isFar(stray.since));
      const [near] = at < 0 ? [] : this.#strays.splice(at, 1);
      if (near === undefined) return;
      this.#reachOne(near.since);
      this.#counts.add(Math.floor(near.since / this.#widthS) * KEYS + near.key, 1);
    }
  }

  /** False when it did before. */
  #reachOne(since: number): boolean {
    const bucket = Math.floor(since / this.#widthS);
    if (bucket >= this.#first && bucket <= this.#last) return false;
    this.#first = Math.min(this.#first, bucket);
    this.#last = Math.max(this.#last, bucket);
    if (this.#last - this.#first < MAX_BUCKETS) return true;
    this.#forgetEmpty();
    this.#first = Math.min(this.#first, bucket);
    this.#last = Math.max(this.#last, bucket);
    while (this.#last - this.#first >= MAX_BUCKETS) this.#double();
    return true;
  }

  /** Buckets whose rows have all left reach over nothing. */
  #forgetEmpty(): void {
    this.#first = Number.POSITIVE_INFINITY;
    this.#last = Number.NEGATIVE_INFINITY;
    this.#counts.forEach((at) => {
      const one = Math.floor(at / KEYS);
      this.#first = Math.min(this.#first, one);
      this.#last = Math.max(this.#last, one);
    });
  }

  #double(): void {
    const before = this.#counts;
    this.#counts = new CountMap();
    before.forEach((at, count) => {
      const bucket = Math.floor(Math.floor(at / KEYS) / 2);
      this.#counts.add(bucket * KEYS + (at % KEYS), count);
    });
    this.#widthS *= 2;
    this.#first = Math.floor(this.#first / 2);
    this.#last = Math.floor(this.#last / 2);
  }
}
