// Random flows for parity tests: plan over columns = reference over messages = Hubble's own Go code. Messages are absent
// as often as not, and presence wrappers take all three states.

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { FlowSchema, type Flow } from '@finderscope/hubble-api';
import fc from 'fast-check';
import {
  CLUSTERS,
  DNS_QUERIES,
  EVENTS,
  from,
  HEADERS,
  HTTP_CODES,
  IDENTITIES,
  IPS,
  LABELS,
  METHODS,
  NAMES,
  NAMESPACES,
  NODE_LABELS,
  NODES,
  optional,
  POD_NAMES,
  PORTS,
  some,
  tcpFlags,
  TRACE_IDS,
  URLS,
  UUIDS,
  workload,
} from './pools.ts';

const endpoint: fc.Arbitrary<MessageInitShape<typeof FlowSchema>['source']> = optional(
  fc.record({
    ID: from([0, 712]),
    identity: from(IDENTITIES),
    clusterName: from(CLUSTERS),
    namespace: from(NAMESPACES),
    labels: some(LABELS, 4),
    podName: from(POD_NAMES),
    workloads: fc.array(workload, { maxLength: 2 }),
  }),
);

const service = optional(fc.record({ name: from(['', 'web', 'kube-dns']), namespace: from(NAMESPACES) }));

const ports = fc.record({ sourcePort: from(PORTS), destinationPort: from(PORTS) });
const icmp = fc.record({ type: from([0, 3, 8]), code: from([0, 3]) });

const l4 = optional(
  fc.record({
    protocol: fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          case: fc.constant('TCP' as const),
          value: fc
            .tuple(ports, optional(tcpFlags))
            .map(([at, flags]) => ({ ...at, ...(flags && { flags }) })),
        }),
      },
      fc.record({ case: fc.constant('UDP' as const), value: ports }),
      fc.record({ case: fc.constant('SCTP' as const), value: ports }),
      fc.record({ case: fc.constant('ICMPv4' as const), value: icmp }),
      fc.record({ case: fc.constant('ICMPv6' as const), value: icmp }),
      fc.record({ case: fc.constant('VRRP' as const), value: fc.record({ vrid: from([0, 7]) }) }),
      fc.record({ case: fc.constant('IGMP' as const), value: fc.record({ type: from([0, 17]) }) }),
      fc.constant({ case: undefined, value: undefined }),
    ),
  }),
);

const l7 = optional(
  fc.record({
    type: from([0, 1, 2, 3]),
    latencyNs: from([0n, 3_000_000n]),
    record: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          case: fc.constant('http' as const),
          value: fc.record({
            code: from(HTTP_CODES),
            method: from(METHODS),
            url: from(URLS),
            protocol: from(['', 'HTTP/1.1']),
            headers: some(HEADERS, 2),
          }),
        }),
      },
      fc.record({
        case: fc.constant('dns' as const),
        value: fc.record({
          query: from(DNS_QUERIES),
          rcode: from([0, 3]),
          qtypes: some(['A', 'AAAA'], 2),
          observationSource: from(['', 'proxy']),
        }),
      }),
      fc.record({ case: fc.constant('kafka' as const), value: fc.record({ topic: from(['', 't']) }) }),
      fc.constant({ case: undefined, value: undefined }),
    ),
  }),
);

const policy = fc.record({
  name: from(['', 'allow-web', 'deny-all']),
  namespace: from(NAMESPACES),
  labels: some(['k8s:io.cilium.k8s.policy.name=allow-web'], 1),
  revision: from([0n, 3n]),
  kind: from(['', 'CiliumNetworkPolicy']),
});

const policies = fc.array(policy, { maxLength: 2 });

const time = optional(
  fc.record({
    seconds: fc.bigInt({ min: -62_135_596_800n, max: 253_402_300_799n }),
    nanos: from([0, 1, 5_000_000, 123_000_000, 123_456_000, 999_999_999]),
  }),
);

const ip = optional(
  fc.record({
    source: from(IPS),
    destination: from(IPS),
    sourceXlated: from(IPS),
    ipVersion: from([0, 1, 2]),
    encrypted: fc.boolean(),
  }),
);

type FlowInit = MessageInitShape<typeof FlowSchema>;

/** Drops what is undefined, since an init object may not hold it. */
function present<Shape extends object>(shape: Shape): FlowInit {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined));
}

/** A random flow. Fields that no filter looks at are filled too, for tests of texts and JSON. */
export const flowArbitrary: fc.Arbitrary<Flow> = fc
  .record({
    time,
    uuid: from(UUIDS),
    verdict: from([0, 1, 2, 2, 3, 4, 5, 6, 7]),
    dropReasonDesc: from([0, 133, 181, 189]),
    authType: from([0, 0, 0, 1, 2]),
    ethernet: optional(
      fc.record({ source: from(['', 'ae:11:22:33:44:55']), destination: from(['be:11:22:33:44:55']) }),
    ),
    IP: ip,
    l4,
    source: endpoint,
    destination: endpoint,
    Type: from([0, 1, 2, 3]),
    nodeName: from(NODES),
    nodeLabels: some(NODE_LABELS, 3),
    sourceNames: some(NAMES, 2),
    destinationNames: some(NAMES, 2),
    l7,
    eventType: optional(from(EVENTS)),
    sourceService: service,
    destinationService: service,
    trafficDirection: from([0, 1, 2]),
    policyMatchType: from([0, 1, 2, 3, 4, 5, 6, 7]),
    traceObservationPoint: from([0, 3, 101]),
    ipTraceId: optional(fc.record({ traceId: from([0n, 7n]), ipOptionType: from([0, 136]) })),
    isReply: optional(fc.boolean()),
    debugCapturePoint: from([0, 4]),
    interface: optional(fc.record({ index: from([0, 2]), name: from(['', 'eth0']) })),
    traceContext: optional(fc.record({ parent: fc.record({ traceId: from(TRACE_IDS) }) })),
    sockXlatePoint: from([0, 1, 2, 3, 4]),
    Summary: from(['', 'TCP Flags: SYN', 'HTTP/1.1 GET http://shop/<cart>&x', 'line\u2028\r\u001b[31m']),
    egressAllowedBy: policies,
    ingressAllowedBy: policies,
    egressDeniedBy: policies,
    ingressDeniedBy: policies,
  })
  .map((shape) => create(FlowSchema, present(shape)));
