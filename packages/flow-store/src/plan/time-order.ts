// Row ids in order of time, kept as rows come and go.
//
//   [ free | ids, oldest first | free ]       low 32 bits of row ids; grows at the back, shrinks at the front

import type { FlowStore } from '../store/flow-store.ts';
import type { FlowTable } from '../store/flow-table.ts';
import { compareTime } from '../kernels/sort-by-time.ts';

const FIRST_SIZE = 1024;

export class TimeOrder {
  readonly #store: FlowStore;
  #ids = new Uint32Array(FIRST_SIZE);
  #start = 0;
  #end = 0;
  /** Somebody else reads the rows that are here: from now on they are added to, and not moved. */
  #isShared = false;

  constructor(store: FlowStore) {
    this.#store = store;
  }

  get count(): number {
    return this.#end - this.#start;
  }

  /** Oldest first. Valid until the next change. */
  rows(): Uint32Array {
    return this.#ids.subarray(this.#start, this.#end);
  }

  /** The same for as long as they are kept: what moves them later moves a copy of its own. */
  share(): Uint32Array {
    this.#isShared = true;
    return this.rows();
  }

  /** Place of the first row that is not before the time. */
  lowerBound(timeNs: bigint): number {
    const { mask } = this.#store.table;
    let low = this.#start;
    let high = this.#end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#store.timeNs(this.#ids[middle]! & mask) < timeNs) low = middle + 1;
      else high = middle;
    }
    return low - this.#start;
  }

  /** Adds rows that are sorted among themselves. */
  merge(batch: Uint32Array): void {
    if (batch.length === 0) return;
    this.#reserve(batch.length);
    const { table } = this.#store;
    if (this.count > 0 && compareTime(table, this.#ids[this.#end - 1]!, batch[0]!) > 0) this.#own();
    mergeFromBack(table, this.#ids, this.#start, this.#end, batch);
    this.#end += batch.length;
  }

  /** Adds rows that are sorted among themselves and behind all others; some `more` are expected to follow. */
  push(batch: Uint32Array, more: number): void {
    if (this.#end + batch.length > this.#ids.length) this.#reserve(batch.length + more);
    this.#ids.set(batch, this.#end);
    this.#end += batch.length;
  }

  /** Takes out the `gone` rows that are no longer held. They lie near the front; the rows between them move up. */
  drop(gone: number): void {
    const { table } = this.#store;
    let ids = this.#ids;
    let at = this.#start;
    for (let left = gone; left > 0; at++) if (table.isGone(ids[at]!)) left--;
    if (at - this.#start > gone) ids = this.#own();
    let to = at;
    for (let from = at - 1; from >= this.#start; from--) {
      const id = ids[from]!;
      if (!table.isGone(id)) ids[--to] = id;
    }
    this.#start = to;
  }

  /** Room for `count` more behind the end; what is held moves to the front of the array when that is enough. */
  #reserve(count: number): void {
    if (this.#end + count <= this.#ids.length) return;
    const held = this.count;
    if (!this.#isShared && held + count <= this.#ids.length * 0.9) {
      this.#ids.copyWithin(0, this.#start, this.#end);
    } else {
      const bigger = new Uint32Array(roomFor(held + count));
      bigger.set(this.rows());
      this.#ids = bigger;
      this.#isShared = false;
    }
    this.#start = 0;
    this.#end = held;
  }

  /** Before rows are moved. */
  #own(): Uint32Array<ArrayBuffer> {
    if (this.#isShared) this.#ids = this.#ids.slice();
    this.#isShared = false;
    return this.#ids;
  }
}

function roomFor(count: number): number {
  let size = FIRST_SIZE;
  while (size < count * 1.2) size = Math.ceil(size * 1.4);
  return size;
}

function mergeFromBack(
  table: FlowTable,
  list: Uint32Array,
  start: number,
  end: number,
  batch: Uint32Array,
): void {
  let a = end - 1;
  let b = batch.length - 1;
  let to = end + batch.length - 1;
  while (b >= 0) {
    if (a >= start && compareTime(table, list[a]!, batch[b]!) > 0) list[to--] = list[a--]!;
    else list[to--] = batch[b--]!;
  }
}
