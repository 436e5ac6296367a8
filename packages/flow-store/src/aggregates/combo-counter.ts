// How many rows have each combination of several cells and of texts they said, and how their latencies or times are
// spread.

import { CELL, DICT, type ExtraName, LINK_WIDTH, REAL, SHAPE } from '../schema/columns.ts';
import { CountMap } from '../kernels/count-map.ts';
import type { FlowStore } from '../store/flow-store.ts';
import { TupleDictionary } from '../store/tuple-dictionary.ts';
import type { Aggregate } from './aggregate.ts';
import { LATENCY_BUCKETS, latencyBucket } from './latency.ts';
import { TimeSpread } from './time-spread.ts';

/** What is kept of the rows of each combination beside their number. */
export type ComboSpread = 'none' | 'latencies' | 'times';

export class ComboCounter implements Aggregate {
  readonly #store: FlowStore;
  readonly #cells: readonly number[];
  /** Places in the extra tuple, whose ids follow those of the cells. */
  readonly #places: readonly number[];
  readonly #combos: TupleDictionary;
  readonly #combo: Int32Array;
  readonly #spread: ComboSpread;
  #counts = new Int32Array(64);
  #last = 0;
  /** By combination * LATENCY_BUCKETS + bucket. */
  readonly #latencies = new CountMap();
  /** By combination. */
  readonly #times = new TimeSpread();

  /**
   * With 'latencies' rows without a latency do not count, with 'times' those without L7. `texts` are counted by their own
   * ids, where the cell of the extra tuple would tell apart all that a flow said.
   */
  constructor(
    store: FlowStore,
    cells: readonly number[],
    spread: ComboSpread,
    texts: readonly ExtraName[] = [],
  ) {
    this.#store = store;
    this.#cells = cells;
    this.#places = texts.map((name) => DICT[name] - LINK_WIDTH);
    this.#combos = new TupleDictionary(cells.length + texts.length);
    this.#combo = new Int32Array(cells.length + texts.length);
    this.#spread = spread;
  }

  add(slots: Uint32Array, count: number): void {
    this.#put(slots, count, 1);
  }

  remove(slots: Uint32Array, count: number): void {
    this.#put(slots, count, -1);
    if (this.#combos.wantsSweep) this.#sweep();
  }

  /** Calls back for every combination that occurs; `keys` holds the cells' values, then the texts', and is used again. */
  forEach(visit: (keys: Int32Array, count: number, combo: number) => void): void {
    const keys = new Int32Array(this.#combo.length);
    for (let id = 1; id < this.#combos.idEnd; id++) {
      const count = this.#counts[id] ?? 0;
      if (count <= 0) continue;
      for (let place = 0; place < keys.length; place++) keys[place] = this.#combos.at(id, place);
      visit(keys, count, id);
    }
  }

  /** Calls back for every latency bucket of every combination. */
  forEachLatency(visit: (combo: number, bucket: number, count: number) => void): void {
    this.#latencies.forEach((key, count) =>
      visit(Math.floor(key / LATENCY_BUCKETS), key % LATENCY_BUCKETS, count),
    );
  }

  /** The rows left are spread over so much less time than those counted before that their times can be told better. */
  get isStale(): boolean {
    return this.#times.isCoarse;
  }

  /** How each combination's rows are spread over time, where that is kept. */
  get times(): Pick<TimeSpread, 'widthS' | 'reachS' | 'forEach'> {
    return this.#times;
  }

  #put(slots: Uint32Array, count: number, delta: number): void {
    const { cells, reals } = this.#store.table;
    const latencies = reals[REAL.latencyNs]!;
    const seconds = reals[REAL.timeSeconds]!;
    const spread = this.#spread;
    const columns = this.#cells.map((cell) => cells[cell]!);
    const extras = cells[CELL.extra]!;
    const { extras: tuples, shapes } = this.#store;
    const shapeIds = cells[CELL.shape]!;
    const places = this.#places;
    const combo = this.#combo;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      const latency = latencies[slot]!;
      if (spread === 'latencies' && latency === 0) continue;
      if (spread === 'times' && shapes.at(shapeIds[slot]!, SHAPE.hasL7) === 0) continue;
      for (let c = 0; c < columns.length; c++) combo[c] = columns[c]![slot]!;
      for (let p = 0; p < places.length; p++)
        combo[columns.length + p] = tuples.at(extras[slot]!, places[p]!);
      const id = this.#combos.intern(combo, 0, this.#last);
      this.#last = id;
      this.#count(id, delta);
      if (spread === 'latencies') this.#latencies.add(id * LATENCY_BUCKETS + latencyBucket(latency), delta);
      else if (spread === 'times') this.#times.add(id, seconds[slot]!, delta);
    }
  }

  #count(id: number, delta: number): void {
    if (id >= this.#counts.length) {
      const counts = new Int32Array(Math.max(id + 1, this.#counts.length * 2));
      counts.set(this.#counts);
      this.#counts = counts;
    }
    this.#counts[id]! += delta;
  }

  /** Frees the combinations whose rows have all gone. */
  #sweep(): void {
    const live = new Uint8Array(this.#combos.idEnd);
    for (let id = 1; id < live.length; id++) live[id] = (this.#counts[id] ?? 0) > 0 ? 1 : 0;
    this.#combos.sweep(live);
    this.#last = 0;
  }
}
