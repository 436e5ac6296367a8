// How many rows have each port at either end; a row with the same port at both ends counts once.

import { CELL } from '../schema/columns.ts';
import type { FlowStore } from '../store/flow-store.ts';
import type { Aggregate } from './aggregate.ts';
import type { ValueCount } from './cell-counter.ts';

const KEYS = 0x10001;

export class PortCounter implements Aggregate {
  readonly #store: FlowStore;
  /** By port + 1; 0 is no port. */
  readonly #counts = new Int32Array(KEYS);

  constructor(store: FlowStore) {
    this.#store = store;
  }

  add(slots: Uint32Array, count: number): void {
    this.#put(slots, count, 1);
  }

  remove(slots: Uint32Array, count: number): void {
    this.#put(slots, count, -1);
  }

  /** In no particular order. Port 0 is no port that anybody has. */
  totals(): ValueCount[] {
    const out: ValueCount[] = [];
    for (let key = 2; key < KEYS; key++) {
      const count = this.#counts[key]!;
      if (count > 0) out.push({ value: String(key - 1), count });
    }
    return out;
  }

  #put(slots: Uint32Array, count: number, delta: number): void {
    const { cells } = this.#store.table;
    const sources = cells[CELL.sourcePort]!;
    const destinations = cells[CELL.destinationPort]!;
    const counts = this.#counts;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      const source = sources[slot]!;
      const destination = destinations[slot]!;
      counts[source]! += delta;
      if (destination !== source) counts[destination]! += delta;
    }
  }
}
