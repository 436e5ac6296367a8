// What an answer is made from: lists of matching rows, and what is counted over them.

import type { MatchList } from '@finderscope/flow-store';

export type Need = {
  /** Filter text of the list. */
  readonly filter: string;
  /** Asks the list for what it is to count, before it is brought up to date. */
  readonly prepare: (list: MatchList) => void;
};

const justRows = (): void => {};

/** The need for nothing but the rows that a filter matches. */
export function rowsOf(filter: string): Need {
  return { filter, prepare: justRows };
}
