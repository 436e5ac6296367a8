// Which rows a paused view shows: those that were here when it was paused, and older flows that were asked for since,
// each in its place. What the stream has brought since is new, whatever its time, and waits.

import type { FlowStore, MatchList } from '@finderscope/flow-store';
import type { Nanos, RowId } from '../protocol.ts';

/** Of rows held (low 32 bits of their ids). */
export function rowsAtPause(store: FlowStore, rows: Uint32Array, upTo: RowId): Uint32Array {
  const { table, beside } = store;
  return rows.filter((id32) => {
    const id = table.widen(id32);
    return id <= upTo || beside.holds(id);
  });
}

/** How many rows of the list wait. Up to `untilNs`, if that is set, the view shows flows that were asked for. */
export function countNewer(
  store: FlowStore,
  list: MatchList,
  upTo: RowId,
  untilNs: Nanos | undefined,
): number {
  const { table, beside } = store;
  let count = list.countAfter(upTo);
  if (count === 0 || beside.end <= upTo) return count;
  const shown = untilNs === undefined ? list.count : list.lowerBound(untilNs + 1n);
  for (const id32 of list.rows().subarray(0, shown)) {
    const id = table.widen(id32);
    if (id > upTo && beside.holds(id)) count--;
  }
  return count;
}
