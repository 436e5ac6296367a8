// Rows as CSV: RFC 4180, and harmless in a spreadsheet. A cell that a spreadsheet would take for a formula begins with an
// apostrophe, since names and paths in flows are chosen by whoever runs the pod.

import { timestampJson } from '@finderscope/flow-query';
import type { FlowRow } from '../../engine/protocol.ts';
import { type ColumnDef, countColumn } from './columns.ts';

const LINE_END = '\r\n';
const FORMULA = /^[=+\-@\t\r]/;

/** The titles of the columns. Groups begin with how many flows they are. */
export function csvHead(columns: readonly ColumnDef[], grouped: boolean): string {
  return line(withCount(columns, grouped).map(({ title }) => title));
}

/** The rows, each with its line end. Times are whole: RFC 3339 in UTC, '' where there is none. */
export function csvRows(columns: readonly ColumnDef[], grouped: boolean, rows: readonly FlowRow[]): string {
  const all = withCount(columns, grouped);
  return rows.map((row) => line(all.map((column) => cellText(column, row)))).join('');
}

function withCount(columns: readonly ColumnDef[], grouped: boolean): readonly ColumnDef[] {
  return grouped ? [countColumn, ...columns] : columns;
}

function cellText(column: ColumnDef, row: FlowRow): string {
  if (column.kind !== 'time') return column.text(row);
  return row.timeNs === undefined ? '' : (timestampJson(row.timeNs) ?? '');
}

function line(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}${LINE_END}`;
}

/** One cell, quoted where it has to be. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
