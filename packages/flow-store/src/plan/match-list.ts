// The rows that a plan matches, sorted by time, and what is counted over them, kept up to date as rows come and go.
//
//   all rows in order of time --plan--> the rows of this list        once, when the list is made: nothing to sort
//   new rows in order of arrival --plan--> sort --> merge            from then on
//   rows of this list in order of arrival --> aggregates             each has its own place up to which it has counted
//
// `advance` looks at a bounded number of rows, so that all of this is done in slices between reads of the stream.
// Evicted rows leave at the next `advance`, or when the store calls `release` because it needs their place.

import type { Aggregate } from '../aggregates/aggregate.ts';
import { sortByTime } from '../kernels/sort-by-time.ts';
import type { Follower } from '../store/followers.ts';
import type { FlowStore } from '../store/flow-store.ts';
import { type Plan, PLAN_CHUNK } from './plan.ts';
import { RowSet } from './row-set.ts';
import { TimeOrder } from './time-order.ts';

/**
 * Aggregates kept per list; the one asked for longest ago goes first. One that nobody has asked for while as many rows
 * came as the store has room for goes as well, and is made anew when somebody does.
 */
const MAX_AGGREGATES = 32;

type Counting = {
  readonly aggregate: Aggregate;
  /** First row not counted yet. */
  cursor: number;
  /** First row that was not there yet when it was asked for last. */
  readonly askedAt: number;
};

export class MatchList implements Follower {
  readonly plan: Plan;
  readonly #store: FlowStore;
  readonly #order: TimeOrder;
  readonly #set: RowSet;
  /** All rows held when the list was made, in order of time, until they have been looked at. */
  #backlog: Uint32Array | undefined;
  #backlogAt = 0;
  /** First row that may be in the list. */
  #first: number;
  /** First row not looked at yet, the backlog aside. */
  #scanned: number;
  readonly #aggregates = new Map<string, Counting>();
  readonly #chunk = new Uint32Array(PLAN_CHUNK);
  #batch = new Uint32Array(PLAN_CHUNK);
  /** Grows whenever the list changed. */
  version = 0;

  /** `all` is the list of all rows, up to date; without it rows are sorted as they are found. */
  constructor(store: FlowStore, plan: Plan, all?: MatchList) {
    this.#store = store;
    this.plan = plan;
    this.#order = new TimeOrder(store);
    this.#set = new RowSet(store.table);
    this.#first = store.table.oldest;
    this.#scanned = all === undefined ? store.table.oldest : all.#scanned;
    this.#backlog = all === undefined ? undefined : all.#order.share();
    store.followers.add(this);
  }

  /** Frees what the store holds for it; it must not be used afterwards. */
  close(): void {
    this.#store.followers.remove(this);
  }

  /** Rows held that match, as far as looked at. */
  get count(): number {
    return this.#order.count;
  }

  /** Low 32 bits of the row ids, oldest first. Valid until the next `advance`. */
  rows(): Uint32Array {
    return this.#order.rows();
  }

  /** Place of the first row that is not before the time. */
  lowerBound(timeNs: bigint): number {
    return this.#order.lowerBound(timeNs);
  }

  /** Matching rows with an id above `id`. */
  countAfter(id: number): number {
    return this.#set.count(Math.max(id + 1, this.#first), this.#scanned);
  }

  /** The aggregate of that name, made when there is none yet; it counts what `advance` has shown it. */
  aggregate<A extends Aggregate>(name: string, kind: abstract new (...args: never) => A, make: () => A): A {
    const counting = this.#aggregates.get(name);
    this.#aggregates.delete(name);
    const kept = counting?.aggregate instanceof kind ? counting.aggregate : undefined;
    const aggregate = kept ?? make();
    this.#aggregates.set(name, {
      aggregate,
      cursor: kept === undefined || counting === undefined ? this.#first : counting.cursor,
      askedAt: this.#store.table.next,
    });
    for (const oldest of this.#aggregates.keys()) {
      if (this.#aggregates.size <= MAX_AGGREGATES) break;
      this.#aggregates.delete(oldest);
    }
    return aggregate;
  }

  /** The aggregate of that name, where there is one that has counted all rows of the list. */
  counted<A extends Aggregate>(name: string, kind: abstract new (...args: never) => A): A | undefined {
    const counting = this.#aggregates.get(name);
    if (counting === undefined || counting.cursor < this.#scanned) return undefined;
    return counting.aggregate instanceof kind ? counting.aggregate : undefined;
  }

  /** Has the aggregate of that name made anew when it is stale. To be asked for, and shown the rows, again. */
  dropStale(name: string): void {
    if (this.#aggregates.get(name)?.aggregate.isStale === true) this.#aggregates.delete(name);
  }

  /** Looks at up to `maxRows` rows; true when list and aggregates are up to date. */
  advance(maxRows: number): boolean {
    let left = maxRows - this.#scan(maxRows);
    if (!this.#isScanned()) return false;
    for (const [name, counting] of this.#aggregates) {
      if (counting.cursor - counting.askedAt > this.#store.table.mask) this.#aggregates.delete(name);
      else left -= this.#count(counting, left);
    }
    for (const { cursor } of this.#aggregates.values()) if (cursor < this.#scanned) return false;
    return true;
  }

  /** The same, but for the rows alone: what is counted over them is left as it is. */
  advanceRows(maxRows: number): boolean {
    this.#scan(maxRows);
    return this.#isScanned();
  }

  release(): void {
    const { table } = this.#store;
    this.#set.fit(this.#first, this.#scanned);
    const { oldest } = table;
    let gone = 0;
    for (let from = this.#first; from < Math.min(oldest, this.#scanned); from += PLAN_CHUNK) {
      const to = Math.min(oldest, this.#scanned, from + PLAN_CHUNK);
      for (const counting of this.#aggregates.values()) {
        const counted = this.#set.slots(from, Math.min(to, counting.cursor), this.#chunk);
        if (counted > 0) counting.aggregate.remove(this.#chunk, counted);
      }
      const count = this.#set.slots(from, to, this.#chunk);
      for (let i = 0; i < count; i++) this.#set.remove(this.#chunk[i]!);
      gone += count;
    }
    this.#first = Math.max(this.#first, oldest);
    this.#scanned = Math.max(this.#scanned, oldest);
    for (const counting of this.#aggregates.values()) counting.cursor = Math.max(counting.cursor, oldest);
    if (gone === 0) return;
    this.#order.drop(gone);
    this.version++;
  }

  #isScanned(): boolean {
    return this.#backlog === undefined && this.#scanned === this.#store.table.next;
  }

  /** Answers how many rows it looked at. */
  #scan(maxRows: number): number {
    this.release();
    let left = maxRows;
    if (this.#backlog !== undefined) left -= this.#scanBacklog(this.#backlog, left);
    if (this.#backlog === undefined) left -= this.#scanNew(left);
    return maxRows - left;
  }

  /** Goes on in the backlog; answers how many rows it looked at. */
  #scanBacklog(backlog: Uint32Array, maxRows: number): number {
    const { mask, oldest, held } = this.#store.table;
    const first = this.#backlogAt;
    const end = Math.min(backlog.length, first + maxRows);
    const chunk = this.#chunk;
    for (let from = first; from < end; from += PLAN_CHUNK) {
      const to = Math.min(end, from + PLAN_CHUNK);
      let count = 0;
      for (let i = from; i < to; i++) {
        const id32 = backlog[i]!;
        if ((id32 - oldest) >>> 0 < held) chunk[count++] = id32 & mask;
      }
      const kept = this.#keep(count);
      if (kept === 0) continue;
      // As many of the others as of those looked at: a list that grew bit by bit would be copied again and again.
      const share = (this.#order.count + kept) / to;
      this.#order.push(chunk.subarray(0, kept), Math.ceil(share * (backlog.length - to)));
    }
    this.#backlogAt = end;
    if (end === backlog.length) this.#backlog = undefined;
    return end - first;
  }

  /** Goes on with the rows that have come since; answers how many rows it looked at. */
  #scanNew(maxRows: number): number {
    const { table } = this.#store;
    const end = Math.min(table.next, this.#scanned + maxRows);
    const looked = end - this.#scanned;
    let found = 0;
    while (this.#scanned < end) {
      const count = Math.min(PLAN_CHUNK, end - this.#scanned);
      for (let i = 0; i < count; i++) this.#chunk[i] = (this.#scanned + i) & table.mask;
      const kept = this.#keep(count);
      if (found + kept > this.#batch.length) {
        const bigger = new Uint32Array(Math.max(found + kept, this.#batch.length * 2));
        bigger.set(this.#batch);
        this.#batch = bigger;
      }
      this.#batch.set(this.#chunk.subarray(0, kept), found);
      found += kept;
      this.#scanned += count;
    }
    if (found > 0) {
      const batch = this.#batch.subarray(0, found);
      sortByTime(table, batch);
      this.#order.merge(batch);
    }
    return looked;
  }

  /** Takes those of the first `count` slots in the chunk that match into the set, and leaves their ids in the chunk. */
  #keep(count: number): number {
    const { mask, oldest } = this.#store.table;
    const chunk = this.#chunk;
    const kept = this.plan.narrow(chunk, count);
    this.#set.add(chunk, kept);
    for (let i = 0; i < kept; i++) chunk[i] = oldest + ((chunk[i]! - oldest) & mask);
    if (kept > 0) this.version++;
    return kept;
  }

  /** Shows an aggregate up to `maxRows` rows more; answers how many it passed. */
  #count(counting: Counting, maxRows: number): number {
    const end = Math.min(this.#scanned, counting.cursor + maxRows);
    const passed = end - counting.cursor;
    while (counting.cursor < end) {
      const to = Math.min(end, counting.cursor + PLAN_CHUNK);
      const count = this.#set.slots(counting.cursor, to, this.#chunk);
      if (count > 0) counting.aggregate.add(this.#chunk, count);
      counting.cursor = to;
    }
    return passed;
  }
}
