// Equal byte strings, kept once and named by small ids. Equality is always decided byte for byte: labels come from
// whoever may create a pod, so a hash alone must never decide.
//
//   arena     [ entry 2 | entry 3 | garbage | entry 5 ... ]
//   entries   [ offset, length ] by id; hashes by id
//   table     open addressing over ids, rebuilt by every sweep
//   glances   ids by a few words of the bytes: most entries are found here, without hashing all of them
//
// What costs in all this is reaching memory, so what is looked at for every flow is small and dense.
//
// Id 0 stands for what is absent, id 1 for the empty bytes; both live for ever. Ids of entries that no row holds are
// freed by `sweep` and given out again, so whoever remembers something per id watches `epoch`.

import { ABSENT, EMPTY } from '../schema/columns.ts';

/** Turns bytes into a value; throws when they are none. */
export type ReadEntry<T> = (bytes: Uint8Array) => T;

const FIRST_ID = 2;
const VALUE_CACHE = 20_000;
const FIRST_GLANCES = 64;
const MAX_GLANCES = 16_384;
const OFFSET = 0;
const LENGTH = 1;

export class ByteDictionary<T> {
  readonly #read: ReadEntry<T>;
  readonly #isText: boolean;
  readonly #seed: number;
  #arena = new Uint8Array(1024);
  #view = new DataView(this.#arena.buffer);
  #used = 0;
  #liveBytes = 0;
  #entries = new Int32Array(64 * 2);
  #hashes = new Int32Array(64);
  #table = new Int32Array(128);
  #glances = new Int32Array(FIRST_GLANCES);
  #glanceMask = FIRST_GLANCES - 1;
  #next = FIRST_ID;
  #free: number[] = [];
  #values: (T | undefined)[] = [];
  #cached = 0;
  #sweptEntries = 0;
  #sweptBytes = 0;
  /** Grows whenever ids were freed. */
  epoch = 0;

  /** `isText` entries are checked for UTF-8 without being read. */
  constructor(read: ReadEntry<T>, isText: boolean, seed: number) {
    this.#read = read;
    this.#isText = isText;
    this.#seed = seed | 0;
  }

  /** Ids in use, the two fixed ones not counted. */
  get size(): number {
    return this.#next - FIRST_ID - this.#free.length;
  }

  /** One more than the greatest id ever given out since the last clear. */
  get idEnd(): number {
    return this.#next;
  }

  /** Ids in use, lowest first, the two fixed ones not among them. Some may be of no row any more, until a sweep. */
  ids(): readonly number[] {
    const free = new Set(this.#free);
    const ids: number[] = [];
    for (let id = FIRST_ID; id < this.#next; id++) if (!free.has(id)) ids.push(id);
    return ids;
  }

  get bytes(): number {
    return this.#liveBytes;
  }

  /** True when enough has come in since the last sweep that looking for dead entries pays. */
  get wantsSweep(): boolean {
    return (
      this.size > Math.max(4096, this.#sweptEntries * 2) ||
      this.#liveBytes > Math.max(1 << 20, this.#sweptBytes * 2)
    );
  }

  /** Id of the bytes [start, end), or -1 when they are new and not valid. */
  intern(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const length = end - start;
    if (length === 0) return EMPTY;
    const at = this.#glance(bytes, view, start, length);
    const guess = this.#glances[at]!;
    const entries = this.#entries;
    if (
      entries[guess * 2 + LENGTH] === length &&
      this.#equals(entries[guess * 2 + OFFSET]!, bytes, view, start, length)
    ) {
      return guess;
    }
    const id = this.#find(bytes, view, start, length);
    if (id < 0) return id;
    this.#glances[at] = id;
    if (this.size > this.#glanceMask && this.#glanceMask < MAX_GLANCES - 1) this.#growGlances();
    return id;
  }

  #find(bytes: Uint8Array, view: DataView, start: number, length: number): number {
    const hash = this.#hash(bytes, view, start, length);
    const mask = this.#table.length - 1;
    const entries = this.#entries;
    let at = hash & mask;
    for (;;) {
      const id = this.#table[at]!;
      if (id === ABSENT) break;
      if (
        this.#hashes[id] === hash &&
        entries[id * 2 + LENGTH] === length &&
        this.#equals(entries[id * 2 + OFFSET]!, bytes, view, start, length)
      ) {
        return id;
      }
      at = (at + 1) & mask;
    }
    return this.#insert(bytes, start, length, hash, at);
  }

  /** The value of an entry; undefined only for id 0. */
  value(id: number): T | undefined {
    if (id === ABSENT) return undefined;
    const cached = this.#values[id];
    if (cached !== undefined) return cached;
    const value = this.#read(this.bytesOf(id));
    if (++this.#cached > VALUE_CACHE) {
      this.#values = [];
      this.#cached = 1;
    }
    this.#values[id] = value;
    return value;
  }

  bytesOf(id: number): Uint8Array {
    if (id < FIRST_ID) return new Uint8Array(0);
    const offset = this.#entries[id * 2 + OFFSET]!;
    return this.#arena.subarray(offset, offset + this.#entries[id * 2 + LENGTH]!);
  }

  /** Frees the ids that are not marked. `live` is indexed by id. */
  sweep(live: Uint8Array): void {
    let freed = 0;
    const free = new Uint8Array(this.#next);
    for (const id of this.#free) free[id] = 1;
    for (let id = FIRST_ID; id < this.#next; id++) {
      if (live[id] === 1 || free[id] === 1) continue;
      this.#free.push(id);
      free[id] = 1;
      this.#liveBytes -= this.#entries[id * 2 + LENGTH]!;
      if (this.#values[id] !== undefined) {
        this.#values[id] = undefined;
        this.#cached--;
      }
      freed++;
    }
    this.#sweptEntries = this.size;
    this.#sweptBytes = this.#liveBytes;
    if (freed === 0) return;
    this.epoch++;
    this.#glances.fill(0);
    this.#rebuild(free);
  }

  /** A place in `#glances` from the length and a few words: cheap, and wrong often enough that it only suggests. */
  #glance(bytes: Uint8Array, view: DataView, start: number, length: number): number {
    let mix = length;
    if (length >= 16) {
      const end = start + length;
      mix ^=
        Math.imul(view.getInt32(start, true), 0x9e3779b1) ^
        Math.imul(view.getInt32(start + 4, true), 0x85ebca6b) ^
        Math.imul(view.getInt32(start + ((length >> 1) & ~3), true), 0xc2b2ae35) ^
        Math.imul(view.getInt32(end - 8, true), 0x27d4eb2f) ^
        Math.imul(view.getInt32(end - 4, true), 0x165667b1);
    } else if (length >= 4) {
      const end = start + length;
      mix ^=
        Math.imul(view.getInt32(start, true), 0x9e3779b1) ^
        Math.imul(view.getInt32(start + ((length - 4) >> 1), true), 0x85ebca6b) ^
        Math.imul(view.getInt32(end - 4, true), 0xc2b2ae35);
    } else {
      for (let i = start; i < start + length; i++) mix = Math.imul(mix ^ bytes[i]!, 0x01000193);
    }
    mix ^= mix >>> 15;
    return (mix ^ (mix >>> 7)) & this.#glanceMask;
  }

  /** Whether the arena has the same bytes at `offset`. */
  #equals(offset: number, bytes: Uint8Array, view: DataView, start: number, length: number): boolean {
    let a = offset;
    let b = start;
    const own = this.#view;
    const quads = a + (length & ~15);
    while (a < quads) {
      const differ =
        (own.getInt32(a, true) ^ view.getInt32(b, true)) |
        (own.getInt32(a + 4, true) ^ view.getInt32(b + 4, true)) |
        (own.getInt32(a + 8, true) ^ view.getInt32(b + 8, true)) |
        (own.getInt32(a + 12, true) ^ view.getInt32(b + 12, true));
      if (differ !== 0) return false;
      a += 16;
      b += 16;
    }
    const words = offset + (length & ~3);
    while (a < words) {
      if (own.getUint32(a, true) !== view.getUint32(b, true)) return false;
      a += 4;
      b += 4;
    }
    const stop = offset + length;
    const arena = this.#arena;
    while (a < stop) if (arena[a++] !== bytes[b++]) return false;
    return true;
  }

  #hash(bytes: Uint8Array, view: DataView, start: number, length: number): number {
    // Four lanes, so that no multiplication waits for the one before.
    let hash = this.#seed ^ length;
    let h1 = hash ^ 0x243f6a88;
    let h2 = hash ^ 0x13198a2e;
    let h3 = hash ^ 0x03707344;
    let at = start;
    for (const stop = start + (length & ~15); at < stop; at += 16) {
      hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
      h1 = Math.imul(h1 ^ view.getInt32(at + 4, true), 0x85ebca6b);
      h2 = Math.imul(h2 ^ view.getInt32(at + 8, true), 0xc2b2ae35);
      h3 = Math.imul(h3 ^ view.getInt32(at + 12, true), 0x27d4eb2f);
      hash = (hash << 13) | (hash >>> 19);
      h1 = (h1 << 15) | (h1 >>> 17);
      h2 = (h2 << 11) | (h2 >>> 21);
      h3 = (h3 << 7) | (h3 >>> 25);
    }
    for (const stop = start + (length & ~3); at < stop; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
      hash = (hash << 13) | (hash >>> 19);
    }
    for (const stop = start + length; at < stop; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
    hash ^= h1 ^ Math.imul(h2, 31) ^ Math.imul(h3, 17);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return hash ^ (hash >>> 13);
  }

  #insert(bytes: Uint8Array, start: number, length: number, hash: number, at: number): number {
    if (!this.#isValid(bytes, start, length)) return -1;
    const id = this.#free.pop() ?? this.#next++;
    if (id >= this.#hashes.length) this.#growEntries();
    if (this.#used + length > this.#arena.length) this.#growArena(length);
    this.#arena.set(bytes.subarray(start, start + length), this.#used);
    this.#entries[id * 2 + OFFSET] = this.#used;
    this.#entries[id * 2 + LENGTH] = length;
    this.#hashes[id] = hash;
    this.#used += length;
    this.#liveBytes += length;
    this.#table[at] = id;
    if (this.size * 2 > this.#table.length) this.#fillTable(this.#table.length * 2);
    return id;
  }

  #isValid(bytes: Uint8Array, start: number, length: number): boolean {
    if (this.#isText) {
      let ascii = 0;
      for (let i = start; i < start + length; i++) ascii |= bytes[i]!;
      if (ascii < 0x80) return true;
    }
    try {
      this.#read(bytes.subarray(start, start + length));
      return true;
    } catch {
      return false;
    }
  }

  #growEntries(): void {
    const entries = new Int32Array(this.#entries.length * 2);
    entries.set(this.#entries);
    this.#entries = entries;
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
  }

  /** What was known is found and glanced at again. */
  #growGlances(): void {
    this.#glanceMask = this.#glanceMask * 2 + 1;
    this.#glances = new Int32Array(this.#glanceMask + 1);
  }

  #growArena(need: number): void {
    let size = this.#arena.length;
    while (size < this.#used + need) size *= 2;
    const arena = new Uint8Array(size);
    arena.set(this.#arena.subarray(0, this.#used));
    this.#arena = arena;
    this.#view = new DataView(arena.buffer);
  }

  #rebuild(free: Uint8Array): void {
    if (this.#used > 1 << 16 && this.#liveBytes * 2 < this.#used) this.#compact(free);
    let size = 128;
    while (size < this.size * 4) size *= 2;
    this.#fillTable(size, free);
  }

  #compact(free: Uint8Array): void {
    const arena = new Uint8Array(Math.max(1024, Math.ceil(this.#liveBytes * 1.5)));
    let used = 0;
    for (let id = FIRST_ID; id < this.#next; id++) {
      if (free[id] === 1) continue;
      arena.set(this.bytesOf(id), used);
      this.#entries[id * 2 + OFFSET] = used;
      used += this.#entries[id * 2 + LENGTH]!;
    }
    this.#arena = arena;
    this.#view = new DataView(arena.buffer);
    this.#used = used;
  }

  #fillTable(size: number, free?: Uint8Array): void {
    let gone = free;
    if (gone === undefined) {
      gone = new Uint8Array(this.#next);
      for (const id of this.#free) gone[id] = 1;
    }
    const table = new Int32Array(size);
    const mask = size - 1;
    for (let id = FIRST_ID; id < this.#next; id++) {
      if (gone[id] === 1) continue;
      let at = this.#hashes[id]! & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = id;
    }
    this.#table = table;
  }
}
