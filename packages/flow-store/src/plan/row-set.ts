// A set of rows held, one bit per slot: which rows a list has taken, in order of arrival.

import type { FlowTable } from '../store/flow-table.ts';

export class RowSet {
  readonly #table: FlowTable;
  #bits: Uint32Array;

  constructor(table: FlowTable) {
    this.#table = table;
    this.#bits = new Uint32Array(table.capacity / 32);
  }

  /** Follows the table when it has grown; `from` to `to` are the ids that may be in the set. */
  fit(from: number, to: number): void {
    const { capacity, mask } = this.#table;
    const before = this.#bits;
    if (before.length * 32 === capacity) return;
    const oldMask = before.length * 32 - 1;
    const bits = new Uint32Array(capacity / 32);
    for (let id = from; id < to; id++) {
      const old = id & oldMask;
      if ((before[old >>> 5]! & (1 << (old & 31))) !== 0) {
        const slot = id & mask;
        bits[slot >>> 5]! |= 1 << (slot & 31);
      }
    }
    this.#bits = bits;
  }

  /** Takes in the first `count` slots. */
  add(slots: Uint32Array, count: number): void {
    const bits = this.#bits;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      bits[slot >>> 5]! |= 1 << (slot & 31);
    }
  }

  /** Writes the slots of the rows from id `from` up to `to` that are in the set, in that order; answers how many. */
  slots(from: number, to: number, out: Uint32Array): number {
    const { mask } = this.#table;
    const bits = this.#bits;
    let count = 0;
    for (let id = from; id < to; id++) {
      const slot = id & mask;
      if ((bits[slot >>> 5]! & (1 << (slot & 31))) !== 0) out[count++] = slot;
    }
    return count;
  }

  /** How many of the rows from id `from` up to `to` are in the set. */
  count(from: number, to: number): number {
    const { mask } = this.#table;
    const bits = this.#bits;
    let count = 0;
    let id = from;
    while (id < to) {
      const slot = id & mask;
      if ((slot & 31) === 0 && to - id >= 32) {
        count += bitCount(bits[slot >>> 5]!);
        id += 32;
      } else {
        if ((bits[slot >>> 5]! & (1 << (slot & 31))) !== 0) count++;
        id++;
      }
    }
    return count;
  }

  remove(slot: number): void {
    this.#bits[slot >>> 5]! &= ~(1 << (slot & 31));
  }
}

function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
