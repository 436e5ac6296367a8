// Random valid filters for parity tests, field by field or mixed. See random-flows.ts for what they are run against.

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { FlowFilterSchema, type FlowFilter } from '@finderscope/hubble-api';
import fc from 'fast-check';
import type { FilterFieldName } from '../rule.ts';
import { from, HEADERS, IDENTITIES, tcpFlags, TRACE_IDS, UUIDS, workload } from './pools.ts';

type FilterInit = MessageInitShape<typeof FlowFilterSchema>;
type FieldArbitraries = {
  readonly [Field in FilterFieldName]-?: fc.Arbitrary<NonNullable<FilterInit[Field]>>;
};

/** One or two values: an empty list would not set the field. */
function few<Value>(values: readonly Value[]): fc.Arbitrary<Value[]> {
  return fc.array(from(values), { minLength: 1, maxLength: 2 });
}

const IP_VALUES = [
  '10.0.0.1',
  '10.0.1.7',
  'fd00::1',
  'FD00::1',
  '10.0.0.0/8',
  '10.0.1.99/24',
  'fd00::/16',
  '::/0',
  '0.0.0.0/0',
  '::ffff:0:0/96',
];
const NAME_VALUES = ['web', 'default/web', 'shop/', '/web', '/', 'kube-system/coredns', 'shop/web/x', 'we'];
const FQDN_VALUES = ['*.cilium.io', 'cilium.io', 'CILIUM.IO.', ' *example.com ', '*', 'a_b.cilium.io'];
const LABEL_VALUES = [
  '',
  'app',
  '!app',
  'k8s:app=web',
  'app in (web, db), tier>5',
  'app notin ()',
  'app!=web',
  'env=',
  'reserved:host',
  'reserved:init',
  'reserved:health',
  'cidr:10.0.0.0/8',
  'tier<10',
  'tier>9, !env',
  'k8s:io.kubernetes.pod.namespace == shop',
];
const NODE_LABEL_VALUES = [
  'zone',
  'zone in (a)',
  'kubernetes.io/os=linux',
  '!arch',
  'k8s:zone=a',
  'zone notin (a)',
];
const PORT_VALUES = ['0', '53', '80', '0443', '65535'];
const REGEX_VALUES = [
  '',
  'cart',
  '^/v1/',
  '(?i)SHOP',
  '\\d+',
  'a b',
  '[[:alpha:]]+\\.io',
  '^http',
  '#c',
  '\\.$',
];

const FILTER_FIELDS: FieldArbitraries = {
  uuid: few(UUIDS),
  sourceIp: few(IP_VALUES),
  sourceIpXlated: few(IP_VALUES),
  destinationIp: few(IP_VALUES),
  sourcePod: few(NAME_VALUES),
  destinationPod: few(NAME_VALUES),
  sourceService: few(NAME_VALUES),
  destinationService: few(NAME_VALUES),
  sourceFqdn: few(FQDN_VALUES),
  destinationFqdn: few(FQDN_VALUES),
  sourceLabel: few(LABEL_VALUES),
  destinationLabel: few(LABEL_VALUES),
  nodeLabels: few(NODE_LABEL_VALUES),
  sourceWorkload: fc.array(workload, { minLength: 1, maxLength: 2 }),
  destinationWorkload: fc.array(workload, { minLength: 1, maxLength: 2 }),
  sourceClusterName: few(['default', 'kind']),
  destinationClusterName: few(['default', 'kind']),
  trafficDirection: few([0, 1, 2]),
  verdict: few([0, 1, 2, 3, 5, 7]),
  dropReasonDesc: few([0, 133, 181]),
  interface: fc.array(fc.record({ index: from([0, 2, 3]), name: from(['', 'eth0', 'eth1']) }), {
    minLength: 1,
    maxLength: 2,
  }),
  eventType: fc.array(
    fc.record({ type: from([0, 1, 4, 129, 129]), matchSubType: fc.boolean(), subType: from([0, 3, 133]) }),
    { minLength: 1, maxLength: 2 },
  ),
  httpStatusCode: few(['200', '2+', '40+', '5+', '204']),
  protocol: few(['tcp', 'UDP', 'icmp', 'icmpv4', 'ICMPv6', 'sctp', 'vrrp', 'igmp', 'dns', 'http', 'kafka']),
  sourcePort: few(PORT_VALUES),
  destinationPort: few(PORT_VALUES),
  reply: few([true, false]),
  dnsQuery: few(REGEX_VALUES),
  sourceIdentity: few(IDENTITIES),
  destinationIdentity: few(IDENTITIES),
  httpMethod: few(['GET', 'get', 'POST', '']),
  httpPath: few(REGEX_VALUES),
  httpUrl: few(REGEX_VALUES),
  httpHeader: few(HEADERS),
  tcpFlags: fc.array(tcpFlags, { minLength: 1, maxLength: 2 }),
  nodeName: few([
    'worker',
    'worker*',
    'kind/',
    '/worker',
    'kind/worker',
    'default/worker',
    '*/*',
    'KIND/worker',
  ]),
  ipVersion: few([0, 1, 2]),
  traceId: few(TRACE_IDS),
  ipTraceId: few([0n, 7n]),
  encrypted: few([true, false]),
  experimental: few([
    '_flow.verdict == Verdict.DROPPED',
    '_flow.source.identity == 7u',
    'size(_flow.source.labels) > 0 && _flow.source.labels[0] == "reserved:host"',
    '_flow.source.labels[0].startsWith("k8s:")',
    '_flow.l7.http.code >= 400u',
    '_flow.uuid.matches("^0d")',
    'has(_flow.IP) && _flow.IP.encrypted',
  ]).map((celExpression) => ({ celExpression })),
};

const FIELD_NAMES = Object.keys(FILTER_FIELDS).filter(
  (name): name is FilterFieldName => name in FILTER_FIELDS,
);

const HTTP_FIELDS: ReadonlySet<string> = new Set([
  'httpStatusCode',
  'httpMethod',
  'httpPath',
  'httpUrl',
  'httpHeader',
]);

/** A filter that sets exactly these fields. */
export function filterWithFields(fields: readonly FilterFieldName[]): fc.Arbitrary<FlowFilter> {
  const chosen: Record<string, fc.Arbitrary<unknown>> = {};
  for (const field of fields) chosen[field] = FILTER_FIELDS[field];
  const beside = fields.some((field) => HTTP_FIELDS.has(field));
  return fc.record(chosen).map((shape) => {
    const filter = create(FlowFilterSchema, shape);
    // Hubble refuses HTTP fields beside an event type that is not L7.
    const [first] = filter.eventType;
    if (beside && first !== undefined) first.type = 129;
    return filter;
  });
}

/** A random valid filter with `min` to `max` fields set. */
export function filterArbitrary(min = 0, max = 3): fc.Arbitrary<FlowFilter> {
  return fc
    .uniqueArray(from(FIELD_NAMES), { minLength: min, maxLength: max })
    .chain((fields) => filterWithFields(fields));
}

/** Every field of FlowFilter, for tests that go through them one by one. */
export const ALL_FILTER_FIELDS: readonly FilterFieldName[] = FIELD_NAMES;
