// One rule per field of FlowFilter: which parts of a flow it looks at, and the test of them.
//
// The rule is written once and run twice: over messages (the reference, `compileFilters`) and over columns (the
// flow store), where a test of an interned value runs once per dictionary entry instead of once per row.
//
//   FlowFilter.source_pod = ["kube-system/"]      reads: [{ part: 'endpoint', side: 'source' }]
//        compile ->  (endpoint) => endpoint?.namespace === 'kube-system'

import type { Result } from '@finderscope/base';
import type { Flow, FlowFilter } from '@finderscope/hubble-api';

export type Side = 'source' | 'destination';

export type EndpointPart = {
  readonly identity: number;
  readonly namespace: string;
  readonly podName: string;
  readonly clusterName: string;
  readonly labels: readonly string[];
  readonly workloads: readonly { readonly name: string; readonly kind: string }[];
};

/** The parts of a flow that rules look at. Absent strings are '', absent numbers 0 unless said otherwise. */
export type FlowParts = {
  /** undefined when the flow has no such endpoint message. */
  readonly endpoint: EndpointPart | undefined;
  readonly service: { readonly name: string; readonly namespace: string } | undefined;
  /** IP.source, IP.destination as text. */
  readonly ip: string;
  /** IP.source_xlated as text. */
  readonly xlatedIp: string;
  /** source_names, destination_names. */
  readonly names: readonly string[];
  /** L4 port of TCP, UDP or SCTP; undefined for every other protocol. */
  readonly port: number | undefined;
  readonly verdict: number;
  readonly dropReason: number;
  /** undefined when the flow has no event_type message. */
  readonly eventType: { readonly type: number; readonly subType: number } | undefined;
  readonly trafficDirection: number;
  /** is_reply: a tri-state. */
  readonly isReply: boolean | undefined;
  /** IP.encrypted; false without IP. */
  readonly encrypted: boolean;
  /** IPVersion; 0 without IP. */
  readonly ipVersion: number;
  /** Which member of Layer4.protocol is set: 'TCP', 'UDP', 'ICMPv4', ...; undefined without one. */
  readonly l4: string | undefined;
  /** Which member of Layer7.record is set: 'dns', 'http', 'kafka'; undefined without one. */
  readonly l7: string | undefined;
  /** Bits FIN SYN RST PSH ACK URG ECE CWR NS from bit 0 up; undefined unless TCP with a flags message. */
  readonly tcpFlags: number | undefined;
  readonly nodeName: string;
  readonly nodeLabels: readonly string[];
  readonly uuid: string;
  readonly traceId: string;
  readonly ipTraceId: bigint;
  /** undefined when the flow has no interface message. */
  readonly interface: { readonly index: number; readonly name: string } | undefined;
  /** undefined without an HTTP record; code is 0 on requests. */
  readonly httpCode: number | undefined;
  readonly httpMethod: string | undefined;
  readonly httpUrl: string | undefined;
  readonly httpHeaders: readonly { readonly key: string; readonly value: string }[] | undefined;
  /** undefined without a DNS record. */
  readonly dnsQuery: string | undefined;
  /** The whole message; only CEL asks for it, since it costs a decode. */
  readonly flow: Flow;
};

export type PartName = keyof FlowParts;
export type SidedPart = 'endpoint' | 'service' | 'ip' | 'names' | 'port';

export type PartRef =
  | { readonly part: SidedPart; readonly side: Side }
  | { readonly part: Exclude<PartName, SidedPart> };

/** The name of a FlowFilter field as protobuf-es spells it, e.g. 'sourcePod'. */
export type FilterFieldName = Exclude<keyof FlowFilter, '$typeName' | '$unknown'>;

/** Takes the parts in the order of `reads`. Pure: the same parts give the same answer. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the tuple's types follow `reads`; defineRule checks them
export type PartTest = (...parts: any[]) => boolean;

export type FilterRule = {
  readonly field: FilterFieldName;
  readonly reads: readonly PartRef[];
  /**
   * The test for the values set in `filter`, undefined when the filter does not set this field, or the error text
   * that Hubble's own server answers.
   */
  readonly compile: (filter: FlowFilter) => Result<PartTest | undefined, string>;
};
