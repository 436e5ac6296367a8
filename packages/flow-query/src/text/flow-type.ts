// The TYPE of a flow as the CLI prints it: `to-endpoint`, `http-request`, `Policy denied`, `policy-verdict:L3-L4
// INGRESS`. Note that it reads the monitor's event, not drop_reason_desc or trace_observation_point.

import { L7FlowTypeSchema, type Flow } from '@finderscope/hubble-api';
import { trafficDirectionName } from './direction.ts';
import { dropReasonText } from './drop-reason.ts';
import { enumName } from './enum-name.ts';
import {
  EVENT_TYPE_CAPTURE,
  EVENT_TYPE_DROP,
  EVENT_TYPE_POLICY_VERDICT,
  EVENT_TYPE_TRACE,
  EVENT_TYPE_TRACE_SOCK,
} from './event-type.ts';
import { policyMatchTypeName } from './policy-match.ts';
import { capturePointName, socketPointName, tracePointName } from './trace-point.ts';

export type L7TypeInput = {
  /** Which record is set: 'dns', 'http', 'kafka'; undefined without one. */
  readonly kind: string | undefined;
  /** L7FlowType. */
  readonly type: number;
  /** Of a DNS record. */
  readonly observationSource: string;
};

export type FlowTypeInput = {
  /** undefined when the flow has no l7 message. */
  readonly l7: L7TypeInput | undefined;
  /** CiliumEventType; 0 and 0 without one. */
  readonly eventType: number;
  readonly eventSubType: number;
  readonly policyMatchType: number;
  readonly trafficDirection: number;
  readonly debugCapturePoint: number;
  readonly sockXlatePoint: number;
};

function l7TypeText({ kind, type, observationSource }: L7TypeInput): string {
  const text = `${kind ?? 'l7'}-${enumName(L7FlowTypeSchema, type).toLowerCase()}`;
  return kind === 'dns' ? `${text} ${observationSource}` : text;
}

/** `UNKNOWN` for an event type that has no text. */
export function flowTypeText(input: FlowTypeInput): string {
  if (input.l7 !== undefined) return l7TypeText(input.l7);
  switch (input.eventType) {
    case EVENT_TYPE_TRACE:
      return tracePointName(input.eventSubType);
    case EVENT_TYPE_DROP:
      return dropReasonText(input.eventSubType);
    case EVENT_TYPE_POLICY_VERDICT: {
      const match = policyMatchTypeName(input.policyMatchType);
      return `policy-verdict:${match} ${trafficDirectionName(input.trafficDirection)}`;
    }
    case EVENT_TYPE_CAPTURE:
      return capturePointName(input.debugCapturePoint);
    case EVENT_TYPE_TRACE_SOCK:
      return socketPointName(input.sockXlatePoint);
    default:
      return 'UNKNOWN';
  }
}

/** What flowTypeText wants to know of a message. */
export function flowTypeInput(flow: Flow): FlowTypeInput {
  const record = flow.l7?.record;
  return {
    l7: flow.l7 && {
      kind: record?.case,
      type: flow.l7.type,
      observationSource: record?.case === 'dns' ? record.value.observationSource : '',
    },
    eventType: flow.eventType?.type ?? 0,
    eventSubType: flow.eventType?.subType ?? 0,
    policyMatchType: flow.policyMatchType,
    trafficDirection: flow.trafficDirection,
    debugCapturePoint: flow.debugCapturePoint,
    sockXlatePoint: flow.sockXlatePoint,
  };
}
