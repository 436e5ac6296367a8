import { describe, expect, test } from 'vitest';

import {
  allowsHttp,
  type HttpRequest,
  type Connection,
  createPolicySet,
  type Decision,
  parsePolicies,
  PolicyMatch,
} from './index.ts';

const pod = (namespace: string, labels: string): readonly string[] => [
  'k8s:io.cilium.k8s.policy.cluster=default',
  `k8s:io.kubernetes.pod.namespace=${namespace}`,
  ...labels
    .split(' ')
    .filter((label) => label !== '')
    .map((label) => `k8s:${label}`),
];
const DEATHSTAR = pod('default', 'org=empire class=deathstar');
const TIEFIGHTER = pod('default', 'org=empire class=tiefighter');
const XWING = pod('default', 'org=alliance class=xwing');
const WORLD = ['cidr:1.1.1.1/32', 'reserved:world'];

const policy = (spec: string, name = 'p', kind = 'CiliumNetworkPolicy'): string => `
apiVersion: cilium.io/v2
kind: ${kind}
metadata:
  name: ${name}
spec:
${spec.replace(/^/gm, '  ')}`;

function decide(yaml: string, connection: Partial<Connection> = {}): Decision {
  const parsed = parsePolicies(yaml);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return createPolicySet(parsed.value, 3n).decide({
    direction: 'ingress',
    subject: DEATHSTAR,
    peer: TIEFIGHTER,
    protocol: 'TCP',
    port: 80,
    ...connection,
  });
}

/** The decision in a word or two: the match and who, or why not. */
function draw(decision: Decision): string {
  switch (decision.kind) {
    case 'not-enforced':
      return 'not enforced';
    case 'denied':
      return `denied ${decision.reason} ${decision.match} [${decision.by.map(({ name }) => name).join()}]`;
    case 'allowed': {
      const http = decision.http === undefined ? '' : ' http';
      return `allowed ${decision.match} [${decision.by.map(({ name }) => name).join()}]${http}`;
    }
  }
}

const RULE1 = policy(
  `
endpointSelector: {matchLabels: {org: empire, class: deathstar}}
ingress:
  - fromEndpoints:
      - matchLabels: {org: empire}
    toPorts:
      - ports: [{port: "80", protocol: TCP}]`,
  'rule1',
);
const HTTP = `${RULE1}
          rules: {http: [{method: POST, path: /v1/request-landing}]}`;

describe('selection', () => {
  test.each<[string, Partial<Connection>, string]>([
    ['the peer and port of the rule', {}, 'allowed 2 [rule1]'],
    ['another peer', { peer: XWING }, 'denied default 0 []'],
    ['the same labels in another namespace', { peer: pod('other', 'org=empire') }, 'denied default 0 []'],
    ['another port', { port: 81 }, 'denied default 0 []'],
    ['another protocol', { protocol: 'UDP' }, 'denied default 0 []'],
    ['ICMP', { protocol: 'ICMP', port: 0 }, 'denied default 0 []'],
    ['the other direction', { direction: 'egress' }, 'not enforced'],
    ['another subject', { subject: XWING }, 'not enforced'],
    [
      'the subject in another namespace',
      { subject: pod('other', 'org=empire class=deathstar') },
      'not enforced',
    ],
  ])('%s', (_, connection, expected) => {
    expect(draw(decide(RULE1, connection))).toBe(expected);
  });

  test('names the policy as Hubble does', () => {
    expect(decide(RULE1)).toMatchObject({
      match: PolicyMatch.L3_L4,
      by: [
        {
          kind: 'CiliumNetworkPolicy',
          name: 'rule1',
          namespace: 'default',
          revision: 3n,
          labels: [
            'k8s:io.cilium.k8s.policy.derived-from=CiliumNetworkPolicy',
            'k8s:io.cilium.k8s.policy.name=rule1',
            'k8s:io.cilium.k8s.policy.namespace=default',
          ],
        },
      ],
    });
  });

  test.each([
    ['ingress: [{fromEndpoints: [{}]}]', 'allowed 1 [p]'],
    ['ingress: [{fromEndpoints: []}]', 'denied default 0 []'],
    ['ingress: [{fromEntities: [all]}]', 'allowed 4 [p]'],
    ['ingress: [{fromEntities: [cluster]}]', 'allowed 1 [p]'],
    ['ingress: [{fromEntities: [world, host]}]', 'denied default 0 []'],
    ['ingress: [{}]', 'denied default 0 []'],
    ['ingressDeny: [{}]', 'denied default 0 []'],
    ['ingress: []\negress: [{}]', 'not enforced'],
    ['enableDefaultDeny: {ingress: true}\ningress: []\negress: [{}]', 'denied default 0 []'],
    ['egress: [{}]', 'not enforced'],
    ['ingress: [{toPorts: [{ports: [{port: "80"}]}]}]', 'allowed 3 [p]'],
    ['ingress: [{toPorts: [{ports: [{port: "79", endPort: 81}]}]}]', 'allowed 3 [p]'],
    ['ingress: [{toPorts: [{ports: [{port: "0", protocol: TCP}]}]}]', 'allowed 6 [p]'],
    ['ingress: [{fromEndpoints: [{}], toPorts: [{ports: [{port: "0", protocol: TCP}]}]}]', 'allowed 5 [p]'],
    [
      'ingress: [{fromEntities: [all]}]\ningressDeny: [{fromEndpoints: [{matchLabels: {org: empire}}]}]',
      'denied explicit 1 [p]',
    ],
    [
      'enableDefaultDeny: {ingress: false}\ningress: [{fromEndpoints: [{matchLabels: {x: y}}]}]',
      'allowed 4 []',
    ],
  ])('%s: %s', (rules, expected) => {
    expect(draw(decide(policy(`endpointSelector: {}\n${rules}`)))).toBe(expected);
  });

  test.each([
    ['{matchExpressions: [{key: org, operator: In, values: [empire, x]}]}', 'allowed'],
    ['{matchExpressions: [{key: org, operator: NotIn, values: [empire]}]}', 'denied'],
    ['{matchExpressions: [{key: nope, operator: NotIn, values: [empire]}]}', 'allowed'],
    ['{matchExpressions: [{key: class, operator: Exists}]}', 'allowed'],
    ['{matchExpressions: [{key: class, operator: DoesNotExist}]}', 'denied'],
    ['{matchLabels: {"k8s:org": empire}}', 'allowed'],
    ['{matchLabels: {"any:org": empire}}', 'allowed'],
    ['{matchLabels: {"container:org": empire}}', 'denied'],
    ['{matchLabels: {"k8s:io.kubernetes.pod.namespace": default}}', 'allowed'],
    ['{matchLabels: {"k8s:io.kubernetes.pod.namespace": other}}', 'denied'],
  ])('a peer of %s is %s', (selector, kind) => {
    const rules = `endpointSelector: {}\ningress: [{fromEndpoints: [${selector}]}]`;
    expect(decide(policy(rules)).kind).toBe(kind);
  });

  test('reserved entities', () => {
    const from = (entity: string): string =>
      policy(`endpointSelector: {}\ningress: [{fromEntities: [${entity}]}]`);
    expect(decide(from('world'), { peer: WORLD }).kind).toBe('allowed');
    expect(decide(from('cluster'), { peer: WORLD }).kind).toBe('denied');
    expect(decide(from('host'), { peer: ['reserved:host'] }).kind).toBe('allowed');
    expect(
      decide(from('remote-node'), { peer: ['reserved:kube-apiserver', 'reserved:remote-node'] }).kind,
    ).toBe('allowed');
    expect(decide(from('none'), { peer: WORLD }).kind).toBe('denied');
  });

  test('entity cluster is its own pods and what is reserved, but no pod of another cluster', () => {
    const yaml = policy('endpointSelector: {}\ningress: [{fromEntities: [cluster]}]');
    const far = [...pod('default', 'org=empire').slice(1), 'k8s:io.cilium.k8s.policy.cluster=cluster2'];
    expect(draw(decide(yaml, { peer: pod('other', 'org=empire') }))).toBe('allowed 1 [p]');
    expect(draw(decide(yaml, { peer: far }))).toBe('denied default 0 []');
    expect(draw(decide(yaml, { subject: [...DEATHSTAR.slice(1), far.at(-1) ?? ''], peer: far }))).toBe(
      'allowed 1 [p]',
    );
    const allowed = [...RESERVED, 'world', 'world-ipv4'].filter(
      (name) => decide(yaml, { peer: [`reserved:${name}`] }).kind === 'allowed',
    );
    expect(allowed).toEqual(RESERVED);
    const outside = ['reserved:kube-apiserver', 'reserved:world'];
    expect(decide(yaml, { peer: outside }).kind).toBe('allowed');
  });

  const RESERVED = ['host', 'remote-node', 'kube-apiserver', 'ingress', 'init', 'health', 'unmanaged'];
  test.each(RESERVED)('entity %s is what carries its reserved label, in both directions', (entity) => {
    const names = [...RESERVED, 'world'];
    for (const [direction, rule] of [
      ['ingress', `ingress: [{fromEntities: [${entity}]}]`],
      ['egress', `egress: [{toEntities: [${entity}]}]`],
    ] as const) {
      const yaml = policy(`endpointSelector: {}\n${rule}`);
      const allowed = names.filter(
        (name) => decide(yaml, { direction, peer: [`reserved:${name}`] }).kind === 'allowed',
      );
      expect(allowed).toEqual([entity]);
      expect(decide(yaml, { direction, peer: pod('default', entity) }).kind).toBe('denied');
    }
  });

  test('the API server on a node is reached by either of its entities', () => {
    const yaml = policy('endpointSelector: {}\ningress: [{fromEntities: [kube-apiserver]}]');
    expect(decide(yaml, { peer: ['reserved:kube-apiserver', 'reserved:remote-node'] }).kind).toBe('allowed');
    expect(decide(yaml, { peer: ['reserved:remote-node'] }).kind).toBe('denied');
  });

  test('a list of specs is one policy, each spec with its own endpoints', () => {
    const yaml = `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: several}
specs:
  - endpointSelector: {matchLabels: {class: deathstar}}
    ingress: [{fromEndpoints: [{matchLabels: {org: empire}}]}]
  - endpointSelector: {matchLabels: {org: alliance}}
    egress: [{toEntities: [world]}]`;
    expect(draw(decide(yaml))).toBe('allowed 1 [several]');
    expect(draw(decide(yaml, { peer: XWING }))).toBe('denied default 0 []');
    const fromXwing = { direction: 'egress', subject: XWING } as const;
    expect(draw(decide(yaml, { ...fromXwing, peer: WORLD }))).toBe('allowed 1 [several]');
    expect(draw(decide(yaml, fromXwing))).toBe('denied default 0 []');
    expect(draw(decide(yaml, { direction: 'egress' }))).toBe('not enforced');
    const second = parsePolicies(yaml.replace('toEntities: [world]', 'toEntities: [moon]'));
    expect(second).toMatchObject({ ok: false, error: [{ line: 9 }] });
  });

  test('a clusterwide policy selects in every namespace, and no peer that is in none', () => {
    const from = (selector: string, peer: readonly string[]): Decision =>
      decide(
        policy(
          `endpointSelector: {}\ningress: [{fromEndpoints: [${selector}]}]`,
          'all',
          'CiliumClusterwideNetworkPolicy',
        ),
        { subject: pod('x', ''), peer },
      );
    expect(from('{}', pod('y', ''))).toMatchObject({
      kind: 'allowed',
      match: PolicyMatch.L3_ONLY,
      by: [{ namespace: '' }],
    });
    expect(from('{}', WORLD).kind).toBe('denied');
    expect(from('{}', ['reserved:host']).kind).toBe('denied');
    expect(from('{matchLabels: {"reserved:host": ""}}', ['reserved:host']).kind).toBe('allowed');
    expect(from('{matchLabels: {"k8s:io.kubernetes.pod.namespace": y}}', pod('y', '')).kind).toBe('allowed');
    expect(from('{matchLabels: {"k8s:io.kubernetes.pod.namespace": y}}', pod('z', '')).kind).toBe('denied');
  });

  test.each([
    ['below', (selector: string, rule: string) => `${rule}\nendpointSelector: ${selector}`],
    ['above', (selector: string, rule: string) => `endpointSelector: ${selector}\n${rule}`],
  ])(
    'a clusterwide policy for endpoints without labels asks no peer for a namespace, named %s',
    (_, write) => {
      const INIT = ['reserved:init'];
      const at = (kind: string, peer: readonly string[]): string => {
        const selector = '{matchLabels: {"reserved:init": ""}}';
        const spec = write(selector, 'ingress: [{fromEndpoints: [{}]}]');
        return draw(decide(policy(spec, 'p', kind), { subject: INIT, peer }));
      };
      for (const peer of [INIT, WORLD, ['reserved:host'], pod('y', '')]) {
        expect(at('CiliumClusterwideNetworkPolicy', peer)).toMatch(/^allowed/);
      }
      // One of a namespace selects nothing that is in none.
      expect(at('CiliumNetworkPolicy', INIT)).toBe('not enforced');
    },
  );

  test('the most specific entry decides who allowed, several policies are all named', () => {
    const all = policy('endpointSelector: {}\ningress: [{fromEntities: [all]}]', 'allow-all');
    expect(draw(decide(`${all}\n---${RULE1}`))).toBe('allowed 2 [rule1]');
    expect(draw(decide(`${RULE1}\n---${RULE1.replace('rule1', 'another')}`))).toBe(
      'allowed 2 [another,rule1]',
    );
    expect(draw(decide(`${all}\n---${RULE1}`, { peer: XWING }))).toBe('allowed 4 [allow-all]');
  });
});

describe('HTTP', () => {
  const request: HttpRequest = { method: 'POST', path: '/v1/request-landing', host: 'h', headers: [] };

  function passes(yaml: string, change: Partial<HttpRequest>): boolean {
    const decision = decide(yaml);
    if (decision.kind !== 'allowed' || decision.http === undefined) throw new Error(draw(decision));
    return allowsHttp(decision.http, { ...request, ...change });
  }

  test('whole values must match', () => {
    expect(passes(HTTP, {})).toBe(true);
    expect(passes(HTTP, { method: 'PUT' })).toBe(false);
    expect(passes(HTTP, { path: '/v1/request-landing/x' })).toBe(false);
    expect(passes(HTTP, { path: '/x/v1/request-landing' })).toBe(false);
  });

  test('headers, with and without a value', () => {
    const yaml = HTTP.replace('method: POST, path: /v1/request-landing', 'headers: ["X-Token: 7", X-Any]');
    const header = (key: string, value: string) => ({ key, value });
    expect(passes(yaml, { headers: [header('x-token', '7'), header('x-any', 'z')] })).toBe(true);
    expect(passes(yaml, { headers: [header('x-token', '8'), header('x-any', 'z')] })).toBe(false);
    expect(passes(yaml, { headers: [header('x-token', '7')] })).toBe(false);
  });

  test('a policy without HTTP rules lets everything pass, through the proxy', () => {
    const all = policy('endpointSelector: {}\ningress: [{fromEntities: [all]}]', 'allow-all');
    expect(draw(decide(`${all}\n---${HTTP}`))).toBe('allowed 2 [rule1] http');
    expect(passes(`${all}\n---${HTTP}`, { method: 'PUT' })).toBe(true);
  });
});

describe('problems name their line', () => {
  test.each<[string, number, RegExp]>([
    [
      policy('endpointSelector: {}\ningress:\n  - fromGroups: [{}]'),
      9,
      /^ingress: "fromGroups" is not understood$/,
    ],
    [policy('endpointSelector: {}\ningress: [{toEndpoints: [{}]}]'), 8, /"toEndpoints" is not understood/],
    [policy('endpointSelector: {}\negress: [{toEntities: [moon]}]'), 8, /"moon" is not one of all, world/],
    [
      policy('endpointSelector: {}\ningress:\n  - toPorts:\n      - ports: [{port: http_alt}]'),
      10,
      /port must be a number/,
    ],
    [
      policy('endpointSelector: {}\ningress: [{toPorts: [{ports: [{port: "90", endPort: 80}]}]}]'),
      8,
      /below port/,
    ],
    [
      policy('endpointSelector: {}\ningress: [{toPorts: [{ports: [{port: "1", protocol: X}]}]}]'),
      8,
      /protocol must be/,
    ],
    [
      policy('endpointSelector: {matchExpressions: [{key: a, operator: Like}]}'),
      7,
      /operator must be one of/,
    ],
    [policy('endpointSelector: {matchExpressions: [{key: a, operator: In}]}'), 7, /In needs values/],
    [policy('ingress: [{}]'), 7, /endpointSelector is missing/],
    [policy('endpointSelector: {}'), 7, /^spec: no rule in ingress, ingressDeny, egress, egressDeny: /],
    [policy('endpointSelector: {}\nenableDefaultDeny: {ingress: true}\ningress: []'), 9, /^spec: no rule in/],
    [
      policy('endpointSelector: {}\ningress: []\negress: []'),
      8,
      /\[\{\}\] denies by default, \[\] does not$/,
    ],
    [policy('endpointSelector: {}\ningress: 7'), 8, /^ingress must be a list$/],
    [policy('endpointSelector: {}').replace('kind: Cilium', 'kind: Calico'), 3, /^kind must be one of/],
    [policy('endpointSelector: {}').replace('v2', 'v1'), 2, /apiVersion must be/],
    [
      policy('endpointSelector: {}\ningress: [{toPorts: [{rules: {http: [{path: "("}]}}]}]'),
      8,
      /http.path: Invalid/,
    ],
    ['a: [', 1, /flow sequence|end/i],
    ['---\n- 1\n', 2, /policy must be a mapping/],
  ])('%s', (yaml, line, message) => {
    const parsed = parsePolicies(yaml);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.error[0]?.message).toMatch(message);
    expect(parsed.error[0]?.line).toBe(line);
  });

  test('in the second document of a text too', () => {
    const parsed = parsePolicies(`${RULE1}\n---${policy('endpointSelector: {}\ningress: [{}]\nnope: 1')}`);
    const lineOfNope =
      `${RULE1}\n---${policy('endpointSelector: {}\ningress: [{}]\nnope: 1')}`
        .split('\n')
        .findIndex((text) => text.includes('nope')) + 1;
    expect(parsed).toMatchObject({ ok: false, error: [{ line: lineOfNope, column: 3 }] });
  });

  test('nothing, comments and empty documents are no policies', () => {
    expect(parsePolicies('')).toEqual({ ok: true, value: [] });
    expect(parsePolicies('# none\n---\n')).toEqual({ ok: true, value: [] });
  });
});
