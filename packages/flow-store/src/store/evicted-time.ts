// The latest time of the rows that have made room for others. Rows leave in the order in which they came, which is not
// quite that of their times: nothing is missing only from behind the latest of them on. A row of a clock that runs ahead
// says nothing about that.

import { CELL, REAL } from '../schema/columns.ts';
import type { FlowStore } from './flow-store.ts';
import type { Follower } from './followers.ts';

export class EvictedTime implements Follower {
  readonly #store: FlowStore;
  /** First row not looked at yet. */
  #next: number;
  #seconds = Number.NEGATIVE_INFINITY;
  #nanos = 0;
  #latestNs: bigint | undefined;

  constructor(store: FlowStore) {
    this.#store = store;
    this.#next = store.table.oldest;
    store.followers.add(this);
  }

  /** undefined before the first eviction. */
  get latestNs(): bigint | undefined {
    this.release();
    return this.#latestNs;
  }

  release(): void {
    const { oldest, mask, reals, cells } = this.#store.table;
    const seconds = reals[REAL.timeSeconds]!;
    const nanos = cells[CELL.timeNanos]!;
    let latest = -1;
    const aheadFrom = this.#next < oldest ? aheadOf(this.#store.resumeTimeNs()) : 0;
    for (; this.#next < oldest; this.#next++) {
      const slot = this.#next & mask;
      const second = seconds[slot]!;
      const nano = nanos[slot]! | 0;
      if (second > aheadFrom || second < this.#seconds || (second === this.#seconds && nano <= this.#nanos))
        continue;
      this.#seconds = second;
      this.#nanos = nano;
      latest = slot;
    }
    if (latest >= 0) this.#latestNs = this.#store.timeNs(latest);
  }
}

/** The second that is a minute ahead of a time. */
function aheadOf(timeNs: bigint | undefined): number {
  return timeNs === undefined ? Number.POSITIVE_INFINITY : Number(timeNs / 1_000_000_000n) + 60;
}
