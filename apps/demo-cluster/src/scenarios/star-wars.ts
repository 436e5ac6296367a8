// The Star Wars demo: deathstar of the empire, a tiefighter and an xwing that both ask to land, and a policy that grows
// from nothing over ports to HTTP paths.

import { clusterNodes } from '../agent/node.ts';
import { pod, type Pod } from '../datapath/endpoint.ts';
import type { CallTarget } from '../datapath/http-client.ts';
import type { Service } from '../datapath/network.ts';
import { everydayLife } from './everyday.ts';
import { type Habit, SECOND_NS } from './habit.ts';
import { labScenario } from './lab.ts';
import { look, WITH_POLICY, WITH_REQUESTS } from './look.ts';
import type { Stage } from './scenario.ts';

const POLICY_HEAD = `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: rule1
  namespace: default
  uid: 6b1c1f0e-6a52-4a4e-9d1c-2f1f1a7c9a31
spec:
  description: L3-L4 policy to restrict deathstar access to empire ships only
  endpointSelector:
    matchLabels:
      org: empire
      class: deathstar
  ingress:
    - fromEndpoints:
        - matchLabels:
            org: empire
      toPorts:
        - ports:
            - port: "80"
              protocol: TCP
`;

const POLICY_HTTP = `          rules:
            http:
              - method: POST
                path: /v1/request-landing
`;

export const STAR_WARS_STAGES: readonly [Stage, ...Stage[]] = [
  {
    id: 'A0',
    title: 'No policy',
    description:
      'Every ship may land: tiefighter and xwing both reach deathstar, and no policy decides anything.',
    policyYaml: '',
    looks: [
      look('Who may reach deathstar', 'to-pod:default/deathstar'),
      look('What xwing sends', 'from-identity:11716'),
    ],
  },
  {
    id: 'A1',
    title: 'Empire ships only (L3/L4)',
    description:
      'deathstar accepts port 80 from org=empire. tiefighter lands; each SYN of xwing is dropped and sent again, seen as two flows: what policy decided, and the drop. Click a dropped row to read why.',
    policyYaml: POLICY_HEAD,
    looks: [
      look('Only drops', 'verdict:DROPPED'),
      look('Who may reach deathstar', 'to-pod:default/deathstar'),
      look('What xwing sends', 'from-identity:11716'),
      look('What policy decides', 'type:policy-verdict', WITH_POLICY),
    ],
  },
  {
    id: 'A2',
    title: 'Only landing requests (L7)',
    description:
      'Only POST /v1/request-landing passes the proxy. The PUT of tiefighter to /v1/exhaust-port is answered 403; xwing never gets as far as HTTP. Click a dropped row to read why.',
    policyYaml: POLICY_HEAD + POLICY_HTTP,
    looks: [
      look('HTTP of deathstar', 'protocol:http pod:default/deathstar', WITH_REQUESTS),
      look('The PUT that fails', 'from-pod:default/tiefighter http-path:/v1/exhaust-port'),
      look('Why its SYN was allowed', 'from-pod:default/tiefighter type:policy-verdict', WITH_POLICY),
      look('Who may reach deathstar', 'to-pod:default/deathstar'),
      look('Only drops', 'verdict:DROPPED'),
    ],
  },
];

const DEATHSTAR_LABELS = { 'app.kubernetes.io/name': 'deathstar', class: 'deathstar', org: 'empire' };
const DEATHSTAR = { name: 'deathstar', kind: 'Deployment' };
const COREDNS = { name: 'coredns', kind: 'Deployment' };

const PODS = {
  deathstar1: pod({
    id: 1142,
    identity: 6589,
    namespace: 'default',
    name: 'deathstar-8c4c77fb7-9klws',
    labels: DEATHSTAR_LABELS,
    workload: DEATHSTAR,
    ip: '172.20.1.142',
    node: 1,
  }),
  deathstar2: pod({
    id: 283,
    identity: 6589,
    namespace: 'default',
    name: 'deathstar-8c4c77fb7-kkwds',
    labels: DEATHSTAR_LABELS,
    workload: DEATHSTAR,
    ip: '172.20.2.83',
    node: 2,
  }),
  tiefighter: pod({
    id: 1139,
    identity: 4532,
    namespace: 'default',
    name: 'tiefighter',
    labels: { 'app.kubernetes.io/name': 'tiefighter', class: 'tiefighter', org: 'empire' },
    workload: { name: 'tiefighter', kind: 'Pod' },
    ip: '172.20.1.139',
    node: 1,
  }),
  xwing: pod({
    id: 251,
    identity: 11716,
    namespace: 'default',
    name: 'xwing',
    labels: { 'app.kubernetes.io/name': 'xwing', class: 'xwing', org: 'alliance' },
    workload: { name: 'xwing', kind: 'Pod' },
    ip: '172.20.2.51',
    node: 2,
  }),
  coredns1: coredns(461, 'coredns-674b8bbfcf-8lcmh', '172.20.0.46', 0),
  coredns2: coredns(1207, 'coredns-674b8bbfcf-gjs6z', '172.20.1.207', 1),
} as const satisfies Record<string, Pod>;

function coredns(id: number, name: string, ip: string, node: number): Pod {
  return pod({
    id,
    identity: 22940,
    namespace: 'kube-system',
    name,
    labels: { 'k8s-app': 'kube-dns' },
    serviceAccount: 'coredns',
    workload: COREDNS,
    ip,
    node,
  });
}

const DEATHSTAR_SERVICE: Service = {
  namespace: 'default',
  name: 'deathstar',
  ip: '10.96.31.152',
  port: 80,
  backends: [PODS.deathstar1, PODS.deathstar2],
};

const DNS_SERVICE: Service = {
  namespace: 'kube-system',
  name: 'kube-dns',
  ip: '10.96.0.10',
  port: 53,
  backends: [PODS.coredns1, PODS.coredns2],
};

const HOST = 'deathstar.default.svc.cluster.local';
const TARGET: CallTarget = { kind: 'service', service: DEATHSTAR_SERVICE, name: HOST };
const COMMON = { target: TARGET, dns: DNS_SERVICE, origin: `http://${HOST}` } as const;
const LANDING = {
  ...COMMON,
  method: 'POST',
  path: '/v1/request-landing',
  answer: { code: 200, latencyNs: 1_600_000 },
} as const;

const HABITS: readonly Habit[] = [
  { client: PODS.tiefighter, ...LANDING, pauseNs: 2.1 * SECOND_NS, startNs: 0.2 * SECOND_NS },
  {
    ...COMMON,
    client: PODS.tiefighter,
    method: 'PUT',
    path: '/v1/exhaust-port',
    answer: { code: 500, latencyNs: 2_400_000 },
    pauseNs: 3.7 * SECOND_NS,
    startNs: 1.1 * SECOND_NS,
  },
  { client: PODS.xwing, ...LANDING, pauseNs: 1.9 * SECOND_NS, startNs: 0.7 * SECOND_NS },
];

const PROBE_PORTS = [8080, 8181] as const;
const EVERYDAY = everydayLife(DNS_SERVICE);

export const STAR_WARS = labScenario({
  name: 'star-wars',
  title: 'Star Wars demo',
  help: 'deathstar, tiefighter and xwing; a policy grows from none (A0) over ports (A1) to HTTP (A2)',
  nodes: { fewest: 3, isFixed: false, list: clusterNodes },
  podNet: (node) => `172.20.${node}`,
  nodeIdentities: false,
  stages: STAR_WARS_STAGES,
  stageNs: 45 * SECOND_NS,
  historyNs: 300 * SECOND_NS,
  // At the end of the history the last stage, where most happens, has just begun.
  firstStage: { index: 1, elapsedNs: 18 * SECOND_NS },
  services: [DEATHSTAR_SERVICE, DNS_SERVICE, ...EVERYDAY.services],
  probes: [
    ...[PODS.coredns1, PODS.coredns2].map((target) => ({ target, ports: PROBE_PORTS })),
    ...EVERYDAY.probes,
  ],
  traffic: () => ({ habits: [...HABITS, ...EVERYDAY.habits], jobs: EVERYDAY.jobs }),
});
