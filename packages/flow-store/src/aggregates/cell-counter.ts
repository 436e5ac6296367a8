// How many rows have each value of one cell.

import type { FlowStore } from '../store/flow-store.ts';
import type { Aggregate } from './aggregate.ts';
import type { KeyedField } from './keyed-field.ts';
import { NO_VALUE, ValueIndex } from './value-index.ts';

export class CellCounter implements Aggregate {
  readonly #store: FlowStore;
  readonly #cell: number;
  /** By key. */
  #counts = new Int32Array(256);

  constructor(store: FlowStore, cell: number) {
    this.#store = store;
    this.#cell = cell;
  }

  get counts(): Int32Array {
    return this.#counts;
  }

  add(slots: Uint32Array, count: number): void {
    const cells = this.#store.table.cells[this.#cell]!;
    for (let i = 0; i < count; i++) {
      const key = cells[slots[i]!]!;
      if (key >= this.#counts.length) this.#grow(key);
      this.#counts[key]!++;
    }
  }

  remove(slots: Uint32Array, count: number): void {
    const cells = this.#store.table.cells[this.#cell]!;
    const counts = this.#counts;
    for (let i = 0; i < count; i++) counts[cells[slots[i]!]!]!--;
  }

  #grow(key: number): void {
    let size = this.#counts.length;
    while (size <= key) size *= 2;
    const counts = new Int32Array(size);
    counts.set(this.#counts);
    this.#counts = counts;
  }
}

export type ValueCount = { readonly value: string; readonly count: number };

/** Turns counts of keys into counts of a field's values. Keeps what it has learned about keys for the next time. */
export class ValueTotals {
  readonly #index: ValueIndex;

  constructor(field: KeyedField) {
    this.#index = new ValueIndex(field);
  }

  /** In no particular order. */
  of(counts: Int32Array): ValueCount[] {
    const index = this.#index;
    index.refresh(() => false);
    const end = Math.min(counts.length, index.field.keys.keyEnd());
    let totals = new Float64Array(Math.max(16, index.size));
    const put = (value: number, count: number): void => {
      if (value >= totals.length) {
        const bigger = new Float64Array(value * 2);
        bigger.set(totals);
        totals = bigger;
      }
      totals[value]! += count;
    };
    for (let key = 0; key < end; key++) {
      const count = counts[key]!;
      if (count === 0) continue;
      const value = index.first(key);
      if (value >= 0) put(value, count);
      else if (value !== NO_VALUE) for (const one of index.several(key)) put(one, count);
    }
    const out: ValueCount[] = [];
    for (let value = 0; value < index.size; value++) {
      const name = index.name(value);
      const count = totals[value] ?? 0;
      if (name !== undefined && count > 0) out.push({ value: name, count });
    }
    return out;
  }
}

/** Most frequent first, equal ones by text. */
export function byCount(a: ValueCount, b: ValueCount): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}
