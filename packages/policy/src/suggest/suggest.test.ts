import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { FlowSchema } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Connection, createPolicySet, type PolicySet } from '../evaluate/decide.ts';
import { allowsDns } from '../evaluate/dns.ts';
import { allowsHttp } from '../evaluate/http.ts';
import { parsePolicies } from '../parse/parse-policies.ts';
import { readDenied } from './from-flow.ts';
import type { Denied } from './denied.ts';
import { type Manifest, suggestRule, type Suggestion } from './suggest.ts';

const POD = 'k8s:io.kubernetes.pod.namespace=default';
const XWING = [
  'k8s:app.kubernetes.io/name=xwing',
  'k8s:class=xwing',
  'k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=default',
  'k8s:io.cilium.k8s.policy.cluster=default',
  'k8s:io.cilium.k8s.policy.serviceaccount=default',
  POD,
  'k8s:org=alliance',
];
const DEATHSTAR = [
  'k8s:app.kubernetes.io/name=deathstar',
  'k8s:class=deathstar',
  POD,
  'k8s:org=empire',
  'k8s:pod-template-hash=8c4c77fb7',
];

const end = (name: string, labels: readonly string[], ip = '', dnsNames: readonly string[] = []) => ({
  name,
  labels,
  ip,
  dnsNames,
});

const denied: Denied = {
  direction: 'ingress',
  subject: end('deathstar', DEATHSTAR),
  peer: end('xwing', XWING),
  protocol: 'TCP',
  port: 80,
  icmp: undefined,
  request: undefined,
};
const PING = { ...denied, protocol: 'ICMP', port: 0, icmp: { family: 4, type: 8 } } as const satisfies Denied;

function rule(suggestion: Suggestion): Extract<Suggestion, { kind: 'rule' }> {
  if (suggestion.kind !== 'rule') throw new Error(suggestion.why);
  return suggestion;
}

function yamlOf(manifest: Manifest): string {
  if (manifest.kind !== 'yaml') throw new Error(manifest.why);
  return manifest.yaml;
}

function connectionOf({ direction, subject, peer, protocol, port, icmp }: Denied): Connection {
  return {
    direction,
    subject: subject.labels,
    peer: peer.labels,
    peerIp: peer.ip === '' ? undefined : peer.ip,
    peerNames: peer.dnsNames,
    protocol,
    port,
    icmp,
  };
}

/** The last one: a test asks the same policy many times. */
let read: { readonly yaml: string; readonly set: PolicySet } | undefined;

function decide(yaml: string, connection: Connection) {
  if (read?.yaml !== yaml) {
    const parsed = parsePolicies(yaml);
    if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.error)}\n${yaml}`);
    read = { yaml, set: createPolicySet(parsed.value, 1n) };
  }
  return read.set.decide(connection);
}

/** YAML of those of the two kinds that there are. */
function manifests(suggestion: Suggestion): readonly string[] {
  const { cilium, kubernetes } = rule(suggestion);
  return [cilium, kubernetes].flatMap((manifest) => (manifest.kind === 'yaml' ? [manifest.yaml] : []));
}

describe('suggestRule', () => {
  it('writes the smallest rules between two pods', () => {
    const { cilium, kubernetes } = rule(suggestRule(denied));
    expect(yamlOf(cilium)).toBe(`apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: deathstar-from-xwing-80-tcp-1oi34dk
  namespace: default
spec:
  endpointSelector:
    matchLabels:
      k8s:app.kubernetes.io/name: deathstar
      k8s:class: deathstar
      k8s:org: empire
  ingress:
    - fromEndpoints:
        - matchLabels:
            k8s:app.kubernetes.io/name: xwing
            k8s:class: xwing
            k8s:org: alliance
      toPorts:
        - ports:
            - port: "80"
              protocol: TCP`);
    expect(yamlOf(kubernetes)).toBe(`apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: deathstar-from-xwing-80-tcp-0repfbt
  namespace: default
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: deathstar
      class: deathstar
      org: empire
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: xwing
              class: xwing
              org: alliance
      ports:
        - port: 80
          protocol: TCP`);
  });

  it('names namespace and cluster of a peer where they are others', () => {
    const peer = end('web', [
      'k8s:app=web',
      'k8s:io.cilium.k8s.policy.cluster=cluster2',
      'k8s:io.kubernetes.pod.namespace=shop',
    ]);
    const { cilium, kubernetes } = rule(suggestRule({ ...denied, peer }));
    expect(yamlOf(cilium)).toContain(`        - matchLabels:
            k8s:io.kubernetes.pod.namespace: shop
            k8s:io.cilium.k8s.policy.cluster: cluster2
            k8s:app: web`);
    expect(kubernetes).toMatchObject({ kind: 'impossible', why: expect.stringMatching(/another cluster/) });
  });

  it.each([
    ['kind-kind', 'kind-kind', true, 'kind-kind'],
    ['default', 'default', true, ''],
    ['', '', true, ''],
    ['', 'default', true, ''],
    ['kind-kind', 'default', false, 'default'],
    ['c1', 'c2', false, 'c2'],
  ])('of cluster %j for a peer of %j offers a NetworkPolicy: %s', (own, other, offered, named) => {
    const inCluster = (name: string): readonly string[] =>
      name === '' ? [] : [`k8s:io.cilium.k8s.policy.cluster=${name}`];
    const wanted = {
      ...denied,
      subject: end('deathstar', [...DEATHSTAR, ...inCluster(own)]),
      peer: end('web', ['k8s:app=web', POD, ...inCluster(other)]),
    };
    const { cilium, kubernetes } = rule(suggestRule(wanted));
    expect(kubernetes.kind).toBe(offered ? 'yaml' : 'impossible');
    expect(/policy\.cluster: (.*)/.exec(yamlOf(cilium))?.[1] ?? '').toBe(named);
    for (const yaml of manifests(suggestRule(wanted))) {
      expect(decide(yaml, connectionOf(wanted)).kind).toBe('allowed');
    }
    // In a mesh the labels alone do not tell the clusters apart.
    const cautions = kubernetes.kind === 'yaml' ? kubernetes.cautions : [];
    expect(cautions).toHaveLength(offered && named !== '' ? 1 : 0);
  });

  it('gives a request its method and path, and opens no other', () => {
    const request = { kind: 'http', method: 'PUT', path: '/v1/exhaust-port(2)?token=s3cret' } as const;
    const suggestion = suggestRule({ ...denied, request });
    const { cilium, kubernetes } = rule(suggestion);
    expect(yamlOf(cilium)).not.toContain('s3cret');
    expect(kubernetes).toMatchObject({ kind: 'impossible' });
    const decision = decide(yamlOf(cilium), connectionOf(denied));
    const rules = decision.kind === 'allowed' ? (decision.http ?? []) : [];
    const allows = (method: string, path: string) =>
      allowsHttp(rules, { method, path, host: 'any', headers: [] });
    expect(allows('PUT', request.path)).toBe(true);
    expect(allows('PUT', '/v1/exhaust-port(2)')).toBe(true);
    expect(allows('PUT', '/v1/exhaust-port2')).toBe(false);
    expect(allows('PUT', '/v1/exhaust-port(2)/x')).toBe(false);
    expect(allows('POST', request.path)).toBe(false);
  });

  it('allows with its query what an agent told without', () => {
    const request = { kind: 'http', method: 'M-SEARCH.*', path: '/cart' } as const;
    const decision = decide(yamlOf(rule(suggestRule({ ...denied, request })).cilium), connectionOf(denied));
    const rules = decision.kind === 'allowed' ? (decision.http ?? []) : [];
    const allows = (method: string, path: string) =>
      allowsHttp(rules, { method, path, host: 'any', headers: [] });
    expect(allows(request.method, '/cart')).toBe(true);
    expect(allows(request.method, '/cart?id=7')).toBe(true);
    expect(allows(request.method, '/cart/7')).toBe(false);
    expect(allows(request.method, '/carts')).toBe(false);
    expect(allows('M-SEARCHES', '/cart')).toBe(false);
  });

  it('gives a lookup its name, and opens no other', () => {
    const egress: Denied = {
      ...denied,
      direction: 'egress',
      subject: denied.peer,
      peer: end('coredns', ['k8s:io.kubernetes.pod.namespace=kube-system', 'k8s:k8s-app=kube-dns']),
      protocol: 'UDP',
      port: 53,
      request: { kind: 'dns', name: 'api.github.com.' },
    };
    const decision = decide(yamlOf(rule(suggestRule(egress)).cilium), connectionOf(egress));
    const rules = decision.kind === 'allowed' ? (decision.dns ?? []) : [];
    expect(allowsDns(rules, 'api.github.com.')).toBe(true);
    expect(allowsDns(rules, 'github.com.')).toBe(false);
  });

  it('gives a message of ICMP its type, and opens nothing else', () => {
    const { cilium, kubernetes } = rule(suggestRule(PING));
    expect(yamlOf(cilium)).toContain(`  name: deathstar-from-xwing-icmp-ipv4-8-12asp69
`);
    expect(yamlOf(cilium)).toContain(`            k8s:org: alliance
      icmps:
        - fields:
            - family: IPv4
              type: 8`);
    expect(kubernetes).toEqual({ kind: 'impossible', why: expect.stringMatching(/cannot name ICMP/) });
  });

  it.each<[string, Partial<Denied>]>([
    ['from a pod', {}],
    ['from an entity', { peer: end('host', ['reserved:host']) }],
    ['from an address outside', { peer: end('1.1.1.1', ['reserved:world'], '1.1.1.1') }],
    ['to a pod', { direction: 'egress' }],
    [
      'to a name outside',
      { direction: 'egress', peer: end('x.io', ['reserved:world'], '1.1.1.1', ['x.io']) },
    ],
    ['over IPv6', { icmp: { family: 6, type: 128 } }],
  ])('allows a denied ping %s and no other workload, type or protocol', (_, part) => {
    const own: Denied = { ...PING, ...part };
    const yaml = yamlOf(rule(suggestRule(own)).cilium);
    const connection = connectionOf(own);
    const family = own.icmp?.family ?? 4;
    const type = own.icmp?.type ?? 0;
    expect(decide(yaml, connection).kind).toBe('allowed');
    for (const other of [
      { icmp: { family, type: type + 1 } },
      { icmp: { family: family === 4 ? 6 : 4, type } as const },
      { protocol: 'TCP', port: type, icmp: undefined } as const,
      { peer: ['k8s:class=tiefighter', POD, 'k8s:org=empire'], peerIp: undefined, peerNames: [] },
      { peer: ['reserved:world'], peerIp: '9.9.9.9', peerNames: ['y.io'] },
    ]) {
      expect(decide(yaml, { ...connection, ...other }).kind, JSON.stringify(other)).toBe('denied');
    }
  });

  it.each([
    ['an entity', end('host', ['reserved:host']), 'fromEntities:\n        - host'],
    [
      'the narrower of two entities',
      end('api', ['reserved:kube-apiserver', 'reserved:remote-node']),
      '- kube-apiserver',
    ],
    [
      'an address outside',
      end('1.1.1.1', ['cidr:1.1.1.0/24', 'reserved:world'], '1.1.1.1'),
      '- "1.1.1.1/32"',
    ],
    ['an address of version 6', end('x', ['reserved:world-ipv6'], '2001:db8::1'), '- "2001:db8::1/128"'],
  ])('names %s', (_, peer, text) => {
    const own = { ...denied, peer };
    const suggestion = suggestRule(own);
    expect(yamlOf(rule(suggestion).cilium)).toContain(text);
    expect(rule(suggestion).cautions).not.toEqual([]);
    for (const yaml of manifests(suggestion)) {
      expect(decide(yaml, connectionOf(own)).kind).toBe('allowed');
      expect(decide(yaml, connectionOf(denied)).kind).toBe('denied');
    }
  });

  it('names a peer outside by its DNS name on the way out', () => {
    const out: Denied = {
      ...denied,
      direction: 'egress',
      subject: denied.peer,
      peer: end('api.github.com', ['cidr:140.82.0.0/16', 'reserved:world'], '140.82.1.1', ['api.github.com']),
      port: 443,
    };
    const { cilium, kubernetes } = rule(suggestRule(out));
    expect(yamlOf(cilium)).toContain('toFQDNs:\n        - matchName: api.github.com');
    expect(decide(yamlOf(cilium), connectionOf(out)).kind).toBe('allowed');
    const other = { ...out, peer: { ...out.peer, dnsNames: ['github.com'], ip: '140.82.1.2' } };
    expect(decide(yamlOf(cilium), connectionOf(other)).kind).toBe('denied');
    expect(yamlOf(kubernetes)).toContain('cidr: "140.82.1.1/32"');
  });

  it.each<[string, Partial<Denied>, RegExp]>([
    ['the host firewall', { subject: end('host', ['reserved:host']) }, /host firewall/],
    ['the proxy of Ingress', { subject: end('ingress', ['reserved:ingress']) }, /selects reserved:ingress/],
    ['a subject that is no pod', { subject: end('x', []) }, /which pod the policies select/],
    [
      'a subject without labels',
      { subject: end('bare', [POD, 'k8s:pod-template-hash=1']) },
      /bare, has no label of its own/,
    ],
    ['a peer without labels', { peer: end('bare', [POD]) }, /let in all of default/],
    [
      'a peer that nobody knows',
      { peer: end('10.0.0.9', [], '10.0.0.9') },
      /does not tell who the other side is/,
    ],
    ['an outside without address', { peer: end('x', ['reserved:world']) }, /does not tell the address/],
  ])('has none for %s', (_, part, why) => {
    const suggestion = suggestRule({ ...denied, ...part });
    expect(suggestion.kind === 'none' ? suggestion.why : '').toMatch(why);
  });

  it('allows what was denied and no other workload, port, protocol or direction', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'true', '1', 'x.y_z', 'no', '0x1f');
    // Each workload has a name of its own; all else they may share.
    const workload = fc.record({
      name: fc.constantFrom('cart', 'web', 'db', 'pay', 'mail'),
      namespace: fc.constantFrom('shop', 'default'),
      tier: word,
      team: fc.option(word, { nil: undefined }),
      cluster: fc.constantFrom('c1', 'c2'),
    });
    type Workload = typeof workload extends fc.Arbitrary<infer W> ? W : never;
    const labelsOf = ({ name, namespace, tier, team, cluster }: Workload): readonly string[] => [
      `k8s:app=${name}`,
      `k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=${namespace}`,
      `k8s:io.cilium.k8s.policy.cluster=${cluster}`,
      `k8s:io.kubernetes.pod.namespace=${namespace}`,
      `k8s:pod-template-hash=${name}1`,
      `k8s:tier=${tier}`,
      ...(team === undefined ? [] : [`k8s:team=${team}`]),
    ];
    fc.assert(
      fc.property(
        fc.array(workload, { minLength: 3, maxLength: 6 }),
        fc.constantFrom('ingress' as const, 'egress' as const),
        fc.integer({ min: 1, max: 65_535 }),
        fc.constantFrom('TCP' as const, 'UDP' as const, 'SCTP' as const),
        (workloads, direction, port, protocol) => {
          const [subject, peer] = workloads;
          if (subject === undefined || peer === undefined) return;
          const wanted: Denied = {
            direction,
            subject: end(subject.name, labelsOf(subject)),
            peer: end(peer.name, labelsOf(peer)),
            protocol,
            port,
            icmp: undefined,
            request: undefined,
          };
          const suggestion = suggestRule(wanted);
          expect(suggestion.kind).toBe('rule');
          const connection = connectionOf(wanted);
          for (const yaml of manifests(suggestion)) {
            // Only Cilium's policies name clusters; the caution beside the other says so.
            const tells = yaml.includes('policy.cluster:')
              ? (['name', 'namespace', 'tier', 'cluster'] as const)
              : (['name', 'namespace', 'tier'] as const);
            expect(decide(yaml, connection).kind).toBe('allowed');
            expect(decide(yaml, { ...connection, port: (port % 65_535) + 1 }).kind).toBe('denied');
            expect(decide(yaml, { ...connection, protocol: protocol === 'TCP' ? 'UDP' : 'TCP' }).kind).toBe(
              'denied',
            );
            expect(decide(yaml, { ...connection, protocol: 'ICMP', port: 0 }).kind).toBe('denied');
            const back = direction === 'ingress' ? 'egress' : 'ingress';
            expect(decide(yaml, { ...connection, direction: back }).kind).toBe('not-enforced');
            for (const other of workloads) {
              const isPeer = tells.every((part) => peer[part] === other[part]);
              const decision = decide(yaml, { ...connection, peer: labelsOf(other) });
              if (!isPeer) expect(decision.kind).toBe('denied');
              // One that has all labels of the peer and more cannot be told from it by any selector of labels.
              const hasAll = isPeer && (peer.team === undefined || peer.team === other.team);
              if (isPeer && !hasAll) expect(decision.kind).toBe('denied');
              // Nobody else is selected, so nobody else is denied anything by it.
              const isSubject =
                (['name', 'namespace', 'tier'] as const).every((part) => subject[part] === other[part]) &&
                (subject.team === undefined || subject.team === other.team);
              if (!isSubject) {
                expect(decide(yaml, { ...connection, subject: labelsOf(other) }).kind).toBe('not-enforced');
              }
            }
          }
        },
      ),
      { seed: 3, numRuns: 150 },
    );
  });
});

describe('readDenied', () => {
  const base = {
    verdict: 2,
    dropReasonDesc: 133,
    trafficDirection: 1,
    source: { labels: XWING, podName: 'xwing' },
    destination: { labels: DEATHSTAR, workloads: [{ name: 'deathstar', kind: 'Deployment' }] },
    IP: { source: '10.0.0.1', destination: '10.0.0.2' },
  } satisfies MessageInitShape<typeof FlowSchema>;
  const tcp = (
    sourcePort: number,
    destinationPort: number,
    flags: { SYN?: boolean; ACK?: boolean; RST?: boolean },
  ) => ({ l4: { protocol: { case: 'TCP', value: { sourcePort, destinationPort, flags } } } }) as const;
  const read = (init: MessageInitShape<typeof FlowSchema>) => readDenied(create(FlowSchema, init));

  it('reads subject and peer by direction', () => {
    const ingress = read({ ...base, ...tcp(40_000, 80, { SYN: true }) });
    expect(ingress).toMatchObject({
      kind: 'denied',
      denied: { direction: 'ingress', subject: { name: 'deathstar' }, peer: { name: 'xwing' }, port: 80 },
      cautions: [],
    });
    expect(read({ ...base, trafficDirection: 2, ...tcp(40_000, 80, { SYN: true }) })).toMatchObject({
      denied: { direction: 'egress', subject: { name: 'xwing' }, peer: { name: 'deathstar' } },
    });
  });

  it('reads a denied request, with its path', () => {
    const l7 = {
      type: 1,
      record: { case: 'http', value: { method: 'PUT', url: 'http://deathstar/v1/exhaust-port?x' } },
    } as const;
    expect(read({ ...base, dropReasonDesc: 0, ...tcp(40_000, 80, {}), l7 })).toMatchObject({
      denied: { request: { kind: 'http', method: 'PUT', path: '/v1/exhaust-port?x' } },
    });
  });

  it.each([
    ['ICMPv4', 8, 4],
    ['ICMPv4', 0x80, 4],
    ['ICMPv6', 128, 6],
    ['ICMPv6', 0, 6],
  ] as const)('reads a message of %s by its type, %i', (kind, type, family) => {
    const l4 = { protocol: { case: kind, value: { type } } };
    expect(read({ ...base, l4 })).toMatchObject({
      kind: 'denied',
      denied: { subject: { name: 'deathstar' }, peer: { name: 'xwing' }, icmp: { family, type } },
      cautions: [],
    });
  });

  it.each([
    ['ICMPv4', 3],
    ['ICMPv6', 2],
  ] as const)('warns that an error of %s, type %i, belongs to no connection', (kind, type) => {
    expect(read({ ...base, l4: { protocol: { case: kind, value: { type } } } })).toMatchObject({
      kind: 'denied',
      cautions: [expect.stringMatching(/belongs to none/)],
    });
  });

  it('takes an audited verdict as a denial', () => {
    const audited = { ...base, verdict: 4, dropReasonDesc: 0, ...tcp(40_000, 80, { SYN: true }) } as const;
    // No audited verdict tells which of the two it was.
    expect(read(audited)).toMatchObject({
      kind: 'denied',
      cautions: [expect.stringMatching(/against a deny rule this rule does nothing/)],
    });
    const masked = { ...audited, verdict: 2, eventType: { type: 1, subType: 133 } } as const;
    expect(read(masked)).toMatchObject({ kind: 'denied', cautions: [] });
  });

  it.each<[string, MessageInitShape<typeof FlowSchema>, RegExp]>([
    [
      'an explicit deny',
      { ...base, dropReasonDesc: 181, ...tcp(40_000, 80, { SYN: true }) },
      /deny rules win/,
    ],
    [
      'a named deny',
      { ...base, ingressDeniedBy: [{ name: 'p' }], ...tcp(40_000, 80, { SYN: true }) },
      /deny rules win/,
    ],
    [
      'a stale reply',
      { ...base, ...tcp(80, 40_000, { ACK: true, RST: true }) },
      /looks like a reply, from port 80/,
    ],
    ['an answer to a SYN', { ...base, ...tcp(80, 40_000, { SYN: true, ACK: true }) }, /looks like a reply/],
    [
      'another reason',
      { ...base, dropReasonDesc: 151, ...tcp(40_000, 80, { SYN: true }) },
      /no rule would change/,
    ],
    [
      'no direction',
      { ...base, trafficDirection: 0, ...tcp(40_000, 80, { SYN: true }) },
      /on ingress or on egress/,
    ],
    [
      'an answer to a ping',
      { ...base, l4: { protocol: { case: 'ICMPv4', value: { type: 0 } } } },
      /is ICMP and looks like a reply/,
    ],
    [
      'an answer to a ping over IPv6',
      { ...base, l4: { protocol: { case: 'ICMPv6', value: { type: 129 } } } },
      /is ICMP and looks like a reply/,
    ],
    [
      'ICMP on the way back',
      { ...base, isReply: true, l4: { protocol: { case: 'ICMPv4', value: { type: 14 } } } },
      /is ICMP and looks like a reply/,
    ],
    [
      'a type that ICMP cannot have',
      { ...base, l4: { protocol: { case: 'ICMPv4', value: { type: 256 } } } },
      /no type 256/,
    ],
    [
      'a drop of which a mask left the sub type',
      {
        ...base,
        dropReasonDesc: 0,
        eventType: { type: 1, subType: 181 },
        ...tcp(40_000, 80, { SYN: true }),
      },
      /deny rules win/,
    ],
    [
      'want of authentication',
      { ...base, dropReasonDesc: 189, ...tcp(40_000, 80, { SYN: true }) },
      /only once both ends have authenticated/,
    ],
    [
      'a drop without a reason',
      { ...base, dropReasonDesc: 0, ...tcp(40_000, 80, { SYN: true }) },
      /does not tell why it was dropped/,
    ],
    [
      'a request without its record',
      { ...base, dropReasonDesc: 0, Type: 2, ...tcp(40_000, 80, {}) },
      /does not hold what a rule on layer 7/,
    ],
    ['no transport', { ...base }, /none of them/],
    [
      'Kafka',
      { ...base, ...tcp(4, 9092, {}), l7: { record: { case: 'kafka', value: { topic: 't' } } } },
      /does not hold what a rule on layer 7/,
    ],
  ])('points at the cause for %s', (_, init, why) => {
    const told = read(init);
    expect(told.kind === 'no-policy' ? told.why : '').toMatch(why);
  });

  it('offers a rule with a caution for a packet in the middle of a connection', () => {
    expect(read({ ...base, ...tcp(40_000, 80, { ACK: true }) })).toMatchObject({
      kind: 'denied',
      cautions: [expect.stringMatching(/not the first packet/)],
    });
  });

  it('has nothing to say of what was not denied', () => {
    expect(read({ ...base, verdict: 1 }).kind).toBe('nothing');
    expect(read({}).kind).toBe('nothing');
  });
});
