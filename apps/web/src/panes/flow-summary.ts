// The summary cell: the CLI's SUMMARY with what a reader looks for first in front and set in weight.
//
//   TCP Flags: SYN                                       SYN            by rule1
//   HTTP/1.1 PUT http://deathstar.../v1/exhaust-port     PUT (strong)   /v1/exhaust-port
//   HTTP/1.1 403 4ms (PUT http://.../v1/exhaust-port)    403 (strong)   PUT /v1/exhaust-port
//
// The whole summary stays in the tooltip, the detail panel and the compact line.

import { dropReasonName } from '@finderscope/flow-query';
import type { FlowRow } from '../engine/protocol.ts';
import { requestTarget } from '../explain/request-target.ts';

export type SummaryParts = { readonly strong: string; readonly text: string; readonly note: string };

/** Summaries of unknown shape are shown as they are. */
export function summaryParts(row: FlowRow): SummaryParts {
  const flags = /^TCP Flags: (.+)$/.exec(row.summary)?.[1];
  if (flags !== undefined) return { strong: '', text: flags, note: noteOf(row) };
  const response = /^HTTP\/\S+ (\d+) \S+ \((\S+) (.+)\)$/.exec(row.summary);
  if (response !== null) {
    const [, code = '', method = '', url = ''] = response;
    return { strong: code, text: `${method} ${requestTarget(url)}`, note: '' };
  }
  const request = /^HTTP\/\S+ (\S+) (\S+)$/.exec(row.summary);
  if (request !== null) {
    const [, method = '', url = ''] = request;
    return { strong: method, text: requestTarget(url), note: '' };
  }
  return { strong: '', text: row.summary, note: noteOf(row) };
}

/** Drop reason by name; '' unless the flow gives one, the number when this build has no name for it. */
export function dropReasonCell(row: FlowRow): string {
  return row.dropReason === 0 ? '' : dropReasonName(row.dropReason);
}

/** On whose word: the policies named, or the reason of a drop that its type does not already say. */
function noteOf(row: FlowRow): string {
  if (row.policies.length > 0) return `by ${row.policies.join(', ')}`;
  return row.type.startsWith('policy-verdict') ? '' : dropReasonCell(row);
}
