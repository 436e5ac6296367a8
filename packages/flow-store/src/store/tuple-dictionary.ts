// Small tuples of whole numbers, kept once per combination and named by ids: a few hundred or thousand combinations
// cover millions of flows, so whatever depends on a tuple alone is worked out once per combination.
//
//   tuples   [ id 1 | id 2 | free | id 4 ... ]     hash and width numbers each, of which the first few may be the key
//   table    open addressing over ids
//
// Ids start at 1. Those that no row holds are freed by `sweep` and given out again, so whoever remembers something per
// id watches `epoch`.

const FIRST_ID = 1;
const FIRST_TUPLES = 64;

export class TupleDictionary {
  readonly width: number;
  readonly #keyWidth: number;
  readonly #stride: number;
  #tuples: Int32Array;
  #table = new Int32Array(128);
  #next = FIRST_ID;
  #free: number[] = [];
  #swept = 0;
  /** Grows whenever ids were freed. */
  epoch = 0;

  /** Tuples are the same when their first `keyWidth` numbers are; what is behind them is kept as it came first. */
  constructor(width: number, keyWidth = width) {
    this.width = width;
    this.#keyWidth = keyWidth;
    this.#stride = width + 1;
    this.#tuples = new Int32Array(this.#stride * FIRST_TUPLES);
  }

  /** Ids in use. */
  get size(): number {
    return this.#next - FIRST_ID - this.#free.length;
  }

  /** One more than the greatest id ever given out. */
  get idEnd(): number {
    return this.#next;
  }

  get bytes(): number {
    return this.size * (this.#stride + 2) * 4;
  }

  get wantsSweep(): boolean {
    return this.size > Math.max(4096, this.#swept * 2);
  }

  /** Id of the numbers in `from` at `at`. `last` is a guess, tried first. */
  intern(from: Int32Array, at: number, last: number): number {
    const id = this.find(from, at, last);
    return id === 0 ? this.insert(from, at) : id;
  }

  /** As `intern`, but 0 when there is no such tuple yet. */
  find(from: Int32Array, at: number, last: number): number {
    if (last >= FIRST_ID && this.#equals(last, from, at)) return last;
    const hash = this.#hash(from, at);
    const tuples = this.#tuples;
    const stride = this.#stride;
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = this.#table[slot]!;
      if (id === 0 || (tuples[id * stride] === hash && this.#equals(id, from, at))) return id;
      slot = (slot + 1) & mask;
    }
  }

  /** Adds a tuple that `find` did not find. */
  insert(from: Int32Array, at: number): number {
    const hash = this.#hash(from, at);
    const id = this.#free.pop() ?? this.#next++;
    if (id * this.#stride >= this.#tuples.length) this.#grow();
    const to = id * this.#stride;
    this.#tuples[to] = hash;
    for (let i = 0; i < this.width; i++) this.#tuples[to + 1 + i] = from[at + i]!;
    if (this.size * 2 > this.#table.length) {
      this.#fillTable(this.#table.length * 2);
    } else {
      const mask = this.#table.length - 1;
      let slot = hash & mask;
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = id;
    }
    return id;
  }

  /** The number at a place of a tuple. */
  at(id: number, place: number): number {
    return this.#tuples[id * this.#stride + 1 + place]!;
  }

  /** Frees the ids that are not marked. `live` is indexed by id. */
  sweep(live: Uint8Array): void {
    const free = new Uint8Array(this.#next);
    for (const id of this.#free) free[id] = 1;
    let freed = 0;
    for (let id = FIRST_ID; id < this.#next; id++) {
      if (live[id] === 1 || free[id] === 1) continue;
      this.#free.push(id);
      freed++;
    }
    this.#swept = this.size;
    if (freed === 0) return;
    this.epoch++;
    if (this.size === 0) this.#restart();
    this.#fillTable(sizeFor(this.size));
  }

  /** In two lanes, so that no multiplication waits for the one before. */
  #hash(from: Int32Array, at: number): number {
    const end = at + this.#keyWidth;
    let a = end;
    let b = 0x243f6a88;
    let i = at;
    for (; i + 1 < end; i += 2) {
      a = Math.imul(a ^ from[i]!, 0x9e3779b1);
      b = Math.imul(b ^ from[i + 1]!, 0x85ebca6b);
      a = (a << 13) | (a >>> 19);
      b = (b << 15) | (b >>> 17);
    }
    if (i < end) a = Math.imul(a ^ from[i]!, 0x9e3779b1);
    a ^= Math.imul(b ^ (b >>> 15), 0xc2b2ae35);
    return a ^ (a >>> 16);
  }

  #equals(id: number, from: Int32Array, at: number): boolean {
    const tuples = this.#tuples;
    const keyWidth = this.#keyWidth;
    const own = id * this.#stride + 1;
    for (let i = 0; i < keyWidth; i++) if (tuples[own + i] !== from[at + i]) return false;
    return true;
  }

  #restart(): void {
    this.#next = FIRST_ID;
    this.#free = [];
  }

  #grow(): void {
    const tuples = new Int32Array(this.#tuples.length * 2);
    tuples.set(this.#tuples);
    this.#tuples = tuples;
  }

  #fillTable(size: number): void {
    const free = new Uint8Array(this.#next);
    for (const id of this.#free) free[id] = 1;
    const table = new Int32Array(size);
    const mask = size - 1;
    for (let id = FIRST_ID; id < this.#next; id++) {
      if (free[id] === 1) continue;
      let at = this.#tuples[id * this.#stride]! & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = id;
    }
    this.#table = table;
  }
}

function sizeFor(count: number): number {
  let size = 128;
  while (size < count * 4) size *= 2;
  return size;
}
