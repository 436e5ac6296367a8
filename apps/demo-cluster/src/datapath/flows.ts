// One function for each shape of flow that Hubble's parser makes. What is absent in a real flow is absent here: a
// denied verdict has no is_reply, an L7 flow no TCP flags and no ethernet, a socket event no direction.

import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  EVENT_TYPE_DROP,
  EVENT_TYPE_POLICY_VERDICT,
  EVENT_TYPE_TRACE,
  EVENT_TYPE_TRACE_SOCK,
  TCP_FLAG_NAMES,
  tcpFlagsText,
} from '@finderscope/flow-query';
import {
  DropReason,
  type Flow,
  type FlowSchema,
  FlowType,
  IPVersion,
  SocketTranslationPoint,
  TraceObservationPoint,
  TraceReason,
  TrafficDirection,
  Verdict,
} from '@finderscope/hubble-api';
import type { PolicyMatch, PolicyRef } from '@finderscope/policy';

import { endpointMessage, namesOf, type ServiceAddress, type TrafficEndpoint } from './endpoint.ts';

/** The fields of a flow; never a finished message, so that it can be spread. */
export type FlowInit = Exclude<MessageInitShape<typeof FlowSchema>, Flow>;

export type TcpFlag = (typeof TCP_FLAG_NAMES)[number];

export type Transport =
  | {
      readonly protocol: 'TCP';
      readonly sourcePort: number;
      readonly destinationPort: number;
      readonly flags: readonly TcpFlag[];
    }
  | { readonly protocol: 'UDP'; readonly sourcePort: number; readonly destinationPort: number }
  | { readonly protocol: 'ICMP'; readonly type: number; readonly summary: string };

/** A packet as one node sees it. */
export type Packet = {
  readonly source: TrafficEndpoint;
  readonly destination: TrafficEndpoint;
  readonly transport: Transport;
  /** Index of the node that sees it. */
  readonly observer: number;
  /** Direction of the connection at the local endpoint: a reply keeps that of its request. */
  readonly direction: 'ingress' | 'egress';
};

export const DIRECTION = { ingress: TrafficDirection.INGRESS, egress: TrafficDirection.EGRESS } as const;

export function transportSummary(transport: Transport): string {
  switch (transport.protocol) {
    case 'TCP':
      return `TCP Flags: ${tcpFlagsText(flagBits(transport.flags))}`;
    case 'UDP':
      return 'UDP';
    case 'ICMP':
      return transport.summary;
  }
}

function flagBits(flags: readonly TcpFlag[]): number {
  return flags.reduce((bits, flag) => bits | (1 << TCP_FLAG_NAMES.indexOf(flag)), 0);
}

function layer4(transport: Transport): NonNullable<FlowInit['l4']> {
  switch (transport.protocol) {
    case 'TCP': {
      const { sourcePort, destinationPort, flags } = transport;
      const flagsInit = Object.fromEntries(flags.map((flag) => [flag, true]));
      return { protocol: { case: 'TCP', value: { sourcePort, destinationPort, flags: flagsInit } } };
    }
    case 'UDP': {
      const { sourcePort, destinationPort } = transport;
      return { protocol: { case: 'UDP', value: { sourcePort, destinationPort } } };
    }
    case 'ICMP':
      return { protocol: { case: 'ICMPv4', value: { type: transport.type } } };
  }
}

function packetFlow(packet: Packet): FlowInit {
  const { source, destination, transport, observer, direction } = packet;
  return {
    ethernet: { source: source.mac, destination: destination.mac },
    IP: { source: source.ip, destination: destination.ip, ipVersion: IPVersion.IPv4 },
    l4: layer4(transport),
    source: endpointMessage(source, observer),
    destination: endpointMessage(destination, observer),
    sourceNames: namesOf(source),
    destinationNames: namesOf(destination),
    Type: FlowType.L3_L4,
    trafficDirection: DIRECTION[direction],
    Summary: transportSummary(transport),
  };
}

/** Trace points; the number of `event_type.sub_type`. Only to-endpoint differs from TraceObservationPoint. */
export const TracePoint = {
  TO_ENDPOINT: 0,
  TO_PROXY: 1,
  TO_HOST: 2,
  TO_STACK: 3,
  TO_NETWORK: 11,
} as const;
export type TracePoint = (typeof TracePoint)[keyof typeof TracePoint];

const OBSERVATION_POINT: Readonly<Record<TracePoint, TraceObservationPoint>> = {
  [TracePoint.TO_ENDPOINT]: TraceObservationPoint.TO_ENDPOINT,
  [TracePoint.TO_PROXY]: TraceObservationPoint.TO_PROXY,
  [TracePoint.TO_HOST]: TraceObservationPoint.TO_HOST,
  [TracePoint.TO_STACK]: TraceObservationPoint.TO_STACK,
  [TracePoint.TO_NETWORK]: TraceObservationPoint.TO_NETWORK,
};

export type Trace = {
  readonly point: TracePoint;
  readonly reason: 'new' | 'established' | 'reply';
  /** 0 is none; set at to-proxy. */
  readonly proxyPort?: number;
  /** The packet is what WireGuard made of another. */
  readonly encrypted?: boolean;
};

const UPLINK = { index: 3, name: 'eth1' };
const REASON = {
  new: TraceReason.NEW,
  established: TraceReason.ESTABLISHED,
  reply: TraceReason.REPLY,
} as const;

export function traceFlow(packet: Packet, trace: Trace): FlowInit {
  const isReply = trace.reason === 'reply';
  const { source, destination } = packet;
  const toPod = trace.point === TracePoint.TO_ENDPOINT && destination.kind === 'pod';
  return {
    ...packetFlow(packet),
    IP: {
      source: source.ip,
      destination: destination.ip,
      ipVersion: IPVersion.IPv4,
      encrypted: trace.encrypted ?? false,
    },
    verdict: Verdict.FORWARDED,
    eventType: { type: EVENT_TYPE_TRACE, subType: trace.point },
    traceObservationPoint: OBSERVATION_POINT[trace.point],
    traceReason: REASON[trace.reason],
    isReply,
    reply: isReply,
    ...(toPod ? { interface: destination.interface } : {}),
    ...(trace.point === TracePoint.TO_NETWORK ? { interface: UPLINK } : {}),
    proxyPort: trace.proxyPort ?? 0,
  };
}

export type VerdictOutcome =
  | {
      readonly kind: 'allowed' | 'redirected';
      readonly match: PolicyMatch;
      readonly by: readonly PolicyRef[];
    }
  | {
      readonly kind: 'denied';
      readonly reason: 'default' | 'explicit';
      readonly match: PolicyMatch;
      readonly by: readonly PolicyRef[];
      /** Reported only: the verdict is AUDIT and the packet goes on. */
      readonly audited?: boolean;
    };

/** The event that says what policy decided about a new connection. */
export function policyVerdictFlow(packet: Packet, outcome: VerdictOutcome): FlowInit {
  const policies = outcome.by.map((ref) => ({ ...ref, labels: [...ref.labels] }));
  const isIngress = packet.direction === 'ingress';
  const common = {
    ...packetFlow(packet),
    eventType: { type: EVENT_TYPE_POLICY_VERDICT },
    policyMatchType: outcome.match,
  };
  if (outcome.kind === 'denied') {
    const reason = dropReasonOf(outcome.reason);
    if (outcome.audited === true) return { ...common, verdict: Verdict.AUDIT, isReply: false };
    return {
      ...common,
      verdict: Verdict.DROPPED,
      dropReason: reason,
      dropReasonDesc: reason,
      ...(isIngress ? { ingressDeniedBy: policies } : { egressDeniedBy: policies }),
    };
  }
  return {
    ...common,
    verdict: outcome.kind === 'redirected' ? Verdict.REDIRECTED : Verdict.FORWARDED,
    isReply: false,
    ...(isIngress ? { ingressAllowedBy: policies } : { egressAllowedBy: policies }),
  };
}

function dropReasonOf(reason: 'default' | 'explicit'): DropReason {
  return reason === 'default' ? DropReason.POLICY_DENIED : DropReason.POLICY_DENY;
}

/** The packet's end, told by the datapath at a line of its source. */
export function dropFlow(
  packet: Packet,
  reason: DropReason,
  file: { readonly name: string; readonly line: number },
): FlowInit {
  return {
    ...packetFlow(packet),
    verdict: Verdict.DROPPED,
    eventType: { type: EVENT_TYPE_DROP, subType: reason },
    dropReason: reason,
    dropReasonDesc: reason,
    file,
  };
}

const DENIED_AT = { name: 'bpf_lxc.c', line: 2021 };

/** The drop that follows a denied verdict. */
export function policyDropFlow(packet: Packet, reason: 'default' | 'explicit'): FlowInit {
  return dropFlow(packet, dropReasonOf(reason), DENIED_AT);
}

export type SocketPoint = 'pre-fwd' | 'post-fwd' | 'pre-rev' | 'post-rev';

const SOCKET_POINT: Readonly<Record<SocketPoint, SocketTranslationPoint>> = {
  'pre-fwd': SocketTranslationPoint.SOCK_XLATE_POINT_PRE_DIRECTION_FWD,
  'post-fwd': SocketTranslationPoint.SOCK_XLATE_POINT_POST_DIRECTION_FWD,
  'pre-rev': SocketTranslationPoint.SOCK_XLATE_POINT_PRE_DIRECTION_REV,
  'post-rev': SocketTranslationPoint.SOCK_XLATE_POINT_POST_DIRECTION_REV,
};

export type SocketEvent = {
  readonly point: SocketPoint;
  readonly client: TrafficEndpoint;
  /** The service's address or the backend, whichever the point speaks of. */
  readonly remote: TrafficEndpoint;
  readonly service: ServiceAddress | undefined;
  readonly protocol: 'TCP' | 'UDP';
  readonly remotePort: number;
  readonly cookie: bigint;
  readonly cgroupId: bigint;
};

/** Socket load balancing. The client's own port is not known there, so it is 0; reverse points swap the sides. */
export function socketFlow(event: SocketEvent): FlowInit {
  const isForward = event.point === 'pre-fwd' || event.point === 'post-fwd';
  const isPost = event.point === 'post-fwd' || event.point === 'post-rev';
  const [source, destination] = isForward ? [event.client, event.remote] : [event.remote, event.client];
  const ports = isForward ? { destinationPort: event.remotePort } : { sourcePort: event.remotePort };
  const service = event.service && { namespace: event.service.namespace, name: event.service.name };
  const observer = event.client.node;
  return {
    IP: { source: source.ip, destination: destination.ip, ipVersion: IPVersion.IPv4 },
    l4: { protocol: { case: event.protocol, value: ports } },
    source: endpointMessage(source, observer),
    destination: endpointMessage(destination, observer),
    Type: FlowType.SOCK,
    verdict: isPost ? Verdict.TRANSLATED : Verdict.TRACED,
    eventType: { type: EVENT_TYPE_TRACE_SOCK, subType: SOCKET_POINT[event.point] },
    sockXlatePoint: SOCKET_POINT[event.point],
    socketCookie: event.cookie,
    cgroupId: event.cgroupId,
    ...(service === undefined
      ? {}
      : isForward
        ? { destinationService: service }
        : { sourceService: service }),
    Summary: event.protocol,
  };
}
