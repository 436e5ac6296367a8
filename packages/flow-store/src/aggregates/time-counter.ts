// How many rows fall into each bucket of time, by value of a field: what a histogram is made of.

import { CELL, REAL } from '../schema/columns.ts';
import { CountMap } from '../kernels/count-map.ts';
import type { FlowStore } from '../store/flow-store.ts';
import type { Aggregate } from './aggregate.ts';
import type { KeyedField } from './keyed-field.ts';
import { NO_VALUE, ValueIndex } from './value-index.ts';

/** Values told apart; rows with a value beyond these count as `undefined`. */
const MAX_VALUES = 64;
const NONE = MAX_VALUES;
const WIDTH = MAX_VALUES + 1;
const MS_PER_S = 1000;
const NANOS_PER_MS = 1e6;

export class TimeCounter implements Aggregate {
  readonly #store: FlowStore;
  readonly #index: ValueIndex;
  readonly #bucketMs: number;
  /** By bucket * WIDTH + value. */
  readonly #counts = new CountMap();
  readonly #totals = new Float64Array(WIDTH);

  /** Bucket number n begins at n * bucketMs, a whole number, since the Unix epoch. */
  constructor(store: FlowStore, field: KeyedField, bucketMs: number) {
    this.#store = store;
    this.#index = new ValueIndex(field, MAX_VALUES);
    this.#bucketMs = bucketMs;
  }

  add(slots: Uint32Array, count: number): void {
    this.#put(slots, count, 1);
  }

  remove(slots: Uint32Array, count: number): void {
    this.#put(slots, count, -1);
  }

  /** The bucket of a time. */
  bucketOf(timeNs: bigint): number {
    const ms = Number(timeNs / BigInt(NANOS_PER_MS)) - (timeNs % BigInt(NANOS_PER_MS) < 0n ? 1 : 0);
    return Math.floor(ms / this.#bucketMs);
  }

  /**
   * One series per value that occurs anywhere, with a count for each of `buckets` from bucket `from` on. The value is
   * '' for rows without one and undefined for those beyond the first MAX_VALUES - 1.
   */
  series(
    from: number,
    buckets: number,
  ): { readonly value: string | undefined; readonly counts: Uint32Array }[] {
    const out: { value: string | undefined; counts: Uint32Array }[] = [];
    for (let value = 0; value < WIDTH; value++) {
      if (this.#totals[value] === 0) continue;
      const counts = new Uint32Array(buckets);
      for (let i = 0; i < buckets; i++) counts[i] = this.#counts.get((from + i) * WIDTH + value);
      out.push({ value: value === NONE ? '' : this.#index.name(value), counts });
    }
    return out;
  }

  #put(slots: Uint32Array, count: number, delta: number): void {
    const { cells, reals } = this.#store.table;
    const index = this.#index;
    index.refresh((value) => this.#totals[value] !== 0);
    const keys = cells[index.field.cell]!;
    const nanos = cells[CELL.timeNanos]!;
    const seconds = reals[REAL.timeSeconds]!;
    const bucketMs = this.#bucketMs;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      const ms = seconds[slot]! * MS_PER_S + Math.floor((nanos[slot]! | 0) / NANOS_PER_MS);
      const bucket = Math.floor(ms / bucketMs);
      const value = index.first(keys[slot]!);
      if (value >= 0) this.#count(bucket, value, delta);
      else if (value === NO_VALUE) this.#count(bucket, NONE, delta);
      else for (const one of index.several(keys[slot]!)) this.#count(bucket, one, delta);
    }
  }

  #count(bucket: number, value: number, delta: number): void {
    this.#counts.add(bucket * WIDTH + value, delta);
    this.#totals[value]! += delta;
  }
}
