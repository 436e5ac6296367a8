// What the small numbers of a flow mean for the edge it belongs to, worked out once per shape.

import {
  EVENT_TYPE_DROP,
  EVENT_TYPE_L7,
  EVENT_TYPE_POLICY_VERDICT,
  EVENT_TYPE_TRACE,
  EVENT_TYPE_TRACE_SOCK,
} from '@finderscope/flow-query';
import { type FlowStore, L4_NAMES, L7_NAMES } from '@finderscope/flow-store';
import { FlowType, L7FlowType, TrafficDirection } from '@finderscope/hubble-api';
import type { EndSide } from './edge-ends.ts';

export type EdgeShape = {
  readonly verdict: number;
  readonly isReply: boolean;
  /** Told by the socket load balancer: no packet. */
  readonly isSocket: boolean;
  readonly protocol: string;
  readonly l7: string;
  /** '' for flows that are no L7 ones. */
  readonly l7Type: '' | 'request' | 'response' | 'other';
  readonly httpCode: number;
  readonly isDnsError: boolean;
  readonly dropReason: number;
  /** Where it was seen: flows seen at different points may be one and the same packet. */
  readonly point: string;
  /** Seen where it arrives. */
  readonly isArrival: boolean;
  /** The side that is on the node that saw it. */
  readonly localSide: EndSide | undefined;
};

/** Sub types of trace events that are the end of the way: to-endpoint and to-host. */
const ARRIVALS: readonly number[] = [0, 2];
const INGRESS = TrafficDirection.INGRESS;
const EGRESS = TrafficDirection.EGRESS;

export function edgeShape(store: FlowStore, shape: number): EdgeShape {
  const get = (name: Parameters<FlowStore['shapes']['get']>[1]): number => store.shapes.get(shape, name);
  const l7 = L7_NAMES.get(get('l7')) ?? '';
  const isL7 = get('hasL7') === 1 || get('flowType') === FlowType.L7;
  const type = get('eventType');
  const subType = get('eventSubType');
  const isReply = get('hasReply') === 1 && get('isReply') === 1;
  return {
    verdict: get('verdict'),
    isReply,
    isSocket: type === EVENT_TYPE_TRACE_SOCK,
    protocol: L4_NAMES.get(get('l4')) ?? '',
    l7,
    l7Type: isL7 ? l7TypeOf(get('l7Type')) : '',
    httpCode: get('httpCode') >>> 0,
    isDnsError: l7 === 'dns' && get('l7Type') === L7FlowType.RESPONSE && get('dnsRcode') !== 0,
    dropReason: get('dropReasonDesc') || get('dropReason') >>> 0,
    point: pointOf(isL7, type, subType),
    isArrival: type === EVENT_TYPE_TRACE && ARRIVALS.includes(subType),
    localSide: localSideOf(get('trafficDirection'), isReply),
  };
}

function l7TypeOf(type: number): EdgeShape['l7Type'] {
  if (type === L7FlowType.REQUEST) return 'request';
  return type === L7FlowType.RESPONSE ? 'response' : 'other';
}

function pointOf(isL7: boolean, type: number, subType: number): string {
  if (isL7 || type === EVENT_TYPE_L7) return 'l7';
  if (type === EVENT_TYPE_DROP) return 'drop';
  if (type === EVENT_TYPE_POLICY_VERDICT) return 'policy-verdict';
  return `${type} ${subType}`;
}

/** The direction is that of the connection, so replies travel the other way. */
function localSideOf(direction: number, isReply: boolean): EndSide | undefined {
  if (direction === EGRESS) return isReply ? 'destination' : 'source';
  if (direction === INGRESS) return isReply ? 'source' : 'destination';
  return undefined;
}
