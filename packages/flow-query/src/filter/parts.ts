// The parts of a flow message that rules look at: the reference against which the column store is tested.
//
// Reading a part allocates nothing: message objects already have the shape of the parts.

import { assertNever } from '@finderscope/base';
import type { Flow, HTTP, Layer4 } from '@finderscope/hubble-api';
import type { FlowParts, PartName, PartRef, Side, SidedPart } from './rule.ts';

type SidedReaders = { readonly [Part in SidedPart]: (flow: Flow, side: Side) => FlowParts[Part] };
type PlainReaders = { readonly [Part in Exclude<PartName, SidedPart>]: (flow: Flow) => FlowParts[Part] };

const NO_NAMES: readonly string[] = [];

function portOf(l4: Layer4 | undefined, side: Side): number | undefined {
  switch (l4?.protocol.case) {
    case 'TCP':
    case 'UDP':
    case 'SCTP': {
      const header = l4.protocol.value;
      // Hubble keeps the low 16 bits; a larger number never comes from a real packet.
      return (side === 'source' ? header.sourcePort : header.destinationPort) & 0xffff;
    }
    default:
      return undefined;
  }
}

function tcpFlagsOf(flow: Flow): number | undefined {
  const protocol = flow.l4?.protocol;
  const flags = protocol?.case === 'TCP' ? protocol.value.flags : undefined;
  return flags && tcpFlagBits(flags);
}

/** Bits from 0 up: FIN SYN RST PSH ACK URG ECE CWR NS. */
export function tcpFlagBits(flags: {
  readonly FIN: boolean;
  readonly SYN: boolean;
  readonly RST: boolean;
  readonly PSH: boolean;
  readonly ACK: boolean;
  readonly URG: boolean;
  readonly ECE: boolean;
  readonly CWR: boolean;
  readonly NS: boolean;
}): number {
  return (
    (flags.FIN ? 1 : 0) |
    (flags.SYN ? 2 : 0) |
    (flags.RST ? 4 : 0) |
    (flags.PSH ? 8 : 0) |
    (flags.ACK ? 16 : 0) |
    (flags.URG ? 32 : 0) |
    (flags.ECE ? 64 : 0) |
    (flags.CWR ? 128 : 0) |
    (flags.NS ? 256 : 0)
  );
}

function httpOf(flow: Flow): HTTP | undefined {
  const record = flow.l7?.record;
  return record?.case === 'http' ? record.value : undefined;
}

const SIDED: SidedReaders = {
  endpoint: (flow, side) => flow[side],
  service: (flow, side) => (side === 'source' ? flow.sourceService : flow.destinationService),
  ip: (flow, side) => flow.IP?.[side] ?? '',
  names: (flow, side) => (side === 'source' ? flow.sourceNames : flow.destinationNames) ?? NO_NAMES,
  port: (flow, side) => portOf(flow.l4, side),
};

const PLAIN: PlainReaders = {
  xlatedIp: (flow) => flow.IP?.sourceXlated ?? '',
  verdict: (flow) => flow.verdict,
  dropReason: (flow) => flow.dropReasonDesc,
  eventType: (flow) => flow.eventType,
  trafficDirection: (flow) => flow.trafficDirection,
  isReply: (flow) => flow.isReply,
  encrypted: (flow) => flow.IP?.encrypted ?? false,
  ipVersion: (flow) => flow.IP?.ipVersion ?? 0,
  l4: (flow) => flow.l4?.protocol.case,
  l7: (flow) => flow.l7?.record.case,
  tcpFlags: tcpFlagsOf,
  nodeName: (flow) => flow.nodeName,
  nodeLabels: (flow) => flow.nodeLabels,
  uuid: (flow) => flow.uuid,
  traceId: (flow) => flow.traceContext?.parent?.traceId ?? '',
  ipTraceId: (flow) => flow.ipTraceId?.traceId ?? 0n,
  interface: (flow) => flow.interface,
  httpCode: (flow) => httpOf(flow)?.code,
  httpMethod: (flow) => httpOf(flow)?.method,
  httpUrl: (flow) => httpOf(flow)?.url,
  httpHeaders: (flow) => httpOf(flow)?.headers,
  dnsQuery: (flow) => {
    const record = flow.l7?.record;
    return record?.case === 'dns' ? record.value.query : undefined;
  },
  flow: (flow) => flow,
};

/** A function that reads the part, chosen once so that reading it is one call. */
export function partReader(ref: PartRef): (flow: Flow) => unknown {
  switch (ref.part) {
    case 'endpoint':
    case 'service':
    case 'ip':
    case 'names':
    case 'port': {
      const read = SIDED[ref.part];
      const side = ref.side;
      switch (side) {
        case 'source':
          return (flow) => read(flow, 'source');
        case 'destination':
          return (flow) => read(flow, 'destination');
        default:
          return assertNever(side);
      }
    }
    default:
      return PLAIN[ref.part];
  }
}
