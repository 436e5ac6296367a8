// The L3 lab: who may be named in a rule, from endpoints over services, entities, nodes and prefixes to DNS names, on
// a handful of pods and two host-network pods.

import { clusterNodes } from '../agent/node.ts';
import { pod, type Pod, type ReservedEntity } from '../datapath/endpoint.ts';
import type { CallTarget } from '../datapath/http-client.ts';
import type { Service } from '../datapath/network.ts';
import { everydayLife } from './everyday.ts';
import { type Habit, SECOND_NS } from './habit.ts';
import { L3_STAGES } from './l3-policies.ts';
import { type Lab, labScenario, type LabTraffic, type LabWorld } from './lab.ts';
import type { Scenario } from './scenario.ts';

type Facts = {
  readonly name: string;
  readonly identity: number;
  readonly node: number;
  /** The last part of its address. */
  readonly host: number;
  readonly labels?: Readonly<Record<string, string>>;
};

function labPod({ name, identity, node, host, labels }: Facts): Pod {
  return pod({
    id: 1000 * node + host,
    identity,
    namespace: 'default',
    name,
    labels: labels ?? { role: name },
    workload: { name, kind: 'Pod' },
    ip: `172.20.${node}.${host}`,
    node,
  });
}

const FRONTEND = labPod({ name: 'frontend', identity: 4296, node: 1, host: 21 });
const BACKEND = labPod({ name: 'backend', identity: 49_668, node: 2, host: 22 });
const CLIENT = labPod({ name: 'client', identity: 16_200, node: 1, host: 23 });
const CONTROL_CLIENT = labPod({ name: 'control-client', identity: 53_530, node: 0, host: 24 });
const WORKER_CLIENT = labPod({ name: 'worker-client', identity: 17_873, node: 1, host: 25 });
const MEDIABOT = labPod({
  name: 'mediabot',
  identity: 27_702,
  node: 2,
  host: 26,
  labels: { app: 'mediabot', class: 'mediabot', org: 'empire' },
});
const COREDNS = [
  { name: 'coredns-674b8bbfcf-8lcmh', ip: '172.20.0.46', node: 0, id: 461 },
  { name: 'coredns-674b8bbfcf-gjs6z', ip: '172.20.1.207', node: 1, id: 1207 },
].map((facts) =>
  pod({
    ...facts,
    identity: 22_940,
    namespace: 'kube-system',
    labels: { 'k8s-app': 'kube-dns' },
    serviceAccount: 'coredns',
    workload: { name: 'coredns', kind: 'Deployment' },
  }),
);
const METRICS_SERVER = pod({
  id: 2301,
  identity: 30_117,
  namespace: 'kube-system',
  name: 'metrics-server-867d48dc9c-7qk5w',
  labels: { 'k8s-app': 'metrics-server' },
  serviceAccount: 'metrics-server',
  workload: { name: 'metrics-server', kind: 'Deployment' },
  ip: '172.20.2.31',
  node: 2,
});

const DNS: Service = {
  namespace: 'kube-system',
  name: 'kube-dns',
  ip: '10.96.0.10',
  port: 53,
  backends: COREDNS,
};
const BACKEND_SERVICE: Service = {
  namespace: 'default',
  name: 'backend-service',
  ip: '10.96.145.18',
  port: 80,
  backends: [BACKEND],
};

const EVERYDAY = everydayLife(DNS);

const NAMES = {
  backend: 'backend-service.default.svc.cluster.local',
  api: 'api.github.com',
  support: 'support.github.com',
  httpbin: 'httpbin.org',
} as const;
const HTTP_PORT = 80;
const HTTPS_PORT = 443;
const API_PORT = 6443;
const KUBELET_PORT = 10_250;

/** By address, so that no policy has to allow DNS. */
const toPod = (endpoint: Pod): CallTarget => ({ kind: 'endpoint', endpoint, port: HTTP_PORT });
const toWorld = (ip: string, port: number = HTTP_PORT): CallTarget => ({
  kind: 'world',
  ip,
  port,
  name: undefined,
});
const toName = (name: string, ip: string): CallTarget => ({ kind: 'world', ip, port: HTTPS_PORT, name });
const toService = (name: string | undefined): CallTarget => ({
  kind: 'service',
  service: BACKEND_SERVICE,
  name,
});

/** Who calls whom, in which stages. */
function traffic({ hosts }: LabWorld): LabTraffic {
  const [controlHost, workerHost] = hosts;
  let started = 0;
  const call = (
    client: Pod | ReservedEntity,
    target: CallTarget,
    origin: string,
    stages: readonly string[],
    path = '/',
  ): Habit => ({
    client,
    target,
    dns: DNS,
    origin,
    method: 'GET',
    path,
    answer: { code: 200, latencyNs: target.kind === 'world' ? 31_000_000 : 1_900_000 },
    startNs: (0.2 + (started++ % 12) * 0.23) * SECOND_NS,
    pauseNs: 1.4 * SECOND_NS,
    stages,
  });
  const everyNode = ['C0', 'C1', 'C7', 'C8'];
  const habits: readonly Habit[] = [
    call(FRONTEND, toService(NAMES.backend), `http://${NAMES.backend}`, everyNode),
    call(CLIENT, toService(NAMES.backend), `http://${NAMES.backend}`, everyNode),
    // C2: to the service and to a pod behind none.
    call(FRONTEND, toService(undefined), 'http://10.96.145.18', ['C2', 'C3']),
    call(FRONTEND, toPod(CLIENT), `http://${CLIENT.ip}`, ['C2', 'C3']),
    // C3: to the API server and to the world.
    ...(controlHost === undefined
      ? []
      : [
          call(
            FRONTEND,
            { kind: 'endpoint', endpoint: controlHost, port: API_PORT },
            `https://${controlHost.ip}:${API_PORT}`,
            ['C2', 'C3'],
            '/version',
          ),
        ]),
    call(FRONTEND, toWorld('1.1.1.1'), 'http://1.1.1.1', ['C2', 'C3']),
    // C4: pods on two nodes, and what runs on the nodes' own network.
    call(CONTROL_CLIENT, toPod(BACKEND), `http://${BACKEND.ip}`, ['C0', 'C4']),
    call(WORKER_CLIENT, toPod(BACKEND), `http://${BACKEND.ip}`, ['C0', 'C4']),
    ...[controlHost, workerHost]
      .filter((host) => host !== undefined)
      .map((host) => call(host, toPod(BACKEND), `http://${BACKEND.ip}`, ['C0', 'C4'])),
    // C5: inside a prefix, inside its exception, outside.
    ...['20.1.1.1', '10.20.30.40', '10.96.5.5', '30.1.1.1'].map((ip) =>
      call(FRONTEND, toWorld(ip), `http://${ip}`, ['C5']),
    ),
    // C6 and C9: by name.
    call(MEDIABOT, toName(NAMES.api, '140.82.121.6'), `https://${NAMES.api}`, ['C6']),
    call(MEDIABOT, toName(NAMES.support, '185.199.111.133'), `https://${NAMES.support}`, ['C6']),
    call(MEDIABOT, toName(NAMES.httpbin, '54.205.230.94'), `https://${NAMES.httpbin}`, ['C9'], '/headers'),
    // What goes on in every stage: metrics-server asks the kubelets.
    ...hosts.map((host) => ({
      ...call(
        METRICS_SERVER,
        { kind: 'endpoint', endpoint: host, port: KUBELET_PORT },
        `https://${host.ip}:${KUBELET_PORT}`,
        L3_STAGES.map(({ id }) => id),
        '/metrics/resource',
      ),
      pauseNs: 15 * SECOND_NS,
    })),
    ...EVERYDAY.habits,
  ];
  return { habits, jobs: EVERYDAY.jobs };
}

/** The lab with these stages, whose ids say what goes on in them. */
export function l3Lab(stages: Lab['stages']): Scenario {
  return labScenario({
    name: 'l3',
    title: 'L3 policy lab',
    help: 'one kind of rule in each stage, endpoints (C1) to DNS names (C6); audit (C7), encryption (C8), TLS (C9)',
    nodes: { fewest: 3, isFixed: false, list: clusterNodes },
    podNet: (node) => `172.20.${node}`,
    nodeIdentities: true,
    stages,
    stageNs: 30 * SECOND_NS,
    historyNs: 300 * SECOND_NS,
    // Ten stages of half a minute: all of them lie in the history, and at its end C1 has just begun.
    firstStage: { index: 1, elapsedNs: 25 * SECOND_NS },
    services: [BACKEND_SERVICE, DNS, ...EVERYDAY.services],
    probes: [...COREDNS.map((target) => ({ target, ports: [8080, 8181] })), ...EVERYDAY.probes],
    traffic,
  });
}

export const L3_LAB = l3Lab(L3_STAGES);
