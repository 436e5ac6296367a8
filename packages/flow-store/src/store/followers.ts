// Those that keep counts of the rows held. Before the columns of evicted rows are written again, or ids that they hold
// are given to something else, every follower is told to take them out of its counts.

import type { FlowTable } from './flow-table.ts';

export interface Follower {
  /** Forget all rows before `table.oldest`; their columns are readable now, and maybe never again. */
  release(): void;
}

export class Followers {
  readonly #all = new Set<Follower>();
  /** Rows before this one are forgotten by all. */
  #released = 0;

  add(follower: Follower): void {
    this.#all.add(follower);
  }

  remove(follower: Follower): void {
    this.#all.delete(follower);
  }

  /** Called before `count` rows are added. */
  beforeAdd(table: FlowTable, count: number): void {
    const isOverwritten = table.next + count - table.capacity > this.#released;
    if (isOverwritten || table.wouldGrow(count)) this.releaseAll(table);
  }

  releaseAll(table: FlowTable): void {
    if (this.#released === table.oldest) return;
    for (const follower of this.#all) follower.release();
    this.#released = table.oldest;
  }
}
