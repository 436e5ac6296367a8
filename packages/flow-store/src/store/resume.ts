// Where a stream that broke off goes on, and which of its flows will then come a second time.

import { CELL, REAL } from '../schema/columns.ts';
import type { FlowTable } from './flow-table.ts';
import type { RowRanges } from './row-ranges.ts';
import type { SeenUuids } from './seen-uuids.ts';

/** So many that came last tell what time it is. */
const RESUME_ROWS = 63;
const NANOS_PER_S = 1_000_000_000n;
const FAR_AHEAD_NS = 60n * NANOS_PER_S;

/** What is read of a store. */
export type Rows = {
  readonly table: FlowTable;
  timeNs(slot: number): bigint;
  entry(name: 'uuidText', slot: number): string | undefined;
};

/** Adds the UUID of a row. */
export function rememberUuid(rows: Rows, seen: SeenUuids, slot: number): void {
  const { cells } = rows.table;
  const a = cells[CELL.uuid0]![slot]!;
  const b = cells[CELL.uuid1]![slot]!;
  const c = cells[CELL.uuid2]![slot]!;
  const d = cells[CELL.uuid3]![slot]!;
  if ((a | b | c | d) !== 0) {
    seen.addWords(a, b, c, d);
    return;
  }
  const text = rows.entry('uuidText', slot);
  if (text !== undefined && text !== '') seen.addText(text);
}

/** Makes `seen` those of the rows held with a time from `sinceNs` on. */
export function rememberSince(rows: Rows, seen: SeenUuids, sinceNs: bigint): void {
  const { table } = rows;
  const since = Number(sinceNs / NANOS_PER_S);
  const seconds = table.reals[REAL.timeSeconds]!;
  let newest = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (let id = table.oldest; id < table.next; id++) {
    const at = seconds[id & table.mask]!;
    if (at < since) continue;
    count++;
    if (at > newest) newest = at;
  }
  seen.reset(count, newest);
  for (let id = table.oldest; id < table.next; id++) {
    const slot = id & table.mask;
    if (seconds[slot]! >= since) rememberUuid(rows, seen, slot);
  }
}

/**
 * Tells of the rows from `firstRow` on: the stream (`expected`) of what was read beside it, and what is being read beside
 * it (`others`) of the stream's. Either may bring a flow first.
 */
export function passOn(
  rows: Rows,
  firstRow: number,
  to: {
    /** Beside which these rows were read; undefined for those of the stream. */
    readonly from: SeenUuids | undefined;
    readonly expected: SeenUuids;
    readonly others: ReadonlySet<SeenUuids>;
  },
): void {
  if (to.from === undefined && to.others.size === 0) return;
  const { table } = rows;
  const seconds = table.reals[REAL.timeSeconds]!;
  for (let id = Math.max(firstRow, table.oldest); id < table.next; id++) {
    const slot = id & table.mask;
    for (const seen of to.others) if (seen !== to.from) rememberUuid(rows, seen, slot);
    if (to.from === undefined) continue;
    to.expected.widen(seconds[slot]!);
    rememberUuid(rows, to.expected, slot);
  }
}

/** Time of the row held that the stream brought first; rows in `beside` are not of it. */
export function oldestTimeNs(rows: Rows, beside: RowRanges): bigint | undefined {
  const { oldest, next, mask } = rows.table;
  const id = beside.endOf(oldest) ?? oldest;
  return id < next ? rows.timeNs(id & mask) : undefined;
}

/** Time of the newest row of the stream that does not run far ahead of the others; rows in `beside` are not of it. */
export function newestTimeNs(rows: Rows, beside: RowRanges): bigint | undefined {
  const { table } = rows;
  /** The last first. */
  const times: bigint[] = [];
  for (let id = table.next - 1; id >= table.oldest && times.length < RESUME_ROWS; id--) {
    const range = beside.startOf(id);
    if (range === undefined) times.push(rows.timeNs(id & table.mask));
    else id = range;
  }
  if (times.length === 0) return undefined;
  const sorted = times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const limit = sorted[Math.floor((times.length - 1) / 2)]! + FAR_AHEAD_NS;
  // After a lull all that come are ahead of what was; those of a wrong clock come between the others.
  const usual = times.findIndex((time) => time <= limit);
  if (usual > 1 && times.slice(usual).every((time) => time <= limit)) return sorted.at(-1);
  return sorted.findLast((time) => time <= limit);
}
