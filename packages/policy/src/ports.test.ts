// What a rule may say about ports beyond their numbers: the names that containers give them, and types of ICMP messages.

import { describe, expect, test } from 'vitest';

import { type Connection, createPolicySet, parsePolicies } from './index.ts';

const ROLE = (role: string): readonly string[] => [
  'k8s:io.kubernetes.pod.namespace=default',
  `k8s:role=${role}`,
];
const BACKEND_PORTS = [
  { name: 'web', port: 8080, protocol: 'TCP' },
  { name: 'dns', port: 53, protocol: 'UDP' },
] as const;

const cilium = (rules: string): string => `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: p}
spec:
  endpointSelector: {matchLabels: {role: backend}}
  ${rules}`;
const kubernetes = (rules: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p}
spec:
  podSelector: {matchLabels: {role: backend}}
  ${rules}`;

/** `allowed MATCH` or `denied MATCH`. */
function decide(yaml: string, connection: Partial<Connection>): string {
  const parsed = parsePolicies(yaml);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const decision = createPolicySet(parsed.value, 1n).decide({
    direction: 'ingress',
    subject: ROLE('backend'),
    peer: ROLE('client'),
    protocol: 'TCP',
    port: 8080,
    portNames: BACKEND_PORTS,
    ...connection,
  });
  return decision.kind === 'not-enforced' ? decision.kind : `${decision.kind} ${decision.match}`;
}

describe('a named port', () => {
  const FROM = 'fromEndpoints: [{matchLabels: {role: client}}]';
  const web = cilium(`ingress: [{${FROM}, toPorts: [{ports: [{port: web, protocol: TCP}]}]}]`);
  const anything = cilium('ingress: [{toPorts: [{ports: [{port: dns}]}]}]');

  test.each<[string, string, Partial<Connection>, string]>([
    ['is the port that the subject gives the name', web, {}, 'allowed 2'],
    ['is no other port', web, { port: 8081 }, 'denied 0'],
    ['is nothing where no container has it', web, { portNames: [] }, 'denied 0'],
    ['is nothing where containers are not known', web, { portNames: undefined } as never, 'denied 0'],
    ['has the protocol of the container', anything, { protocol: 'UDP', port: 53 }, 'allowed 3'],
    ['and no other', anything, { port: 53 }, 'denied 0'],
    [
      'is one of the peer on egress',
      cilium(`egress: [{toEndpoints: [{matchLabels: {role: client}}], toPorts: [{ports: [{port: WEB}]}]}]`),
      { direction: 'egress' },
      'allowed 2',
    ],
    ['in a NetworkPolicy', kubernetes('ingress: [{ports: [{port: web}]}]'), {}, 'allowed 3'],
    [
      'with the protocol that it is for',
      kubernetes('ingress: [{ports: [{port: dns}]}]'),
      { port: 53 },
      'denied 0',
    ],
    [
      'in a deny rule',
      cilium('ingressDeny: [{toPorts: [{ports: [{port: web}]}]}]\n  ingress: [{fromEntities: [all]}]'),
      {},
      'denied 3',
    ],
  ])('%s', (_, yaml, connection, expected) => {
    expect(decide(yaml, connection)).toBe(expected);
  });
});

describe('ICMP', () => {
  const ping = { protocol: 'ICMP', port: 0, icmp: { family: 4, type: 8 } } as const;
  const rule = (fields: string, peers = ''): string =>
    cilium(`ingress: [{${peers}icmps: [{fields: [${fields}]}]}]`);

  test.each<[string, string, Partial<Connection>, string]>([
    ['a type by number', rule('{type: 8}'), ping, 'allowed 3'],
    ['a type by name', rule('{type: EchoRequest, family: IPv4}'), ping, 'allowed 3'],
    ['from a peer', rule('{type: 8}', 'fromEndpoints: [{matchLabels: {role: client}}], '), ping, 'allowed 2'],
    ['from another peer', rule('{type: 8}', 'fromEndpoints: [{matchLabels: {role: x}}], '), ping, 'denied 0'],
    ['another type', rule('{type: 0}'), ping, 'denied 0'],
    ['one of several', rule('{type: 0}, {type: 8}'), ping, 'allowed 3'],
    ['the same number of the other family', rule('{type: 8, family: IPv6}'), ping, 'denied 0'],
    [
      'a name of IPv6',
      rule('{type: EchoRequest, family: IPv6}'),
      { ...ping, icmp: { family: 6, type: 128 } },
      'allowed 3',
    ],
    ['no message is known', rule('{type: 8}'), { ...ping, icmp: undefined }, 'denied 0'],
    ['what is no ICMP', rule('{type: 8}'), {}, 'denied 0'],
    ['a rule without ports or types', cilium('ingress: [{fromEntities: [all]}]'), ping, 'allowed 4'],
    [
      'a deny rule',
      cilium('ingressDeny: [{icmps: [{fields: [{type: 8}]}]}]\n  ingress: [{fromEntities: [all]}]'),
      ping,
      'denied 3',
    ],
  ])('%s', (_, yaml, connection, expected) => {
    expect(decide(yaml, connection)).toBe(expected);
  });
});
