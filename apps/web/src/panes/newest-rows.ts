// The question for a few flows out of all that are held, whatever the page shows.

import type { RowsQuery } from '../engine/protocol.ts';

/** The newest first, identical ones as one row. */
export function newestRows(filter: string, count: number): RowsQuery {
  return {
    kind: 'rows',
    filter,
    sinceNs: undefined,
    untilNs: undefined,
    upTo: undefined,
    sort: { key: 'time', descending: true },
    group: true,
    at: { from: 0, count },
  };
}
