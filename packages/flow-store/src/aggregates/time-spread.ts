// How the rows of each key are spread over time, in at most MAX_BUCKETS stretches of one width. The width doubles when
// the rows reach over more time, whatever the order in which they come, so that counts stay exact and few.

import { CountMap } from '../kernels/count-map.ts';

const MAX_BUCKETS = 64;
/** More than there are rows, and so than there are keys. */
const KEYS = 2 ** 21;
/** No right clock says a later second, nor could a bucket and a key be one whole number then. */
const SECONDS_END = 2 ** 32;

export class TimeSpread {
  #widthS = 1;
  /** Buckets with rows, and maybe some whose rows have left. */
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  /** By bucket * KEYS + key. Bucket n begins n * width seconds after the Unix epoch. */
  #counts = new CountMap();

  /** Width of a bucket in seconds, a power of two. */
  get widthS(): number {
    return this.#widthS;
  }

  /** Counts `delta` more of a key below 2^21 at that second. Times before 1970 and after 2106 are not counted. */
  add(key: number, seconds: number, delta: number): void {
    if (seconds < 0 || seconds >= SECONDS_END) return;
    if (delta > 0) this.#reach(seconds);
    this.#counts.add(Math.floor(seconds / this.#widthS) * KEYS + key, delta);
  }

  /** Calls back for every key and bucket with rows, in no particular order. */
  forEach(visit: (key: number, bucket: number, count: number) => void): void {
    this.#counts.forEach((at, count) => visit(at % KEYS, Math.floor(at / KEYS), count));
  }

  #reach(seconds: number): void {
    const bucket = Math.floor(seconds / this.#widthS);
    if (bucket >= this.#first && bucket <= this.#last) return;
    this.#first = Math.min(this.#first, bucket);
    this.#last = Math.max(this.#last, bucket);
    if (this.#last - this.#first < MAX_BUCKETS) return;
    this.#forgetEmpty(bucket);
    while (this.#last - this.#first >= MAX_BUCKETS) this.#double();
  }

  /** Buckets whose rows have all left reach over nothing. */
  #forgetEmpty(bucket: number): void {
    this.#first = bucket;
    this.#last = bucket;
    this.forEach((_key, one) => {
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
