// What the panel is called: the drop reason where there is one, else what was seen.

import type { FlowRow } from '../../engine/protocol.ts';

/** "Policy denied", "http-request denied", "to-endpoint". */
export function panelTitle(
  row: Pick<FlowRow, 'verdict' | 'dropReason' | 'type' | 'l7'>,
  dropReasonText: (reason: number) => string,
): string {
  if (row.verdict === 2) {
    if (row.l7 !== '') return `${row.type} denied`;
    return row.dropReason === 0 ? row.type : dropReasonText(row.dropReason);
  }
  return row.type === '' ? 'Flow' : row.type;
}
