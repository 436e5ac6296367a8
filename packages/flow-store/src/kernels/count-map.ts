// Counts by number: open addressing over float64 keys, with no object per entry. An entry whose count has come down to
// zero stays until the table is built anew.

const FIRST_SIZE = 256;

export class CountMap {
  #keys = new Float64Array(FIRST_SIZE).fill(Number.NaN);
  #counts = new Int32Array(FIRST_SIZE);
  /** Places taken, the ones with count zero among them. */
  #used = 0;

  /** Adds to the count of a whole number below 2^53. */
  add(key: number, delta: number): void {
    const at = this.#probe(key);
    if (this.#keys[at] === key) {
      this.#counts[at]! += delta;
      return;
    }
    this.#keys[at] = key;
    this.#counts[at] = delta;
    if (++this.#used * 2 > this.#keys.length) this.#rebuild();
  }

  get(key: number): number {
    return this.#counts[this.#probe(key)]!;
  }

  /** Calls back for every count that is not zero, in no particular order. */
  forEach(visit: (key: number, count: number) => void): void {
    for (let at = 0; at < this.#keys.length; at++) {
      const count = this.#counts[at]!;
      if (count !== 0) visit(this.#keys[at]!, count);
    }
  }

  /** The place of the key, or the free place where it would go. */
  #probe(key: number): number {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let at = Math.imul((key | 0) ^ Math.imul((key / 4294967296) | 0, 0x85ebca6b), 0x9e3779b1);
    at = (at ^ (at >>> 15)) & mask;
    for (;;) {
      const there = keys[at]!;
      if (there === key || Number.isNaN(there)) return at;
      at = (at + 1) & mask;
    }
  }

  #rebuild(): void {
    const keys = this.#keys;
    const counts = this.#counts;
    let live = 0;
    for (let at = 0; at < counts.length; at++) if (counts[at] !== 0) live++;
    let size = FIRST_SIZE;
    while (size < live * 4) size *= 2;
    this.#keys = new Float64Array(size).fill(Number.NaN);
    this.#counts = new Int32Array(size);
    this.#used = live;
    for (let at = 0; at < keys.length; at++) {
      if (counts[at] === 0) continue;
      const to = this.#probe(keys[at]!);
      this.#keys[to] = keys[at]!;
      this.#counts[to] = counts[at]!;
    }
  }
}
