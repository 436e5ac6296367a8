// Which filter the type and summary of a row stand for.

import { dropReasonName } from '@finderscope/flow-query';
import type { FlowRow } from '../../engine/protocol.ts';
import { filterForValue, type ValueFilter } from '../../filter-bar/value-filter.ts';

const TRACE_POINT = /^(?:to|from)-(?:endpoint|proxy|host|stack|overlay|network|crypto)$/;

/** Sub types of trace-sock by the text the CLI prints. */
const SOCKET_POINTS: ReadonlyMap<string, number> = new Map([
  ['pre-xlate-fwd', 1],
  ['post-xlate-fwd', 2],
  ['pre-xlate-rev', 3],
  ['post-xlate-rev', 4],
]);

/** A drop is asked for by its reason, a trace by its point, all else by its event type. */
export function typeFilter(row: FlowRow): ValueFilter | undefined {
  const { type } = row;
  if (row.l7 !== '') return filterForValue('protocol', row.l7);
  if (type.startsWith('policy-verdict:')) return filterForValue('type', 'policy-verdict');
  if (TRACE_POINT.test(type)) return filterForValue('type', `trace:${type}`);
  const point = SOCKET_POINTS.get(type);
  if (point !== undefined) return filterForValue('type', `trace-sock:${String(point)}`);
  if (type.startsWith('DBG_')) return filterForValue('type', 'capture');
  if (row.dropReason !== 0) return filterForValue('drop-reason-desc', dropReasonName(row.dropReason));
  return undefined;
}

/** TCP flags, an HTTP status, a DNS name: what a person means by "more of these". */
export function summaryFilter(row: FlowRow): ValueFilter | undefined {
  if (row.httpCode !== 0) return filterForValue('http-status', String(row.httpCode));
  const flags = /^TCP Flags: ([A-Z, ]+)$/.exec(row.summary)?.[1];
  if (flags !== undefined) return filterForValue('tcp-flags', flags.replaceAll(' ', ''));
  const method = /^HTTP\/\S+ ([A-Z]+) /.exec(row.summary)?.[1];
  if (method !== undefined) return filterForValue('http-method', method);
  return undefined;
}
