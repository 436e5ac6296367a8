// How many rows have each talk (who, where, what kind, which port), which of them came last and how long their
// responses took: what edges are made of. Remembers which talks have changed, so that whoever sums them up looks at
// those alone.

import { CELL, REAL } from '../schema/columns.ts';
import type { FlowStore } from '../store/flow-store.ts';
import type { Aggregate } from './aggregate.ts';
import { latencyBucket, LatencySpread } from './latency.ts';

export class TalkCounter implements Aggregate {
  readonly #store: FlowStore;
  /** By talk. */
  #counts = new Int32Array(256);
  /** By talk: low 32 bits of the row that came last. */
  #newest = new Uint32Array(256);
  /** By talk; of those with latencies alone. */
  readonly #latencies = new Map<number, LatencySpread>();
  #isChanged = new Uint8Array(256);
  #changed: number[] = [];
  /** Talks of which the row that came last was taken out before others. */
  readonly #unsettled = new Set<number>();

  constructor(store: FlowStore) {
    this.#store = store;
  }

  get counts(): Int32Array {
    return this.#counts;
  }

  /** Of the responses of a talk; undefined without any. */
  latencies(talk: number): LatencySpread | undefined {
    return this.#latencies.get(talk);
  }

  /** The slot of the row of a talk that came last; the talk must have a row, and `settle` have been called. */
  newestSlot(talk: number): number {
    return this.#newest[talk]! & this.#store.table.mask;
  }

  /** Talks of which rows came or went since this was called last, each once. */
  takeChanged(): readonly number[] {
    const changed = this.#changed;
    for (const talk of changed) this.#isChanged[talk] = 0;
    this.#changed = [];
    return changed;
  }

  /**
   * Rows leave in the order in which they came, but for those that a window leaves behind: then the one that came last
   * is looked for. `rows` gives the rows counted (low 32 bits of their ids).
   */
  settle(rows: () => Uint32Array): void {
    const unsettled = this.#unsettled;
    if (unsettled.size === 0) return;
    const { cells, oldest, mask } = this.#store.table;
    const talks = cells[CELL.talk]!;
    const found = new Set<number>();
    for (const id32 of rows()) {
      const talk = talks[id32 & mask]!;
      if (!unsettled.has(talk)) continue;
      if (!found.has(talk) || (id32 - oldest) >>> 0 > (this.#newest[talk]! - oldest) >>> 0)
        this.#newest[talk] = id32;
      found.add(talk);
    }
    unsettled.clear();
  }

  add(slots: Uint32Array, count: number): void {
    const { cells, reals, oldest, mask } = this.#store.table;
    const talks = cells[CELL.talk]!;
    const latencies = reals[REAL.latencyNs]!;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      const talk = talks[slot]!;
      if (talk >= this.#counts.length) this.#grow(talk);
      const age = (slot - oldest) & mask;
      if (this.#counts[talk]!++ === 0 || age > (this.#newest[talk]! - oldest) >>> 0)
        this.#newest[talk] = oldest + age;
      if (this.#isChanged[talk] === 0) this.#change(talk);
      if (latencies[slot] !== 0) this.#addLatency(talk, latencies[slot]!, 1);
    }
  }

  remove(slots: Uint32Array, count: number): void {
    const { cells, reals, mask } = this.#store.table;
    const talks = cells[CELL.talk]!;
    const latencies = reals[REAL.latencyNs]!;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      const talk = talks[slot]!;
      if (--this.#counts[talk]! === 0) this.#unsettled.delete(talk);
      else if ((this.#newest[talk]! & mask) === slot) this.#unsettled.add(talk);
      if (this.#isChanged[talk] === 0) this.#change(talk);
      if (latencies[slot] !== 0) this.#addLatency(talk, latencies[slot]!, -1);
    }
  }

  #change(talk: number): void {
    this.#isChanged[talk] = 1;
    this.#changed.push(talk);
  }

  #addLatency(talk: number, ns: number, delta: number): void {
    const spread = this.#latencies.get(talk) ?? new LatencySpread();
    spread.add(latencyBucket(ns), delta);
    if (spread.total === 0) this.#latencies.delete(talk);
    else this.#latencies.set(talk, spread);
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
    const isChanged = new Uint8Array(size);
    isChanged.set(this.#isChanged);
    this.#isChanged = isChanged;
  }
}
