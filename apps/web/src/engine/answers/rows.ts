// Answers rows queries: a slice of the rows in their order.

import type { FlowStore } from '@finderscope/flow-store';
import type { FlowRow, RowId, RowsAnswer, RowsQuery } from '../protocol.ts';
import type { World } from '../session/world.ts';
import { arrange, type Arrangement, type ArrangementCache, dropsOf } from './arrange.ts';
import { countNewer } from './paused.ts';
import { rowOf } from './row-text.ts';
import { toRowId } from './row-id.ts';

/** More rows than this are never shown at once. */
const MAX_SLICE = 5000;

export function answerRows(
  world: World,
  query: RowsQuery,
  cache: ArrangementCache,
  fresh: boolean,
): RowsAnswer {
  const { store } = world;
  const list = world.lists.get(query.filter);
  const arrangement = arrange(store, list, query, cache, world.nowMs, fresh);
  const { from, count } = sliceOf(store, query, arrangement);
  const rows: FlowRow[] = [];
  for (let place = from; place < Math.min(arrangement.total, from + count); place++) {
    const id = store.table.widen(arrangement.at(place));
    if (store.table.holds(id)) rows.push(rowOf(store, toRowId(id), arrangement.countAt(place)));
  }
  return {
    kind: 'rows',
    total: arrangement.total,
    from,
    rows,
    newer: query.upTo === undefined ? 0 : countNewer(store, list, query.upTo, query.untilNs),
    drops: dropsOf(store, list, query, arrangement, cache, world.nowMs, fresh).slice(),
    newest: newestOf(store),
  };
}

function newestOf(store: FlowStore): RowId | undefined {
  return store.table.held === 0 ? undefined : toRowId(store.table.next - 1);
}

type Slice = { readonly from: number; readonly count: number };

function sliceOf(store: FlowStore, query: RowsQuery, arrangement: Arrangement): Slice {
  const { at } = query;
  if ('from' in at) {
    return { from: clamp(at.from, arrangement.total), count: clamp(at.count, MAX_SLICE) };
  }
  const place = placeNear(store, query, arrangement, at.around);
  const before = clamp(at.before, MAX_SLICE);
  const from = Math.max(0, place - before);
  return { from, count: clamp(place - from + at.after + 1, MAX_SLICE) };
}

/** The place of a row, or where it would be by time when it is not among the rows shown. */
function placeNear(store: FlowStore, query: RowsQuery, arrangement: Arrangement, id: RowId): number {
  if (!store.table.holds(id)) {
    // Evicted: older than all that is held.
    return query.sort.descending ? Math.max(0, arrangement.total - 1) : 0;
  }
  const exact = arrangement.find(id >>> 0);
  if (exact >= 0) return exact;
  if (query.sort.key !== 'time') return 0;
  const time = store.timeNs(id & store.table.mask);
  let low = 0;
  let high = arrangement.total;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = store.timeNs(arrangement.at(middle) & store.table.mask);
    if (query.sort.descending ? there > time : there < time) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, Math.max(0, arrangement.total - 1));
}

function clamp(value: number, most: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.min(Math.floor(value), most)) : 0;
}
