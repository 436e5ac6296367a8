// Who or what denied a flow, told from the flow alone. What a flow is said to mean and the rule that is suggested for it
// both come from here, so that they cannot contradict each other.

import { FlowType, type Flow, type Policy, TrafficDirection, Verdict } from '@finderscope/hubble-api';

/** A number of a drop reason as on the wire. */
const DROP = { POLICY_DENIED: 133, POLICY_DENY: 181, AUTH_REQUIRED: 189 };
const EVENT = { DROP: 1, POLICY_VERDICT: 5 };

export type Denial =
  /** Nothing was denied. */
  | { readonly kind: 'none' }
  /** The proxy refused a request. */
  | { readonly kind: 'l7-rule' }
  /** `audit`: let through all the same, because policy audit mode is on. */
  | { readonly kind: 'default-deny'; readonly audit: boolean }
  | { readonly kind: 'deny-rule'; readonly audit: boolean }
  /** A policy denied it, and the flow does not tell by which of the two: audited verdicts never do. */
  | { readonly kind: 'either-deny'; readonly audit: boolean }
  /** A policy allows it, but only between ends that have authenticated each other. */
  | { readonly kind: 'auth' }
  | { readonly kind: 'not-policy'; readonly reason: number }
  /** Dropped, and the flow does not tell the reason. */
  | { readonly kind: 'untold' };

/** Never throws, whatever the flow lacks. */
export function readDenial(flow: Flow): Denial {
  const audit = flow.verdict === Verdict.AUDIT;
  if (!audit && flow.verdict !== Verdict.DROPPED) return { kind: 'none' };
  if (!audit && isLayer7(flow)) return { kind: 'l7-rule' };
  const reason = dropReasonOf(flow);
  if (reason === DROP.POLICY_DENY || deniedBy(flow).length > 0) return { kind: 'deny-rule', audit };
  if (reason === DROP.POLICY_DENIED) return { kind: 'default-deny', audit };
  if (audit) return { kind: 'either-deny', audit };
  if (reason === DROP.AUTH_REQUIRED) return { kind: 'auth' };
  if (reason !== 0) return { kind: 'not-policy', reason };
  return flow.eventType?.type === EVENT.POLICY_VERDICT ? { kind: 'either-deny', audit } : { kind: 'untold' };
}

/** A field mask may leave the type without the record. */
export function isLayer7({ l7, Type }: Flow): boolean {
  return l7?.record.case !== undefined || Type === FlowType.L7;
}

/** The reason's number: drop_reason_desc, else the old field, else the event's sub type; 0 when none of them tells. */
export function dropReasonOf({ dropReasonDesc, dropReason, eventType }: Flow): number {
  if (dropReasonDesc !== 0) return dropReasonDesc;
  if (dropReason !== 0) return dropReason;
  return eventType?.type === EVENT.DROP ? eventType.subType : 0;
}

/** Policies with a deny rule that matched, in the flow's own direction; in both when the direction is not known. */
function deniedBy({ trafficDirection, ingressDeniedBy, egressDeniedBy }: Flow): readonly Policy[] {
  if (trafficDirection === TrafficDirection.INGRESS) return ingressDeniedBy;
  return trafficDirection === TrafficDirection.EGRESS
    ? egressDeniedBy
    : [...egressDeniedBy, ...ingressDeniedBy];
}
