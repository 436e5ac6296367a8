// What a lab's policies can ask of its pods beyond labels.

import { describe, expect, test } from 'vitest';

import { clusterNodes } from '../agent/node.ts';
import { pod } from '../datapath/endpoint.ts';
import { playLab } from '../testing/play-lab.ts';
import { SECOND_NS } from './habit.ts';
import { labScenario } from './lab.ts';

const client = pod({
  id: 1,
  identity: 1001,
  namespace: 'default',
  name: 'client',
  labels: { role: 'client' },
  workload: { name: 'client', kind: 'Pod' },
  ip: '172.20.0.11',
  node: 0,
});
const server = pod({
  id: 2,
  identity: 1002,
  namespace: 'default',
  name: 'server',
  labels: { role: 'server' },
  workload: { name: 'server', kind: 'Pod' },
  ip: '172.20.0.12',
  node: 0,
  portNames: [{ name: 'web', port: 8080, protocol: 'TCP' }],
});
const dns = { namespace: 'kube-system', name: 'kube-dns', ip: '10.96.0.10', port: 53, backends: [] };

const NAMED = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-only, namespace: default}
spec:
  podSelector: {matchLabels: {role: server}}
  ingress: [{ports: [{port: web}]}]
`;

const QUIET = {
  name: 'named-port',
  title: 'Named port',
  help: '',
  nodes: { fewest: 1, isFixed: false, list: clusterNodes },
  podNet: () => '172.20.0',
  nodeIdentities: false,
  stages: [{ id: 'N1', title: '', description: '', policyYaml: NAMED, looks: [] }],
  stageNs: 60 * SECOND_NS,
  historyNs: 0,
  firstStage: { index: 0, elapsedNs: 0 },
  services: [],
  probes: [],
  traffic: () => ({ habits: [] }),
} as const;

const LAB = labScenario({
  ...QUIET,
  traffic: () => ({
    habits: [8080, 8081].map((port) => ({
      client,
      target: { kind: 'endpoint', endpoint: server, port } as const,
      dns,
      origin: `http://172.20.0.12:${port}`,
      method: 'GET',
      path: '/',
      answer: { code: 200, latencyNs: 1e6 },
      startNs: 0,
      pauseNs: SECOND_NS,
    })),
  }),
});

const pinged = (rule: string) =>
  labScenario({
    ...QUIET,
    name: 'ping',
    nodes: { ...QUIET.nodes, fewest: 2 },
    podNet: (node) => `172.20.${node}`,
    stages: [
      {
        ...QUIET.stages[0],
        policyYaml: `apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: {name: health}
spec:
  endpointSelector: {matchLabels: {"reserved:health": ""}}
  ingress: [${rule}]
`,
      },
    ],
  });

describe('pings of health endpoints', () => {
  const from = '192.168.10.101 (remote-node)';
  const to = '172.20.0.240 (health)';

  test.each<[string, string, readonly string[]]>([
    [
      'are denied where nothing allows them',
      '{}',
      [
        `${from} <> ${to} policy-verdict:none INGRESS DENIED (ICMPv4 EchoRequest)`,
        `${from} <> ${to} Policy denied DROPPED (ICMPv4 EchoRequest)`,
      ],
    ],
    [
      'are denied by a rule about other messages',
      '{icmps: [{fields: [{type: EchoReply}]}]}',
      [
        `${from} <> ${to} policy-verdict:none INGRESS DENIED (ICMPv4 EchoRequest)`,
        `${from} <> ${to} Policy denied DROPPED (ICMPv4 EchoRequest)`,
      ],
    ],
    [
      'are allowed by a rule about them',
      '{icmps: [{fields: [{type: EchoRequest}]}]}',
      [
        `${from} -> ${to} policy-verdict:L4-Only INGRESS ALLOWED (ICMPv4 EchoRequest)`,
        `${from} -> ${to} to-endpoint FORWARDED (ICMPv4 EchoRequest)`,
        `${from} <- ${to} to-network FORWARDED (ICMPv4 EchoReply)`,
      ],
    ],
  ])('%s', (_, rule, expected) => {
    const lines = playLab(pinged(rule), 'N1', 70).seen.map(({ line }) => line);
    expect([...new Set(lines.filter((line) => line.includes(to)))]).toEqual(expected);
  });
});

test('a named port is the one that the containers of the server give the name', () => {
  const lines = playLab(LAB, 'N1', 5).seen.map(({ line }) => line);
  const from = 'default/client:PORT (ID:1001)';
  expect(lines).toContain(
    `${from} -> default/server:8080 (ID:1002) policy-verdict:L4-Only INGRESS ALLOWED (TCP Flags: SYN)`,
  );
  expect(lines).toContain(
    `${from} <> default/server:8081 (ID:1002) policy-verdict:none INGRESS DENIED (TCP Flags: SYN)`,
  );
});
