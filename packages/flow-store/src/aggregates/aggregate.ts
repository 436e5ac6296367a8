// Something counted over the rows of a list, kept up to date as rows come and go. What it has counted at any moment is
// what a count over the rows held by then would give.

export interface Aggregate {
  /** The first `count` slots hold rows that now belong to the list. */
  add(slots: Uint32Array, count: number): void;
  /** They no longer do; their columns are as they were when they were added. */
  remove(slots: Uint32Array, count: number): void;
  /** True when one that counted the rows held anew would tell more. */
  readonly isStale?: boolean;
}
