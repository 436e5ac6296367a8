// How many rows have each talk (who, where, what kind, which port) and which of them came last: what edges are made of.

import { CELL } from '../schema/columns.ts';
import type { FlowStore } from '../store/flow-store.ts';
import type { Aggregate } from './aggregate.ts';

export class TalkCounter implements Aggregate {
  readonly #store: FlowStore;
  /** By talk. */
  #counts = new Int32Array(256);
  /** By talk: low 32 bits of the row that came last. */
  #newest = new Uint32Array(256);

  constructor(store: FlowStore) {
    this.#store = store;
  }

  get counts(): Int32Array {
    return this.#counts;
  }

  /** The slot of the row of a talk that came last; the talk must have a row. */
  newestSlot(talk: number): number {
    return this.#newest[talk]! & this.#store.table.mask;
  }

  add(slots: Uint32Array, count: number): void {
    const { cells, oldest, mask } = this.#store.table;
    const talks = cells[CELL.talk]!;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      const talk = talks[slot]!;
      if (talk >= this.#counts.length) this.#grow(talk);
      this.#counts[talk]!++;
      this.#newest[talk] = oldest + ((slot - oldest) & mask);
    }
  }

  remove(slots: Uint32Array, count: number): void {
    const talks = this.#store.table.cells[CELL.talk]!;
    const counts = this.#counts;
    for (let i = 0; i < count; i++) counts[talks[slots[i]!]!]!--;
  }

  #grow(talk: number): void {
    let size = this.#counts.length;
    while (size <= talk) size *= 2;
    const counts = new Int32Array(size);
    counts.set(this.#counts);
    this.#counts = counts;
    const newest = new Uint32Array(size);
    newest.set(this.#newest);
    this.#newest = newest;
  }
}
