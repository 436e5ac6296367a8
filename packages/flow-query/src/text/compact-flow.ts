// The CLI's default line for one flow, without colour:
//
//   Jan 15 10:00:00.123 [node]: default/web:45678 (ID:2822) -> default/db:80 (ID:7) to-endpoint FORWARDED (TCP Flags: SYN)

import { TrafficDirection, Verdict, type Flow } from '@finderscope/hubble-api';
import { EVENT_TYPE_POLICY_VERDICT } from './event-type.ts';
import { flowTypeInput, flowTypeText, type FlowTypeInput } from './flow-type.ts';
import { hostInput, hostText, type HostInput } from './host.ts';
import { identityText } from './identity.ts';
import { summaryText, type SummaryInput } from './summary.ts';
import { escapeControls } from './terminal.ts';
import { formatTime, type Moment, type TimeFormat } from './time.ts';
import { policyNamesText, verdictText, type PolicyName } from './verdict.ts';

export type CompactOptions = {
  /** StampMilli unless said otherwise. */
  readonly timeFormat?: TimeFormat;
  /** Adds ` [node]` after the time (--print-node-name). */
  readonly nodeName?: boolean;
  /** Pod, service and DNS names instead of addresses; true unless said otherwise (--ip-translation, --numeric). */
  readonly ipTranslation?: boolean;
  /** Adds the policies that allowed or denied (--print-policy-names). */
  readonly policyNames?: boolean;
};

export type CompactFlowInput = {
  readonly time: Moment | undefined;
  readonly nodeName: string;
  readonly source: HostInput;
  readonly destination: HostInput;
  /** 0 without an endpoint. */
  readonly sourceIdentity: number;
  readonly destinationIdentity: number;
  /** is_reply: a tri-state. true swaps the ends, so that the client stays on the left. */
  readonly isReply: boolean | undefined;
  readonly type: FlowTypeInput;
  readonly verdict: number;
  /** The list that fits verdict and direction; asked for only with `policyNames`. */
  readonly policies: () => readonly PolicyName[];
  readonly summary: SummaryInput;
};

/** The line without line break. */
export function compactFlowText(input: CompactFlowInput, options: CompactOptions = {}): string {
  const translate = options.ipTranslation ?? true;
  const source = `${hostText(input.source, translate)} ${identityText(input.sourceIdentity)}`;
  const destination = `${hostText(input.destination, translate)} ${identityText(input.destinationIdentity)}`;
  const ends =
    input.isReply === undefined
      ? `${source} <> ${destination}`
      : input.isReply
        ? `${destination} <- ${source}`
        : `${source} -> ${destination}`;
  const time = formatTime(input.time, options.timeFormat);
  const node = options.nodeName ? ` [${input.nodeName}]` : '';
  const verdict = verdictText({ verdict: input.verdict, eventType: input.type.eventType });
  const policies = options.policyNames ? policyNamesText(input.policies()) : '';
  const type = flowTypeText(input.type);
  return escapeControls(
    `${time}${node}: ${ends} ${type} ${verdict}${policies} (${summaryText(input.summary)})`,
  );
}

/** The policies that the CLI names beside ALLOWED or DENIED; none for every other verdict and event. */
export function decidingPolicies(flow: Flow): readonly PolicyName[] {
  if (flow.eventType?.type !== EVENT_TYPE_POLICY_VERDICT) return [];
  const egress = flow.trafficDirection === TrafficDirection.EGRESS;
  if (!egress && flow.trafficDirection !== TrafficDirection.INGRESS) return [];
  switch (flow.verdict) {
    case Verdict.FORWARDED:
    case Verdict.REDIRECTED:
      return egress ? flow.egressAllowedBy : flow.ingressAllowedBy;
    case Verdict.DROPPED:
    case Verdict.ERROR:
      return egress ? flow.egressDeniedBy : flow.ingressDeniedBy;
    default:
      return [];
  }
}

/** What compactFlowText wants to know of a message. */
export function compactFlowInput(flow: Flow): CompactFlowInput {
  return {
    time: flow.time,
    nodeName: flow.nodeName,
    source: hostInput(flow, 'source'),
    destination: hostInput(flow, 'destination'),
    sourceIdentity: flow.source?.identity ?? 0,
    destinationIdentity: flow.destination?.identity ?? 0,
    isReply: flow.isReply,
    type: flowTypeInput(flow),
    verdict: flow.verdict,
    policies: () => decidingPolicies(flow),
    summary: {
      summary: flow.Summary,
      ipTraceId: flow.ipTraceId?.traceId ?? 0n,
      authType: flow.authType,
    },
  };
}
