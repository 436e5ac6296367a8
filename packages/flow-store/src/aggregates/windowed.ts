// Counts over those rows of a list whose time lies in a window, kept as rows come and go, and as the window moves: then
// only what enters and what leaves it is looked at.
//
//   rows in order of time   [ . . . | left | . . . stay . . . | entered | . . . ]

import { CELL, REAL } from '../schema/columns.ts';
import type { FlowStore } from '../store/flow-store.ts';
import type { Aggregate } from './aggregate.ts';
import { countOver } from './count-over.ts';

/** Both ends belong to it; what is left out leaves that end open. */
export type TimeWindow = { readonly sinceNs?: bigint | undefined; readonly untilNs?: bigint | undefined };

/** Of a list in order of time, see plan/match-list.ts. */
type RowsInTime = {
  readonly rows: () => Uint32Array;
  readonly lowerBound: (timeNs: bigint) => number;
};

const NANOS_PER_S = 1_000_000_000n;
const NANOS = 1e9;
const CHUNK = 8192;

/** The first moment inside of the window, and the first behind it. */
type Bounds = { readonly since: Moment; readonly end: Moment };
type Moment = { readonly seconds: number; readonly nanos: number };

export class Windowed<A extends Aggregate> implements Aggregate {
  readonly #store: FlowStore;
  readonly #make: () => A;
  #counts: A;
  #window: TimeWindow;
  #bounds: Bounds;
  #inside = new Uint32Array(0);

  constructor(store: FlowStore, make: () => A, window: TimeWindow) {
    this.#store = store;
    this.#make = make;
    this.#counts = make();
    this.#window = window;
    this.#bounds = boundsOf(window);
  }

  /** What is counted; another object when the window has moved so far that all was counted anew. */
  get counts(): A {
    return this.#counts;
  }

  get isStale(): boolean {
    return this.#counts.isStale === true;
  }

  add(slots: Uint32Array, count: number): void {
    const inside = this.#narrow(slots, count);
    if (inside > 0) this.#counts.add(this.#inside, inside);
  }

  remove(slots: Uint32Array, count: number): void {
    const inside = this.#narrow(slots, count);
    if (inside > 0) this.#counts.remove(this.#inside, inside);
  }

  /** Moves the window. `list` is the one that shows its rows to this aggregate, and has shown all of them. */
  moveTo(window: TimeWindow, list: RowsInTime): void {
    const before = this.#window;
    if (before.sinceNs === window.sinceNs && before.untilNs === window.untilNs) return;
    const rows = list.rows();
    const [oldFrom, oldTo] = spanOf(list, before, rows.length);
    const [from, to] = spanOf(list, window, rows.length);
    this.#window = window;
    this.#bounds = boundsOf(window);
    const left = [rows.subarray(oldFrom, Math.min(oldTo, from)), rows.subarray(Math.max(oldFrom, to), oldTo)];
    const entered = [rows.subarray(from, Math.min(to, oldFrom)), rows.subarray(Math.max(from, oldTo), to)];
    const moved = [...left, ...entered].reduce((sum, { length }) => sum + length, 0);
    const { table } = this.#store;
    if (moved > to - from) {
      this.#counts = countOver(table, rows.subarray(from, to), this.#make());
      return;
    }
    for (const some of entered) countOver(table, some, this.#counts);
    for (const some of left) this.#uncount(some);
  }

  #uncount(rows: Uint32Array): void {
    const { mask } = this.#store.table;
    const slots = new Uint32Array(Math.min(CHUNK, rows.length));
    for (let from = 0; from < rows.length; from += CHUNK) {
      const count = Math.min(CHUNK, rows.length - from);
      for (let i = 0; i < count; i++) slots[i] = rows[from + i]! & mask;
      this.#counts.remove(slots, count);
    }
  }

  /** Leaves the slots of rows in the window in `#inside`, in their order; answers how many. */
  #narrow(slots: Uint32Array, count: number): number {
    if (this.#inside.length < count) this.#inside = new Uint32Array(count);
    const { cells, reals } = this.#store.table;
    const seconds = reals[REAL.timeSeconds]!;
    const nanos = cells[CELL.timeNanos]!;
    const { since, end } = this.#bounds;
    const inside = this.#inside;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      const s = seconds[slot]!;
      const n = nanos[slot]! | 0;
      // As in kernels/sort-by-time.ts: exact where it matters.
      const isSince = (s - since.seconds) * NANOS + (n - since.nanos) >= 0;
      if (isSince && (s - end.seconds) * NANOS + (n - end.nanos) < 0) inside[kept++] = slot;
    }
    return kept;
  }
}

function boundsOf({ sinceNs, untilNs }: TimeWindow): Bounds {
  return {
    since: sinceNs === undefined ? { seconds: Number.NEGATIVE_INFINITY, nanos: 0 } : momentOf(sinceNs),
    end: untilNs === undefined ? { seconds: Number.POSITIVE_INFINITY, nanos: 0 } : momentOf(untilNs + 1n),
  };
}

function momentOf(timeNs: bigint): Moment {
  return { seconds: Number(timeNs / NANOS_PER_S), nanos: Number(timeNs % NANOS_PER_S) };
}

function spanOf(
  list: RowsInTime,
  { sinceNs, untilNs }: TimeWindow,
  length: number,
): readonly [number, number] {
  const from = sinceNs === undefined ? 0 : list.lowerBound(sinceNs);
  const to = untilNs === undefined ? length : list.lowerBound(untilNs + 1n);
  return [from, Math.max(from, to)];
}
