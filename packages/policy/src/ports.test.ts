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

describe('lists without an item', () => {
  const FROM = 'fromEndpoints: [{matchLabels: {role: client}}]';
  const tcp = { port: 80 } as const;

  test.each<[string, Partial<Connection>, string]>([
    // An empty list of messages or ports says nothing; the peers are then allowed on all of them.
    [`{${FROM}, icmps: []}`, tcp, 'allowed 1'],
    [`{${FROM}, icmps: []}`, { protocol: 'ICMP', port: 0, icmp: { family: 4, type: 8 } }, 'allowed 1'],
    [`{${FROM}, toPorts: []}`, tcp, 'allowed 1'],
    [`{${FROM}, toPorts: [], icmps: []}`, tcp, 'allowed 1'],
    ['{icmps: []}', tcp, 'denied 0'],
    ['{toPorts: []}', tcp, 'denied 0'],
    // A list with an item that has none is about messages or ports, and means none of them.
    [`{${FROM}, icmps: [{}]}`, tcp, 'denied 0'],
    [`{${FROM}, icmps: [{fields: []}]}`, tcp, 'denied 0'],
    [
      `{${FROM}, icmps: [{fields: []}]}`,
      { protocol: 'ICMP', port: 0, icmp: { family: 4, type: 8 } },
      'denied 0',
    ],
    [`{${FROM}, toPorts: [{}]}`, tcp, 'denied 0'],
    [`{${FROM}, toPorts: [{ports: []}]}`, tcp, 'denied 0'],
    // An empty list of peers selects nobody, whatever else the rule says.
    ['{fromEndpoints: [], toPorts: [{ports: [{port: "80"}]}]}', tcp, 'denied 0'],
    [`{${FROM}, fromEntities: []}`, tcp, 'denied 0'],
  ])('ingress: [%s]', (rule, connection, expected) => {
    expect(decide(cilium(`ingress: [${rule}]`), connection)).toBe(expected);
  });

  test('names say nothing when there are none', () => {
    const rule = cilium('egress: [{toFQDNs: [], toPorts: [{ports: [{port: "80"}]}]}]');
    expect(decide(rule, { direction: 'egress', port: 80 })).toBe('allowed 3');
  });
});

describe('port 0', () => {
  const every = cilium('ingress: [{toPorts: [{ports: [{port: "0"}]}]}]');

  test.each<[string, Partial<Connection>, string]>([
    ['TCP', { protocol: 'TCP' }, 'allowed 6'],
    ['UDP', { protocol: 'UDP' }, 'allowed 6'],
    ['SCTP', { protocol: 'SCTP' }, 'allowed 6'],
    ['no ICMP', { protocol: 'ICMP', port: 0, icmp: { family: 4, type: 8 } }, 'denied 0'],
  ])('of any protocol: %s', (_, connection, expected) => {
    expect(decide(every, connection)).toBe(expected);
  });
});

test('audit mode tells of a denied message and lets it through', () => {
  const parsed = parsePolicies(cilium('ingress: [{icmps: [{fields: [{type: 0}]}]}]'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const decision = createPolicySet(parsed.value, 1n, { auditMode: true }).decide({
    direction: 'ingress',
    subject: ROLE('backend'),
    peer: ROLE('client'),
    protocol: 'ICMP',
    port: 0,
    icmp: { family: 4, type: 8 },
  });
  expect(decision).toMatchObject({ kind: 'denied', reason: 'default', audited: true });
});
