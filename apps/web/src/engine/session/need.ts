// What an answer is made from: lists of matching rows, and what is counted over them.

import type { MatchList } from '@finderscope/flow-store';

export type Need = {
  /** Filter text of the list. */
  readonly filter: string;
  /**
   * Asks the list for what it is to count, before it is brought up to date. undefined where the rows are all that is
   * needed: they do not wait for what others have the list count.
   */
  readonly prepare: ((list: MatchList) => void) | undefined;
};

/** The need for nothing but the rows that a filter matches. */
export function rowsOf(filter: string): Need {
  return { filter, prepare: undefined };
}
