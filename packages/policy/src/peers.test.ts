// Rules about what is not a pod of the same cluster, Kubernetes' own policies, and audit mode.

import { describe, expect, test } from 'vitest';

import {
  allowsDns,
  type Connection,
  createIdentityAllocator,
  createPolicySet,
  type Decision,
  parsePolicies,
  type PolicySetOptions,
} from './index.ts';

const FRONTEND = ['k8s:io.kubernetes.pod.namespace=default', 'k8s:role=frontend'];
const POD = ['k8s:io.kubernetes.pod.namespace=default', 'k8s:role=client'];
const OTHER = [
  'k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=other',
  'k8s:io.kubernetes.pod.namespace=other',
  'k8s:role=client',
];
const WORLD = ['reserved:world'];
const CONTROL_PLANE = ['node:node-role.kubernetes.io/control-plane=', 'reserved:remote-node'];
const WORKER = ['node:kubernetes.io/os=linux', 'reserved:remote-node'];

function parsed(yaml: string) {
  const result = parsePolicies(yaml);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function decide(yaml: string, connection: Partial<Connection>, options?: PolicySetOptions): Decision {
  return createPolicySet(parsed(yaml), 1n, options).decide({
    direction: 'egress',
    subject: FRONTEND,
    peer: POD,
    protocol: 'TCP',
    port: 80,
    ...connection,
  });
}

const draw = (decision: Decision): string =>
  decision.kind === 'not-enforced' ? decision.kind : `${decision.kind} ${decision.match}`;

const cilium = (rules: string, kind = 'CiliumNetworkPolicy'): string => `
apiVersion: cilium.io/v2
kind: ${kind}
metadata: {name: p, resourceVersion: "7", managedFields: []}
status: {conditions: []}
spec:
  endpointSelector: {matchLabels: {role: frontend}}
  ${rules}`;
const kubernetes = (spec: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p}
spec: {podSelector: {matchLabels: {role: frontend}}, ${spec}}`;

describe('prefixes', () => {
  const rule = cilium(
    'egress: [{toCIDR: [20.1.1.1/32]}, {toCIDRSet: [{cidr: 10.0.0.0/8, except: [10.96.0.0/12]}]}]',
  );

  test.each<[string, Partial<Connection>, string]>([
    ['an address inside', { peer: WORLD, peerIp: '10.1.2.3' }, 'allowed 1'],
    ['the exception', { peer: WORLD, peerIp: '10.96.0.10' }, 'denied 0'],
    ['the address itself', { peer: WORLD, peerIp: '20.1.1.1' }, 'allowed 1'],
    ['its neighbour', { peer: WORLD, peerIp: '20.1.1.2' }, 'denied 0'],
    ['a label inside', { peer: ['cidr:10.1.0.0/16', 'reserved:world'] }, 'allowed 1'],
    ['the label of the exception', { peer: ['cidr:10.96.0.0/12', 'reserved:world'] }, 'denied 0'],
    ['a label that is wider', { peer: ['cidr:0.0.0.0/0', 'reserved:world'] }, 'denied 0'],
    ['the world, address unknown', { peer: WORLD }, 'denied 0'],
    ['a pod with such an address', { peer: POD, peerIp: '10.1.2.3' }, 'denied 0'],
    ['a node with such an address', { peer: WORKER, peerIp: '10.1.2.3' }, 'denied 0'],
  ])('%s', (_, connection, expected) => {
    expect(draw(decide(rule, connection))).toBe(expected);
  });

  test('everything, and IPv6', () => {
    expect(draw(decide(cilium('egress: [{toCIDR: [0.0.0.0/0]}]'), { peer: WORLD }))).toBe('allowed 1');
    const rule6 = cilium('egress: [{toCIDR: ["fd00::/8"]}]');
    expect(draw(decide(rule6, { peer: WORLD, peerIp: 'fd12::1' }))).toBe('allowed 1');
    expect(draw(decide(rule6, { peer: ['cidr:fd00--0/16', 'reserved:world'] }))).toBe('allowed 1');
    expect(draw(decide(rule6, { peer: WORLD, peerIp: 'fe00::1' }))).toBe('denied 0');
  });
});

describe('names', () => {
  test.each([
    ['matchName: api.github.com', 'api.github.com.', true],
    ['matchName: API.github.com', 'api.GitHub.com', true],
    ['matchName: api.github.com', 'xapi.github.com', false],
    ['matchName: api.github.com', 'apixgithub.com', false],
    ['matchPattern: "*.github.com"', 'api.github.com', true],
    ['matchPattern: "*.github.com"', 'a.b.github.com', false],
    ['matchPattern: "*.github.com"', 'github.com', false],
    ['matchPattern: "**.github.com"', 'a.b.github.com', true],
    ['matchPattern: "**.github.com"', 'github.com', false],
    ['matchPattern: "api*.github.com"', 'api2.github.com', true],
    ['matchPattern: "*"', 'anything.at.all.', true],
  ])('%s and %s: %s', (rule, name, expected) => {
    const peer = { peer: WORLD, peerNames: [name] };
    expect(decide(cilium(`egress: [{toFQDNs: [{${rule}}]}]`), peer).kind).toBe(
      expected ? 'allowed' : 'denied',
    );
    const lookups = decide(
      cilium(`egress: [{toPorts: [{ports: [{port: "53"}], rules: {dns: [{${rule}}]}}]}]`),
      { port: 53, protocol: 'UDP' },
    );
    if (lookups.kind !== 'allowed' || lookups.dns === undefined) throw new Error(draw(lookups));
    expect(allowsDns(lookups.dns, name)).toBe(expected);
  });

  test('an identity that carries the rule as a label', () => {
    const rule = cilium('egress: [{toFQDNs: [{matchPattern: "*.github.com"}]}]');
    expect(draw(decide(rule, { peer: ['fqdn:*.github.com', 'reserved:world'] }))).toBe('allowed 1');
    expect(draw(decide(rule, { peer: ['fqdn:*.gitlab.com', 'reserved:world'] }))).toBe('denied 0');
  });

  test('lookups pass the proxy, and all of them where another rule allows the port', () => {
    const dns = 'toPorts: [{ports: [{port: "53"}], rules: {dns: [{matchName: a.b}]}}]';
    const both = decide(cilium(`egress: [{${dns}}, {toEntities: [all]}]`), { port: 53, protocol: 'UDP' });
    if (both.kind !== 'allowed' || both.dns === undefined) throw new Error(draw(both));
    expect(allowsDns(both.dns, 'c.d')).toBe(true);
  });
});

describe('services and nodes', () => {
  const services = [{ namespace: 'default', name: 'backend-service', labels: ['tier=back'] }];

  test.each([
    ['{k8sService: {serviceName: backend-service, namespace: default}}', 'allowed 1'],
    ['{k8sService: {serviceName: backend-service}}', 'allowed 1'],
    ['{k8sService: {serviceName: backend-service, namespace: other}}', 'denied 0'],
    ['{k8sServiceSelector: {selector: {matchLabels: {tier: back}}}}', 'allowed 1'],
    ['{k8sServiceSelector: {selector: {matchLabels: {tier: front}}}}', 'denied 0'],
  ])('toServices %s', (service, expected) => {
    expect(draw(decide(cilium(`egress: [{toServices: [${service}]}]`), { peerServices: services }))).toBe(
      expected,
    );
  });

  test.each([
    ['the node', CONTROL_PLANE, 'allowed 1'],
    ['another node', WORKER, 'denied 0'],
    ['a pod, wherever it runs', [...POD, 'k8s:node-role.kubernetes.io/control-plane='], 'denied 0'],
  ])('fromNodes: %s', (_, peer, expected) => {
    const rule = cilium(
      'ingress: [{fromNodes: [{matchLabels: {node-role.kubernetes.io/control-plane: ""}}]}]',
    );
    expect(draw(decide(rule, { direction: 'ingress', peer }))).toBe(expected);
  });

  test('a clusterwide policy may select nodes', () => {
    const host = cilium('ingress: [{fromEntities: [cluster]}]', 'CiliumClusterwideNetworkPolicy').replace(
      'endpointSelector: {matchLabels: {role: frontend}}',
      'nodeSelector: {matchLabels: {kubernetes.io/os: linux}}',
    );
    const subject = ['node:kubernetes.io/os=linux', 'reserved:host'];
    expect(draw(decide(host, { direction: 'ingress', subject, peer: WORLD }))).toBe('denied 0');
    expect(draw(decide(host, { direction: 'ingress', peer: WORLD }))).toBe('not-enforced');
  });
});

describe('default deny', () => {
  test('switched off: what no rule speaks of is allowed by none', () => {
    const rule = cilium(`enableDefaultDeny: {egress: false}
  egressDeny: [{toEntities: [world]}]`);
    expect(draw(decide(rule, { peer: WORLD }))).toBe('denied 1');
    expect(decide(rule, {})).toMatchObject({ kind: 'allowed', match: 4, by: [] });
  });

  test('switched on by one policy holds for all', () => {
    const off = cilium(`enableDefaultDeny: {egress: false}
  egress: [{toEntities: [host]}]`);
    expect(draw(decide(`${off}\n---${cilium('egress: [{}]')}`, {}))).toBe('denied 0');
  });
});

describe('audit mode', () => {
  test('tells denials, which then are not enforced', () => {
    const rule = cilium('egress: [{}]');
    expect(decide(rule, {}, { auditMode: true })).toMatchObject({ kind: 'denied', audited: true });
    expect(decide(rule, {})).toMatchObject({ kind: 'denied', audited: false });
  });
});

describe('TLS', () => {
  test('HTTP rules inside of it', () => {
    const rule = cilium(`egress:
    - toFQDNs: [{matchName: httpbin.org}]
      toPorts:
        - ports: [{port: "443", protocol: TCP}]
          terminatingTLS: {secret: {namespace: kube-system, name: httpbin-tls}}
          originatingTLS: {secret: {namespace: kube-system, name: ca}, trustedCA: ca.crt}
          rules: {http: [{method: GET, path: /headers}]}`);
    expect(decide(rule, { peer: WORLD, peerNames: ['httpbin.org'], port: 443 })).toMatchObject({
      kind: 'allowed',
      tls: true,
      http: [{}],
    });
  });
});

describe('NetworkPolicy', () => {
  const ingress = (rule: string): string => kubernetes(`ingress: [${rule}]`);
  const INGRESS = { direction: 'ingress' } as const;

  test.each<[string, string, Partial<Connection>, string]>([
    ['no rules deny ingress', kubernetes('policyTypes: [Ingress]'), INGRESS, 'denied 0'],
    ['and say nothing of egress', kubernetes('policyTypes: [Ingress]'), {}, 'not-enforced'],
    ['an empty list of types is none', kubernetes('policyTypes: []'), INGRESS, 'denied 0'],
    ['and with it egress is spoken of', kubernetes('policyTypes: [], egress: [{}]'), {}, 'allowed 4'],
    ['or not', kubernetes('policyTypes: []'), {}, 'not-enforced'],
    ['an empty rule allows all', ingress('{}'), INGRESS, 'allowed 4'],
    ['an empty list of peers too', ingress('{from: []}'), { ...INGRESS, peer: WORLD }, 'allowed 4'],
    ['ports alone', ingress('{ports: [{port: 80}]}'), INGRESS, 'allowed 3'],
    ['ports are of TCP', ingress('{ports: [{port: 80}]}'), { ...INGRESS, protocol: 'UDP' }, 'denied 0'],
    ['ranges', ingress('{ports: [{port: 70, endPort: 90}]}'), INGRESS, 'allowed 3'],
    ['pods of the namespace', ingress('{from: [{podSelector: {}}]}'), INGRESS, 'allowed 1'],
    ['not of another', ingress('{from: [{podSelector: {}}]}'), { ...INGRESS, peer: OTHER }, 'denied 0'],
    [
      'every namespace',
      ingress('{from: [{namespaceSelector: {}}]}'),
      { ...INGRESS, peer: OTHER },
      'allowed 1',
    ],
    ['but no world', ingress('{from: [{namespaceSelector: {}}]}'), { ...INGRESS, peer: WORLD }, 'denied 0'],
    [
      'a namespace by name',
      ingress('{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}}]}'),
      { ...INGRESS, peer: OTHER },
      'allowed 1',
    ],
    [
      'a block without a part',
      kubernetes('egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]'),
      { peer: WORLD, peerIp: '10.1.0.1' },
      'denied 0',
    ],
  ])('%s', (_, yaml, connection, expected) => {
    expect(draw(decide(yaml, connection))).toBe(expected);
  });

  test('is named as such', () => {
    expect(decide(ingress('{}'), INGRESS)).toMatchObject({
      by: [
        {
          kind: 'NetworkPolicy',
          labels: expect.arrayContaining(['k8s:io.cilium.k8s.policy.derived-from=NetworkPolicy']),
        },
      ],
    });
  });
});

describe('identities', () => {
  test('are given in order, by scope, and stay', () => {
    const identities = createIdentityAllocator();
    const rule =
      'egress: [{toCIDRSet: [{cidr: 10.0.0.0/8, except: [10.96.0.0/12]}]}, {toFQDNs: [{matchPattern: "*.github.com"}]}]';
    identities.use(parsed(cilium(rule)));
    const inside = identities.world('10.1.1.1', []);
    expect(inside).toEqual({ identity: 16_777_217, labels: ['cidr:10.0.0.0/8', 'reserved:world'] });
    expect(identities.world('10.96.0.10', [])).toMatchObject({ identity: 16_777_218 });
    expect(identities.world('1.1.1.1', [])).toEqual({ identity: 2, labels: ['reserved:world'] });
    expect(identities.world('140.82.121.6', ['api.github.com.'])).toEqual({
      identity: 16_777_219,
      labels: ['fqdn:*.github.com', 'reserved:world'],
    });
    identities.use([]);
    expect(identities.world('10.1.1.1', [])).toMatchObject({ identity: 2 });
    identities.use(parsed(cilium(rule)));
    expect(identities.world('10.1.1.1', [])).toEqual(inside);
    const node = identities.node('192.168.10.100', ['a=b'], true);
    expect(node).toEqual({
      identity: 33_554_433,
      labels: ['node:a=b', 'reserved:kube-apiserver', 'reserved:remote-node'],
    });
    expect(identities.node('192.168.10.101', [], false).identity).toBe(33_554_434);
  });
});

describe('problems name their line', () => {
  test.each<[string, number, RegExp]>([
    [cilium('egress: [{toCIDR: [10.0.0.0/33]}]'), 8, /toCIDR: "10.0.0.0\/33" is not a prefix/],
    [cilium('egress: [{toCIDR: [10.0.0]}]'), 8, /is not a prefix/],
    [cilium('egress: [{toCIDRSet: [{except: [10.0.0.0/8]}]}]'), 8, /toCIDRSet: cidr is missing/],
    [cilium('egress: [{toCIDRSet: [{cidrGroupRef: x}]}]'), 8, /"cidrGroupRef" is not understood/],
    [cilium('egress: [{toCIDRSet: [{cidr: 10.0.0.0/8, except: [11.0.0.0/16]}]}]'), 8, /outside cidr/],
    [cilium('egress: [{toFQDNs: [{}]}]'), 8, /needs matchName or matchPattern/],
    [cilium('egress: [{toFQDNs: [{matchName: "a b"}]}]'), 8, /"a b" is not a DNS name/],
    [cilium('egress: [{toFQDNs: [{matchName: a, matchPattern: b}]}]'), 8, /only one of/],
    [cilium('egressDeny: [{toFQDNs: [{matchName: a}]}]'), 8, /cannot be denied/],
    [cilium('egressDeny: [{toPorts: [{rules: {http: [{}]}}]}]'), 8, /takes no L7 rules/],
    [
      cilium('egress: [{toPorts: [{rules: {http: [{}], dns: [{matchName: a}]}}]}]'),
      8,
      /only one of http and dns/,
    ],
    [cilium('egress: [{toPorts: [{rules: {kafka: [{}]}}]}]'), 8, /"kafka" is not understood/],
    [cilium('egress: [{toPorts: [{ports: [{endPort: 80}]}]}]'), 8, /endPort needs a port/],
    [
      cilium('egress: [{toPorts: [{ports: [{port: web_1}]}]}]'),
      8,
      /port must be a number up to 65535, not "web_1"/,
    ],
    [cilium('egress: [{toPorts: [{ports: [{port: web, endPort: 90}]}]}]'), 8, /endPort goes with no name/],
    [cilium('ingress: [{icmps: [{fields: [{type: 256}]}]}]'), 8, /"256" is no type of ICMP for IPv4/],
    [cilium('ingress: [{icmps: [{fields: [{type: PacketTooBig}]}]}]'), 8, /"PacketTooBig" is no type/],
    [cilium('ingress: [{icmps: [{fields: [{family: IPv5, type: 8}]}]}]'), 8, /family must be IPv4 or IPv6/],
    [cilium('ingress: [{icmps: [{fields: [{family: IPv6}]}]}]'), 8, /type is missing/],
    [cilium('ingress: [{icmps: [{fields: [{type: 8}]}], toPorts: [{}]}]'), 8, /icmps goes with no toPorts/],
    [cilium('egress: [{toServices: [{}]}]'), 8, /needs k8sService or/],
    [
      cilium('egress:\n  - toEndpoints: [{}]\n    toEntities: [world]'),
      10,
      /^toEntities goes with no toEndpoints: write a rule for each$/,
    ],
    [
      cilium('egress: [{toPorts: [{ports: [{port: "80"}], rules: {http: [{}]}}]}]'),
      8,
      /^toPorts.rules: http needs ports of protocol TCP$/,
    ],
    [
      cilium(
        'ingress:\n  - toPorts:\n      - ports: [{port: "0", protocol: TCP}]\n        rules: {http: [{}]}',
      ),
      11,
      /need ports other than 0/,
    ],
    [
      cilium('ingress: [{toPorts: [{ports: [{port: "53"}], rules: {dns: [{matchName: a}]}}]}]'),
      8,
      /dns is for egress/,
    ],
    [cilium('egress: [{toPorts: [{rules: {dns: [{matchName: a}]}}]}]'), 8, /dns needs port 53/],
    [
      cilium('egress: [{toPorts: [{ports: [{port: "53", endPort: 54}], rules: {dns: [{matchName: a}]}}]}]'),
      8,
      /dns goes with no range of ports/,
    ],
    [cilium('egress: [{toPorts: [{ports: [{protocol: TCP}]}]}]'), 8, /port is missing; 0 is every port/],
    [cilium('ingress: [{fromServices: [{}]}]'), 8, /"fromServices" is not understood/],
    [
      cilium('nodeSelector: {}\n  ingress: [{}]', 'CiliumClusterwideNetworkPolicy'),
      8,
      /^spec: only one of endpointSelector and nodeSelector$/,
    ],
    [
      cilium(
        'egress:\n  - {}\n  - toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {http: [{}]}}]',
        'CiliumClusterwideNetworkPolicy',
      ).replace('endpointSelector', 'nodeSelector'),
      10,
      /^toPorts.rules: http is not for nodes/,
    ],
    [
      cilium('egress: [{toCIDRSet: [{cidr: 10.0.0.1}]}]'),
      8,
      /^toCIDRSet.cidr: "10.0.0.1" needs a length, such as \/32$/,
    ],
    [
      cilium('egress: [{toCIDRSet: [{cidr: "fd00::/8", except: ["fd00::1"]}]}]'),
      8,
      /except: .* such as \/128$/,
    ],
    [kubernetes('ingress: [{from: [{ipBlock: {cidr: 10.0.0.1}}]}]'), 5, /ipBlock.cidr: .* needs a length/],
    [cilium('nodeSelector: {}'), 8, /only a CiliumClusterwideNetworkPolicy selects nodes/],
    [kubernetes('policyTypes: [Both]'), 5, /"Both" is not one of Ingress, Egress/],
    [kubernetes('ingress: [{from: [{}]}]'), 5, /needs podSelector, namespaceSelector or ipBlock/],
    [
      kubernetes('ingress: [{from: [{ipBlock: {cidr: 1.0.0.0/8}, podSelector: {}}]}]'),
      5,
      /goes with no selector/,
    ],
    [
      kubernetes('ingress: []').replace('networking.k8s.io/v1', 'cilium.io/v2'),
      2,
      /must be networking.k8s.io\/v1/,
    ],
  ])('%s', (yaml, line, message) => {
    expect(parsePolicies(yaml)).toMatchObject({
      ok: false,
      error: expect.arrayContaining([
        expect.objectContaining({ line, message: expect.stringMatching(message) }),
      ]),
    });
  });
});
