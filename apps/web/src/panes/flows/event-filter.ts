// Which filter the type and summary of a row stand for.

import { dropReasonName } from '@finderscope/flow-query';
import type { FlowRow } from '../../engine/protocol.ts';
import type { ValueFilter } from '../../filter-bar/value-filter.ts';

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
  if (row.l7 !== '') return { field: 'protocol', value: row.l7 };
  if (type.startsWith('policy-verdict:')) return { field: 'type', value: 'policy-verdict' };
  if (TRACE_POINT.test(type)) return { field: 'type', value: `trace:${type}` };
  const point = SOCKET_POINTS.get(type);
  if (point !== undefined) return { field: 'type', value: `trace-sock:${String(point)}` };
  if (type.startsWith('DBG_')) return { field: 'type', value: 'capture' };
  if (row.dropReason !== 0) return { field: 'drop-reason-desc', value: dropReasonName(row.dropReason) };
  return undefined;
}

/** TCP flags, an HTTP status, a DNS name: what a person means by "more of these". */
export function summaryFilter(row: FlowRow): ValueFilter | undefined {
  if (row.httpCode !== 0) return { field: 'http-status', value: String(row.httpCode) };
  const flags = /^TCP Flags: ([A-Z, ]+)$/.exec(row.summary)?.[1];
  if (flags !== undefined) return { field: 'tcp-flags', value: flags.replaceAll(' ', '') };
  const method = /^HTTP\/\S+ ([A-Z]+) /.exec(row.summary)?.[1];
  if (method !== undefined) return { field: 'http-method', value: method };
  return undefined;
}
