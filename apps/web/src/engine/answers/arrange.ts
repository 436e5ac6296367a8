// The rows of a rows query in the order in which they are shown, without making any of them. Sorting by text, grouping
// and cutting off at a paused row look at every matching row; over many rows that is done at most four times a second.

import { CELL, type FlowStore, groupIdentical, type MatchList, orderByText } from '@finderscope/flow-store';
import type { RowsQuery } from '../protocol.ts';
import { sortText } from './row-text.ts';
import { rowsAtPause } from './paused.ts';

export type Arrangement = {
  /** The rows of the list themselves, good only until it changes. */
  readonly isLive: boolean;
  /** Low 32 bits of row ids. Upwards through what is shown they are taken as they lie, or at `places` in turn. */
  readonly rows: Uint32Array;
  readonly places: Uint32Array | undefined;
  readonly descending: boolean;
  readonly total: number;
  /** Low 32 bits of the row id at a place, counted from the top. */
  readonly at: (place: number) => number;
  /** How many flows the row at a place stands for. */
  readonly countAt: (place: number) => number;
  /** The place of a row, or -1. */
  readonly find: (id32: number) => number;
};

export type ArrangementCache = {
  key: string;
  version: number;
  madeMs: number;
  arrangement: Arrangement | undefined;
  drops: { key: string; version: number; madeMs: number; counts: Uint32Array } | undefined;
  /** The last answer leaves out what came since these were made: another one has to follow, also when no more comes. */
  isBehind: boolean;
};

const MANY_ROWS = 50_000;
const MANY_ROWS_MS = 250;
/** A million rows: once a second. */
const ROWS_PER_RULER_MS = 1000;
const RULER_PARTS = 256;
const DROPPED = 2;

export function newArrangementCache(): ArrangementCache {
  return { key: '', version: -1, madeMs: 0, arrangement: undefined, drops: undefined, isBehind: false };
}

function keyOf(query: RowsQuery): string {
  const { filter, sinceNs, untilNs, upTo, sort, group } = query;
  return [filter, sinceNs, untilNs, upTo, sort.key, sort.descending, group].join('|');
}

/** `fresh` asks for an arrangement of what is held now, however many rows that are. */
export function arrange(
  store: FlowStore,
  list: MatchList,
  query: RowsQuery,
  cache: ArrangementCache,
  nowMs: number,
  fresh: boolean,
): Arrangement {
  const key = keyOf(query);
  const kept = cache.key === key ? cache.arrangement : undefined;
  cache.isBehind = false;
  if (kept !== undefined && !kept.isLive) {
    if (cache.version === list.version) return kept;
    if (!fresh && kept.total > MANY_ROWS && nowMs - cache.madeMs < MANY_ROWS_MS) {
      cache.isBehind = true;
      return kept;
    }
  }
  cache.key = key;
  cache.version = list.version;
  cache.madeMs = nowMs;
  cache.arrangement = make(store, list, query);
  return cache.arrangement;
}

/**
 * Drops in each part of the list, for the ruler; over many rows counted anew at most four times a second, and the more
 * rows there are the less often: a part of a long list is thousands of rows, and moves on slowly.
 */
export function dropsOf(
  store: FlowStore,
  list: MatchList,
  query: RowsQuery,
  arrangement: Arrangement,
  cache: ArrangementCache,
  nowMs: number,
  fresh: boolean,
): Uint32Array {
  const key = keyOf(query);
  const kept = cache.drops?.key === key ? cache.drops : undefined;
  if (kept !== undefined) {
    const recent =
      !fresh && arrangement.total > MANY_ROWS && nowMs - kept.madeMs < rulerMs(arrangement.total);
    if (kept.version === list.version) return kept.counts;
    if (recent) {
      cache.isBehind = true;
      return kept.counts;
    }
  }
  const counts = countDrops(store, arrangement);
  cache.drops = { key, version: list.version, madeMs: nowMs, counts };
  return counts;
}

function rulerMs(rows: number): number {
  return Math.max(MANY_ROWS_MS, rows / ROWS_PER_RULER_MS);
}

function make(store: FlowStore, list: MatchList, query: RowsQuery): Arrangement {
  const from = query.sinceNs === undefined ? 0 : list.lowerBound(query.sinceNs);
  const to = query.untilNs === undefined ? list.count : list.lowerBound(query.untilNs + 1n);
  const window = list.rows().subarray(from, Math.max(from, to));
  if (query.upTo === undefined && !query.group && query.sort.key === 'time') {
    return arrangementOf(window, undefined, undefined, query.sort.descending, true);
  }
  // The list changes in place, so what outlives this call is a copy.
  let rows: Uint32Array = query.upTo === undefined ? window.slice() : rowsAtPause(store, window, query.upTo);
  let counts: Uint32Array | undefined;
  if (query.group) ({ rows, counts } = groupIdentical(store, rows));
  const places = query.sort.key === 'time' ? undefined : orderRows(store, rows, query.sort.key);
  return arrangementOf(rows, counts, places, query.sort.descending, false);
}

function orderRows(
  store: FlowStore,
  rows: Uint32Array,
  key: Exclude<RowsQuery['sort']['key'], 'time'>,
): Uint32Array {
  const { cells, textOf } = sortText(store, key);
  return orderByText(store.table, rows, cells, textOf);
}

function arrangementOf(
  rows: Uint32Array,
  counts: Uint32Array | undefined,
  places: Uint32Array | undefined,
  descending: boolean,
  isLive: boolean,
): Arrangement {
  const total = rows.length;
  const indexOf = (place: number): number => {
    const upward = descending ? total - 1 - place : place;
    return places === undefined ? upward : (places[upward] ?? 0);
  };
  const at = (place: number): number => rows[indexOf(place)] ?? 0;
  return {
    isLive,
    rows,
    places,
    descending,
    total,
    at,
    countAt: (place) => counts?.[indexOf(place)] ?? 1,
    find: (id32) => {
      const index = rows.indexOf(id32);
      if (index < 0) return -1;
      const upward = places === undefined ? index : places.indexOf(index);
      return descending ? total - 1 - upward : upward;
    },
  };
}

/** A pass over all rows shown, a million of them at times, before they are told. Bench: ingest.live, page.filter_1m. */
function countDrops(store: FlowStore, { rows, places, descending, total }: Arrangement): Uint32Array {
  const drops = new Uint32Array(RULER_PARTS);
  const { shapes, table } = store;
  const { mask } = table;
  const isDrop = new Uint8Array(shapes.idEnd);
  for (let id = 1; id < isDrop.length; id++) isDrop[id] = shapes.get(id, 'verdict') === DROPPED ? 1 : 0;
  const column = table.cells[CELL.shape] ?? new Uint32Array(0);
  for (let part = 0; part < RULER_PARTS; part++) {
    const [from, to] = [firstOf(part, total), firstOf(part + 1, total)];
    const first = descending ? total - to : from;
    const end = descending ? total - from : to;
    let count = 0;
    for (let upward = first; upward < end; upward++) {
      const id32 = rows[places === undefined ? upward : (places[upward] ?? 0)] ?? 0;
      count += isDrop[column[id32 & mask] ?? 0] ?? 0;
    }
    drops[part] = count;
  }
  return drops;
}

/** The first place of a part of the ruler. */
function firstOf(part: number, total: number): number {
  return Math.ceil((part * total) / RULER_PARTS);
}
