// Values for random flows and random filters, from pools so small that filters match often. What rules tell apart is in
// them: absent and empty, names that begin alike, both IP families, patterns, labels of several sources.

import { create } from '@bufbuild/protobuf';
import {
  type Flow,
  type FlowFilter,
  FlowFilterSchema,
  FlowSchema,
  type GetFlowsResponse,
  GetFlowsResponseSchema,
} from '@finderscope/hubble-api';
import { type Random, randomMessage } from './random-message.ts';

const IPS = ['', '10.0.0.1', '10.0.1.7', '192.168.1.1', 'fd00::1', 'fd00:1::1', 'no-address'];
const UUIDS = ['', '0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10', 'b9fab269-04ae-4a5d-b4f0-a9ea6f3f6d0a', 'odd'];
const PORTS = [0, 53, 80, 443, 8080, 65535];
const LABELS = [
  'k8s:app=web',
  'k8s:app=db',
  'container:app=web',
  'reserved:world',
  'cidr:10.0.0.0/8',
  'k8s:tier=10',
];
const NAMES = ['cilium.io', 'docs.cilium.io', 'a.b.cilium.io', 'example.com'];
const WORKLOADS = { name: ['', 'web', 'coredns', 'eth0'], kind: ['', 'Deployment', 'DaemonSet'] };

const FLOW_POOLS = {
  ...WORKLOADS,
  uuid: UUIDS,
  verdict: [0, 1, 2, 2, 3, 77],
  drop_reason_desc: [0, 133, 181, 250],
  identity: [0, 1, 2, 4711],
  cluster_name: ['', 'default', 'kind'],
  namespace: ['', 'default', 'kube-system', 'shop'],
  pod_name: ['', 'web', 'web-1', 'coredns-x2x5n'],
  labels: LABELS,
  source_xlated: IPS,
  source: IPS,
  destination: IPS,
  ipVersion: [0, 1, 2],
  source_port: PORTS,
  destination_port: PORTS,
  node_name: ['', 'worker', 'kind/worker', 'kind/worker.lan', 'Kind/Worker'],
  node_labels: ['zone=a', 'zone=b', 'arch=amd64'],
  source_names: NAMES,
  destination_names: NAMES,
  type: [0, 1, 3, 4, 5, 129],
  sub_type: [0, 3, 133],
  code: [0, 42, 200, 404, 503],
  method: ['', 'GET', 'get', 'POST'],
  url: ['', 'http://shop/cart?item=1', '/v1/users/7', 'relative/path', '/bad%zz'],
  key: ['Host', 'X-Request-Id'],
  value: ['shop', '1'],
  query: ['', 'cilium.io.', 'www.example.com.'],
  index: [0, 2],
  trace_id: ['', '4bf92f3577b34da6a3ce929d0e0e4736'],
};

/** Numbers and bools have pools of their own types, which the names alone do not tell apart. */
const WRAPPED_POOLS = { ...FLOW_POOLS, value: undefined, trace_id: undefined } as const;

const FILTER_POOLS = {
  ...WORKLOADS,
  uuid: UUIDS,
  source_ip: ['10.0.0.1', '10.0.0.0/8', 'fd00::/16'],
  source_ip_xlated: ['10.0.0.1', '10.0.0.0/16'],
  destination_ip: ['10.0.1.7', '0.0.0.0/0', 'fd00::1'],
  source_pod: ['web', 'kube-system/', 'default/web', '/coredns', '/'],
  destination_pod: ['web-1', 'shop/', '/'],
  source_service: ['web', 'default/', '/'],
  destination_service: ['shop/web', '/'],
  source_fqdn: ['*.cilium.io', 'cilium.io', 'example.com.'],
  destination_fqdn: ['*', 'docs.*'],
  source_label: ['app=web', 'k8s:app', '!app', 'app in (web,db)', 'tier>5', 'reserved:world'],
  destination_label: ['app=db', 'container:app=web', 'app!=web'],
  source_cluster_name: ['default', 'kind'],
  destination_cluster_name: ['kind'],
  verdict: [0, 1, 2],
  drop_reason_desc: [133, 181],
  http_status_code: ['404', '4+', '20+', '503'],
  protocol: ['TCP', 'udp', 'icmp', 'dns', 'http', 'sctp'],
  source_port: ['53', '80', '443'],
  destination_port: ['80', '8080', '0'],
  dns_query: ['cilium', '^www\\.'],
  source_identity: [0, 1, 2],
  destination_identity: [4711, 7],
  http_method: ['GET', 'post'],
  http_path: ['/cart', '^/v1/.*'],
  http_url: ['shop', 'item=\\d'],
  key: FLOW_POOLS.key,
  value: FLOW_POOLS.value,
  node_name: ['worker', 'kind/', '*.lan', 'kind/worker'],
  node_labels: ['zone=a', 'zone!=b', 'arch'],
  ip_version: [0, 1, 2],
  trace_id: FLOW_POOLS.trace_id,
  type: [0, 1, 4, 129],
  sub_type: [0, 3, 133],
  index: [0, 2],
  ip_trace_id: [7n, 0n],
  cel_expression: ['_flow.verdict == Verdict.DROPPED', "_flow.source.pod_name.startsWith('web')"],
};

function defined(
  pools: Readonly<Record<string, readonly unknown[] | undefined>>,
): Record<string, readonly unknown[]> {
  return Object.fromEntries(Object.entries(pools).flatMap(([name, pool]) => (pool ? [[name, pool]] : [])));
}

/** A flow from the pools, in a response. */
export function pooledResponse(random: Random): GetFlowsResponse {
  const flow = randomMessage(random, FlowSchema, { pools: defined(WRAPPED_POOLS) }) as Flow;
  const record = flow.l7?.record;
  if (record?.case === 'http') {
    for (const header of record.value.headers) header.value = random() < 0.5 ? 'shop' : '1';
  }
  if (flow.traceContext?.parent && random() < 0.5) flow.traceContext.parent.traceId = FLOW_POOLS.trace_id[1]!;
  if (flow.ipTraceId) flow.ipTraceId.traceId = random() < 0.5 ? 7n : 0n;
  return create(GetFlowsResponseSchema, { responseTypes: { case: 'flow', value: flow } });
}

/** A filter that Hubble would accept, with a few fields set. */
export function pooledFilter(random: Random): FlowFilter {
  const filter = randomMessage(random, FlowFilterSchema, {
    pools: FILTER_POOLS,
    density: 0.06,
  }) as FlowFilter;
  const isHttp = [
    filter.httpStatusCode,
    filter.httpMethod,
    filter.httpPath,
    filter.httpUrl,
    filter.httpHeader,
  ].some((list) => list.length > 0);
  if (isHttp && filter.eventType.length > 0) filter.eventType[0]!.type = 129;
  return filter;
}
