// The zero-trust shop: a frontend and a backend in each of two clusters, around which the same policies close in five
// stages. Beside the shop lives what every cluster has: DNS, metrics, an ingress, a job that comes and goes.

import type { NodeInfo } from '../agent/node.ts';
import { pod, type Pod, reservedEntity } from '../datapath/endpoint.ts';
import type { CallTarget } from '../datapath/http-client.ts';
import type { Service } from '../datapath/network.ts';
import { type Habit, type Job, type LookupHabit, SECOND_NS } from './habit.ts';
import { labScenario } from './lab.ts';
import { SHOP_STAGES } from './shop-policies.ts';

/** What differs between the two clusters. Of the two nodes of each, the second runs the backend. */
type ClusterFacts = {
  readonly name: string;
  /** Index of its first node. */
  readonly node: number;
  /** The first two parts of its pods' addresses. */
  readonly net: string;
  readonly frontend: { readonly name: string; readonly identity: number };
  readonly backend: { readonly name: string; readonly identity: number; readonly serviceIp: string };
  readonly dns: { readonly names: readonly string[]; readonly identity: number };
  /** Where identities of its other workloads begin. */
  readonly others: number;
};

const CLUSTERS: readonly ClusterFacts[] = [
  {
    name: 'cluster1',
    node: 0,
    net: '10.4',
    frontend: { name: 'frontend-79f5dbfc6c-d6gb7', identity: 114_060 },
    backend: { name: 'backend-6c4c67dc75-g22jn', identity: 69_364, serviceIp: '34.118.239.118' },
    dns: { names: ['kube-dns-75df64b86-xrfwz', 'kube-dns-75df64b86-wjls9'], identity: 67_025 },
    others: 70_101,
  },
  {
    name: 'cluster2',
    node: 2,
    net: '10.8',
    frontend: { name: 'frontend-79f5dbfc6c-r56dx', identity: 135_917 },
    backend: { name: 'backend-6c4c67dc75-mqm9j', identity: 163_287, serviceIp: '34.118.228.223' },
    dns: { names: ['kube-dns-55899b7fc-2rdqk'], identity: 156_453 },
    others: 140_101,
  },
];

const NODES: readonly NodeInfo[] = CLUSTERS.flatMap(({ name }, cluster) =>
  [1, 2].map((number) => ({
    name: `${name}/shop-pool-${number}`,
    ip: `10.128.${cluster}.${10 + number}`,
    labels: [
      'kubernetes.io/arch=amd64',
      `kubernetes.io/hostname=shop-pool-${number}`,
      'kubernetes.io/os=linux',
      `topology.kubernetes.io/region=region-${cluster + 1}`,
    ],
  })),
);

const EXAMPLE_COM = '23.192.228.80';
const BACKEND_HOST = 'backend.shop.svc.cluster.local';
const BURST = { everyNs: 20 * SECOND_NS, lengthNs: 7.5 * SECOND_NS };
/** Ten requests a second, less the time that one takes. */
const REQUEST_PAUSE_NS = 0.09 * SECOND_NS;

/** The pods of one cluster, its services and what they do. */
function clusterOf(facts: ClusterFacts) {
  const { name: cluster, node, net, others } = facts;
  const podAt = (
    spec: Pick<Pod, 'namespace' | 'name' | 'identity'> & {
      readonly app: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly onSecond: boolean;
      readonly host: number;
      readonly kind?: string;
    },
  ): Pod =>
    pod({
      cluster,
      id: 100 * (node + 1) + spec.host,
      identity: spec.identity,
      namespace: spec.namespace,
      name: spec.name,
      labels: spec.labels ?? { app: spec.app },
      workload: { name: spec.app, kind: spec.kind ?? 'Deployment' },
      ip: `${net}.${spec.onSecond ? 1 : 0}.${spec.host}`,
      node: node + (spec.onSecond ? 1 : 0),
    });
  const frontend = podAt({
    ...facts.frontend,
    namespace: 'shop',
    app: 'frontend',
    onSecond: false,
    host: 11,
  });
  const backend = podAt({ ...facts.backend, namespace: 'shop', app: 'backend', onSecond: true, host: 12 });
  const dnsPods = facts.dns.names.map((name, index) =>
    podAt({
      name,
      identity: facts.dns.identity,
      namespace: 'kube-system',
      app: 'kube-dns',
      labels: { 'k8s-app': 'kube-dns' },
      onSecond: index === 0,
      host: 2 + index,
    }),
  );
  const web = podAt({
    name: `web-5d9c7f8b6d-${cluster === 'cluster1' ? 'p4kqz' : 'x8v2m'}`,
    identity: others,
    namespace: 'web',
    app: 'web',
    onSecond: true,
    host: 31,
  });
  const prometheus = podAt({
    name: 'prometheus-0',
    identity: others + 1,
    namespace: 'monitoring',
    app: 'prometheus',
    onSecond: false,
    host: 41,
    kind: 'StatefulSet',
  });
  const reportPod = (run: number): Pod =>
    podAt({
      name: `report-${29_011_400 + run}-${(0x3f1a7 + run * 7919 + node * 131).toString(36)}`,
      identity: others + 2,
      namespace: 'batch',
      app: 'report',
      onSecond: false,
      host: 51 + (run % 100),
      kind: 'Job',
    });
  const service = (namespace: string, name: string, ip: string, port: number, backends: readonly Pod[]) => ({
    namespace,
    name,
    ip,
    port,
    backends,
  });
  const dns: Service = service('kube-system', 'kube-dns', '34.118.224.10', 53, dnsPods);
  const backendService: Service = service('shop', 'backend', facts.backend.serviceIp, 80, [backend]);
  const webService: Service = {
    ...service('web', 'web', `34.118.230.${40 + node}`, 80, [web]),
    targetPort: 8080,
  };
  const ingress = reservedEntity({
    id: 1900 + node,
    identity: 8,
    labels: ['reserved:ingress'],
    ip: `${net}.0.250`,
    node,
  });
  const toBackend: CallTarget = { kind: 'service', service: backendService, name: BACKEND_HOST };
  const shopCall = (
    path: string,
    stages: readonly string[],
    code: number,
    rhythm: Partial<Habit> = {},
  ): Habit => ({
    client: frontend,
    target: toBackend,
    dns,
    origin: `http://${BACKEND_HOST}`,
    method: 'GET',
    path,
    answer: { code, latencyNs: 3_100_000 },
    startNs: (0.4 + 0.3 * node) * SECOND_NS,
    pauseNs: REQUEST_PAUSE_NS,
    burst: BURST,
    stages,
    ...rhythm,
  });
  const outside = (origin: string, target: CallTarget, stages: readonly string[]): Habit => ({
    client: frontend,
    target,
    dns,
    origin,
    method: 'GET',
    path: '/',
    answer: { code: 200, latencyNs: 24_000_000 },
    startNs: (1.3 + 0.2 * node) * SECOND_NS,
    pauseNs: 3 * SECOND_NS,
    stages,
  });
  const calm = { pauseNs: 1.1 * SECOND_NS } as const;
  const scrape = (target: Pod, port: number): Habit => ({
    client: prometheus,
    target: { kind: 'endpoint', endpoint: target, port },
    dns,
    origin: `http://${target.ip}:${port}`,
    method: 'GET',
    path: '/metrics',
    answer: { code: 200, latencyNs: 6_000_000 },
    startNs: (3 + node) * SECOND_NS,
    pauseNs: 15 * SECOND_NS,
  });
  const habits: readonly Habit[] = [
    shopCall('/get', ['B1', 'B2'], 200),
    shopCall('/anything/ok', ['B3'], 200),
    shopCall('/status/200', ['B4', 'B5'], 200),
    shopCall('/status/500', ['B4'], 500, calm),
    shopCall('/get', ['B5'], 200, calm),
    outside('https://example.com', { kind: 'world', ip: EXAMPLE_COM, port: 443, name: 'example.com' }, [
      'B3',
      'B5',
    ]),
    outside('http://1.1.1.1', { kind: 'world', ip: '1.1.1.1', port: 80, name: undefined }, ['B5']),
    ...dnsPods.map((target) => scrape(target, 10_054)),
    scrape(web, 9090),
    {
      client: ingress,
      target: { kind: 'endpoint', endpoint: web, port: 8080 },
      dns,
      origin: 'http://shop.example',
      method: 'GET',
      path: '/',
      answer: { code: 200, latencyNs: 5_000_000 },
      startNs: (0.9 + 0.1 * node) * SECOND_NS,
      pauseNs: 1.7 * SECOND_NS,
    },
  ];
  const lookups: readonly LookupHabit[] = [
    {
      client: frontend,
      dns,
      name: BACKEND_HOST,
      ips: [facts.backend.serviceIp],
      startNs: 0.6 * SECOND_NS,
      pauseNs: 0.15 * SECOND_NS,
      stages: ['B2'],
      burst: BURST,
    },
    // What a resolver with search domains asks first for a name outside.
    {
      client: frontend,
      dns,
      name: 'example.com.shop.svc.cluster.local',
      ips: [],
      startNs: 1.2 * SECOND_NS,
      pauseNs: 4 * SECOND_NS,
      stages: ['B3', 'B5'],
    },
  ];
  const jobs: readonly Job[] = [
    {
      everyNs: 30 * SECOND_NS,
      startNs: (8 + 5 * node) * SECOND_NS,
      calls: 6,
      pauseNs: 0.8 * SECOND_NS,
      pod: reportPod,
      target: { kind: 'service', service: webService, name: 'web.web.svc.cluster.local' },
      dns,
      origin: 'http://web.web.svc.cluster.local',
    },
  ];
  const probes = [
    ...dnsPods.map((target) => ({ target, ports: [10_054] })),
    { target: web, ports: [8080] },
    { target: prometheus, ports: [9090] },
  ];
  return { services: [dns, backendService, webService], habits, lookups, jobs, probes };
}

const PARTS = CLUSTERS.map(clusterOf);

export const SHOP = labScenario({
  name: 'shop',
  title: 'Zero-trust shop',
  help: 'frontend and backend in two clusters; from everything allowed (B1) to zero trust (B5)',
  nodes: { fewest: NODES.length, isFixed: true, list: () => NODES },
  podNet: (node) => `${CLUSTERS[node >> 1]?.net ?? ''}.${node % 2}`,
  nodeIdentities: false,
  stages: SHOP_STAGES,
  stageNs: 45 * SECOND_NS,
  historyNs: 120 * SECOND_NS,
  // At the end of the history the last stage has just begun.
  firstStage: { index: 1, elapsedNs: 20 * SECOND_NS },
  services: PARTS.flatMap(({ services }) => services),
  probes: PARTS.flatMap(({ probes }) => probes),
  traffic: () => ({
    habits: PARTS.flatMap(({ habits }) => habits),
    lookups: PARTS.flatMap(({ lookups }) => lookups),
    jobs: PARTS.flatMap(({ jobs }) => jobs),
  }),
});
