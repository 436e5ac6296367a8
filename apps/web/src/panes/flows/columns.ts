// The column table: everything the flows table knows of a column. Titles, measures, what a cell says as text, and the
// filter a cell stands for all live here; the choice and order of columns live in the address.
//
// Source and destination are one definition with a side.

import { trafficDirectionName, verdictName } from '@finderscope/flow-query';
import type { FlowRow, RowEnd, SortKey } from '../../engine/protocol.ts';
import { filterForValue, type ValueFilter } from '../../filter-bar/value-filter.ts';
import type { ColumnId } from '../../view-state/index.ts';
import { dropReasonCell } from '../flow-summary.ts';
import { endFilter } from './end-filter.ts';
import { summaryFilter, typeFilter } from './event-filter.ts';

/** How the cell is drawn; `text` is plain text, `mono` a number or address in the monospace font. */
export type CellKind = 'time' | 'verdict' | 'end' | 'summary' | 'type' | 'node' | 'text' | 'mono' | 'stack';

export type ColumnDef = {
  readonly id: ColumnId | 'count' | 'line' | 'stack';
  readonly title: string;
  readonly kind: CellKind;
  readonly side?: 'source' | 'destination';
  readonly widthPx: number;
  /** How narrow it gets before the table scrolls sideways. */
  readonly minPx: number;
  /** Its share of what is left over; 0 when absent. */
  readonly grows?: number;
  readonly sort?: SortKey;
  /** What the cell says, as copied and as searched; '' when the flow does not hold it. Times are formatted elsewhere. */
  readonly text: (row: FlowRow) => string;
  /** undefined when no filter asks for this. */
  readonly filter: (row: FlowRow) => ValueFilter | undefined;
};

/** Width of the arrow in front of the destination. */
export const ARROW_PX = 26;

function sidedColumns(side: 'source' | 'destination'): readonly ColumnDef[] {
  const title = side === 'source' ? 'Source' : 'Destination';
  const prefix = side === 'source' ? 'from' : 'to';
  const end = (row: FlowRow): RowEnd => row[side];
  const plain = (
    what: 'identity' | 'ip' | 'port' | 'workload' | 'cluster',
    name: string,
    widthPx: number,
    mono: boolean,
    text: (end: RowEnd) => string,
  ): ColumnDef => ({
    id: `${side}-${what}`,
    title: `${title} ${name}`,
    kind: mono ? 'mono' : 'text',
    side,
    widthPx,
    minPx: 56,
    text: (row) => text(end(row)),
    filter: (row) => filterForValue(`${prefix}-${what}`, text(end(row))),
  });
  return [
    {
      id: side,
      title,
      kind: 'end',
      side,
      widthPx: side === 'source' ? 254 : 254 + ARROW_PX,
      minPx: 176,
      grows: 1,
      sort: side,
      text: (row) => endText(end(row)),
      filter: (row) => endFilter(end(row), prefix),
    },
    plain('identity', 'identity', 120, true, (e) => (e.identity === 0 ? '' : String(e.identity))),
    plain('ip', 'IP', 140, true, (e) => e.ip),
    plain('port', 'port', 96, true, (e) => (e.port === undefined ? '' : String(e.port))),
    plain('workload', 'workload', 160, false, (e) => e.workload),
    plain('cluster', 'cluster', 120, false, (e) => e.cluster),
  ];
}

/** namespace/name:port, as the CLI writes an end. */
export function endText(end: RowEnd): string {
  const host = end.namespace === '' ? end.name : `${end.namespace}/${end.name}`;
  if (end.port === undefined || end.port === 0) return host;
  return host.includes(':') ? `[${host}]:${String(end.port)}` : `${host}:${String(end.port)}`;
}

/** '' where the flow has none. */
function directionText({ trafficDirection }: FlowRow): string {
  return trafficDirection === 0 ? '' : trafficDirectionName(trafficDirection);
}

const LIST: readonly ColumnDef[] = [
  {
    id: 'time',
    title: 'Time',
    kind: 'time',
    widthPx: 104,
    minPx: 104,
    sort: 'time',
    text: (row) => (row.timeNs === undefined ? '' : String(row.timeNs)),
    filter: () => undefined,
  },
  {
    id: 'verdict',
    title: 'Verdict',
    kind: 'verdict',
    widthPx: 112,
    minPx: 112,
    sort: 'verdict',
    text: (row) => verdictName(row.verdict),
    filter: (row) => filterForValue('verdict', verdictName(row.verdict)),
  },
  ...sidedColumns('source'),
  ...sidedColumns('destination'),
  {
    id: 'type',
    title: 'Type',
    kind: 'type',
    widthPx: 202,
    minPx: 128,
    sort: 'type',
    text: (row) => row.type,
    filter: typeFilter,
  },
  {
    id: 'summary',
    title: 'Summary',
    kind: 'summary',
    widthPx: 208,
    minPx: 120,
    grows: 2,
    sort: 'summary',
    text: (row) => row.summary,
    filter: summaryFilter,
  },
  {
    id: 'node',
    title: 'Node',
    kind: 'node',
    widthPx: 96,
    minPx: 60,
    sort: 'node',
    text: (row) => row.nodeName,
    filter: (row) => filterForValue('node-name', row.nodeName),
  },
  {
    id: 'drop-reason',
    title: 'Drop reason',
    kind: 'text',
    widthPx: 160,
    minPx: 80,
    text: dropReasonCell,
    filter: (row) => filterForValue('drop-reason-desc', dropReasonCell(row)),
  },
  {
    id: 'direction',
    title: 'Direction',
    kind: 'text',
    widthPx: 84,
    minPx: 64,
    text: directionText,
    filter: (row) => filterForValue('traffic-direction', directionText(row)),
  },
  {
    id: 'policy',
    title: 'Policies',
    kind: 'text',
    widthPx: 160,
    minPx: 80,
    text: (row) => row.policies.join(', '),
    filter: () => undefined,
  },
  {
    id: 'protocol',
    title: 'Protocol',
    kind: 'text',
    widthPx: 92,
    minPx: 64,
    text: (row) => [row.l4, row.l7.toUpperCase()].filter((part) => part !== '').join(' '),
    filter: (row) => filterForValue('protocol', row.l7 === '' ? row.l4 : row.l7),
  },
  {
    id: 'http-status',
    title: 'HTTP status',
    kind: 'mono',
    widthPx: 88,
    minPx: 56,
    text: (row) => (row.httpCode === 0 ? '' : String(row.httpCode)),
    filter: (row) => filterForValue('http-status', row.httpCode === 0 ? '' : String(row.httpCode)),
  },
  {
    id: 'uuid',
    title: 'UUID',
    kind: 'mono',
    widthPx: 280,
    minPx: 96,
    text: (row) => row.uuid,
    filter: (row) => filterForValue('uuid', row.uuid),
  },
];

/** Stands in front while identical flows are grouped; not a column to choose. */
export const countColumn: ColumnDef = {
  id: 'count',
  title: 'Flows',
  kind: 'mono',
  widthPx: 72,
  minPx: 56,
  text: (row) => String(row.count),
  filter: () => undefined,
};

/** The only column while rows are written as the CLI's compact lines. */
export const lineColumn: ColumnDef = {
  id: 'line',
  title: 'As hubble observe prints it',
  kind: 'mono',
  widthPx: 960,
  minPx: 960,
  grows: 1,
  sort: 'time',
  text: (row) => `${endText(row.source)} ${endText(row.destination)} ${row.type} ${row.summary}`,
  filter: () => undefined,
};

/** The only column on a phone: who to whom over what and when. */
export const stackColumn: ColumnDef = {
  id: 'stack',
  title: 'Flow',
  kind: 'stack',
  widthPx: 240,
  minPx: 240,
  grows: 1,
  sort: 'time',
  text: (row) => `${endText(row.source)} ${endText(row.destination)} ${row.type} ${row.summary}`,
  filter: (row) => filterForValue('verdict', verdictName(row.verdict)),
};

const BY_ID: ReadonlyMap<ColumnDef['id'], ColumnDef> = new Map(LIST.map((column) => [column.id, column]));

/** The definitions of some columns, in their order. */
export function columnsOf(ids: readonly ColumnId[]): readonly ColumnDef[] {
  return ids.flatMap((id) => BY_ID.get(id) ?? []);
}

/** Every column there is, in the order the menu offers them. */
export const ALL_COLUMNS: readonly ColumnDef[] = LIST;
