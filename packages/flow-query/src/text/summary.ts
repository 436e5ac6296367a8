// The text in parentheses at the end of a line. Hubble's own Summary is its only source of protocol, flags or request.

import { AuthType, AuthTypeSchema } from '@finderscope/hubble-api';
import { enumName } from './enum-name.ts';

export type SummaryInput = {
  readonly summary: string;
  /** 0 when the flow has none. */
  readonly ipTraceId: bigint;
  readonly authType: number;
};

/** `IP Trace ID: 7; TCP Flags: SYN; Auth: SPIRE`, each part only when there is something to say. */
export function summaryText({ summary, ipTraceId, authType }: SummaryInput): string {
  const trace = ipTraceId === 0n ? '' : `IP Trace ID: ${ipTraceId}; `;
  const auth = authType === AuthType.DISABLED ? '' : `; Auth: ${enumName(AuthTypeSchema, authType)}`;
  return trace + summary + auth;
}
