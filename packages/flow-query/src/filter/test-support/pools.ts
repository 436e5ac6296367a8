// The small pools that random flows and random filters draw from, so that a random filter matches a random flow often.
// They hold the cases that rules tell apart: zero values, names that begin alike, both IP families, labels under
// several sources.

import fc from 'fast-check';

export const NAMESPACES = ['', 'default', 'kube-system', 'shop'];
export const POD_NAMES = ['', 'web', 'web-1', 'coredns-7db6d8ff4d-x2x5n', 'db'];
export const CLUSTERS = ['', 'default', 'kind'];
export const IDENTITIES = [0, 1, 2, 7, 4711, 16777217];
export const WORKLOAD_NAMES = ['', 'web', 'coredns'];
export const WORKLOAD_KINDS = ['', 'Deployment', 'DaemonSet'];
export const IPS = [
  '',
  '10.0.0.1',
  '10.0.1.7',
  '192.168.1.1',
  'fd00::1',
  'fd00:1::1',
  '::ffff:10.0.0.1',
  'not-an-ip',
];
export const NAMES = [
  'cilium.io',
  'docs.cilium.io',
  'a.b.cilium.io',
  'a_b.cilium.io',
  'Example.com',
  'example.com',
];
export const NODES = [
  '',
  'worker',
  'worker2',
  'kind/worker',
  'kind/worker.lan',
  'default/worker',
  'Kind/Worker',
];
export const LABELS = [
  'k8s:app=web',
  'k8s:app=db',
  'container:app=web',
  'k8s:tier=10',
  'k8s:io.kubernetes.pod.namespace=shop',
  'reserved:host',
  'reserved:world',
  'reserved.init',
  '$health',
  'cidr:10.0.0.0/8',
  'cidr:10.0.1.0/24',
  'cidr:fd00--0/16',
  'env',
  'any:env=prod',
  'k8s:note=a:b',
];
export const NODE_LABELS = ['kubernetes.io/os=linux', 'zone=a', 'zone=b', 'arch=amd64'];
export const UUIDS = ['', '0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10', 'b9fab269-04ae-4a5d-b4f0-a9ea6f3f6d0a'];
export const TRACE_IDS = ['', '4bf92f3577b34da6a3ce929d0e0e4736'];
export const PORTS = [0, 53, 80, 443, 8080];
export const METHODS = ['', 'GET', 'get', 'POST'];
export const URLS = [
  '',
  'http://shop.default.svc/cart?item=1',
  'https://user:pw@shop.example:8443/a%20b#c',
  '/v1/users/7',
  '/bad%zz',
  'relative/path',
  'http://[fd00::1]:80/x',
  'http://host:port/x',
  'mailto:somebody@example.com',
  '*',
];
export const HEADERS = [
  { key: 'Host', value: 'shop' },
  { key: 'X-Request-Id', value: '1' },
  { key: 'host', value: 'shop' },
];
export const DNS_QUERIES = ['', 'cilium.io.', 'a.b.cilium.io.', 'www.example.com.'];
export const HTTP_CODES = [0, 42, 200, 204, 404, 503];
export const EVENTS = [
  { type: 0, subType: 0 },
  { type: 1, subType: 133 },
  { type: 3, subType: 4 },
  { type: 4, subType: 0 },
  { type: 4, subType: 3 },
  { type: 4, subType: 200 },
  { type: 5, subType: 0 },
  { type: 7, subType: 1 },
  { type: 129, subType: 0 },
];

export function from<Value>(values: readonly Value[]): fc.Arbitrary<Value> {
  return fc.constantFrom(...values);
}

export function some<Value>(values: readonly Value[], maxLength: number): fc.Arbitrary<Value[]> {
  return fc.array(from(values), { maxLength });
}

export function optional<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(value, { nil: undefined });
}

export const workload = fc.record({ name: from(WORKLOAD_NAMES), kind: from(WORKLOAD_KINDS) });

export const tcpFlags = fc.record({
  FIN: fc.boolean(),
  SYN: fc.boolean(),
  RST: fc.boolean(),
  PSH: fc.boolean(),
  ACK: fc.boolean(),
  URG: fc.constant(false),
  ECE: fc.constant(false),
  CWR: fc.constant(false),
  NS: fc.boolean(),
});
