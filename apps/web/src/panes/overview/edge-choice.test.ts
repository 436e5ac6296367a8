import { describe, expect, it } from 'vitest';
import type { Edge, EdgeNode } from '../../engine/protocol.ts';
import { endName, flowsOf, mainPort, pairChoice, pairsOf } from './edge-choice.ts';

const CART_PODS = { values: ['shop/cart-'], others: 0 };
const ALONE_PODS = { values: ['shop/alone'], others: 0 };

function node(over: Partial<EdgeNode>): EdgeNode {
  return {
    id: 'workload:kind/shop/Deployment/cart',
    kind: 'inside',
    name: 'cart',
    namespace: 'shop',
    cluster: '',
    workloadKind: 'Deployment',
    pods: 1,
    podNames: CART_PODS,
    identities: [],
    flows: 1,
    ...over,
  };
}

const EDGE: Edge = {
  from: 0,
  to: 1,
  flows: 9,
  replies: 2,
  verdicts: [
    [1, 5],
    [2, 2],
  ],
  ended: [],
  droppedAtSource: 0,
  dropReason: 0,
  ports: [{ port: 80, protocol: 'TCP', l7: 'http', flows: 9 }],
  portsInAll: 1,
  l7: { requests: 0, responses: 0, denied: 0, http4xx: 0, http5xx: 0, dnsErrors: 0, untold: 0 },
  p95Ns: undefined,
  lastNs: 0n,
};

const choiceOf = (from: EdgeNode, to: EdgeNode): readonly string[] =>
  pairChoice({ edge: EDGE, from, to }).map(({ field, value }) => `${field}:${value}`);

describe('a pair', () => {
  it('is asked for by the names of its pods, or by what stands for an end outside', () => {
    expect(
      choiceOf(node({}), node({ id: 'dns:api.github.com', kind: 'dns', name: 'api.github.com' })),
    ).toEqual(['from-pod:shop/cart-', 'to-fqdn:api.github.com']);
    expect(
      choiceOf(
        node({ id: 'reserved:world', kind: 'reserved', name: 'world' }),
        node({ id: 'pod:kind/shop/alone', name: 'alone', workloadKind: '', podNames: ALONE_PODS }),
      ),
    ).toEqual(['from-identity:world', 'to-pod:shop/alone']);
    expect(
      choiceOf(node({ kind: 'address', name: '20.1.1.1/32' }), node({ name: 'shop', podNames: undefined })),
    ).toEqual(['from-ip:20.1.1.1/32', 'to-namespace:shop']);
  });

  it('cannot be asked for when an end has no word', () => {
    expect(choiceOf(node({}), node({ kind: 'unknown', name: '' }))).toEqual([]);
    expect(choiceOf(node({ kind: 'reserved', name: 'cluster-mesh-thing' }), node({}))).toEqual([]);
  });
});

it('reads as a person writes it', () => {
  expect([
    endName(node({})),
    endName(node({ kind: 'dns', name: 'api.github.com', namespace: '' })),
    endName(node({ kind: 'unknown', name: '' })),
  ]).toEqual(['shop/cart', 'api.github.com', 'unknown']);
  expect([mainPort(EDGE), mainPort({ ...EDGE, ports: [] })]).toEqual(['80 TCP', '']);
  expect([flowsOf(EDGE, 2), flowsOf(EDGE, 5)]).toEqual([2, 0]);
  const answer = {
    kind: 'edges',
    edges: [EDGE],
    folded: { edges: 0, nodes: 0, flows: 0 },
    sockets: 0,
    spanNs: undefined,
  } as const;
  expect(
    pairsOf({ ...answer, nodes: [node({}), node({ name: 'db' })] }, false).map(({ to }) => to.name),
  ).toEqual(['db']);
});

it('names the cluster, and asks for it, only where there are several', () => {
  const nodes = [
    node({ cluster: 'blue' }),
    node({
      cluster: 'green',
      id: 'pod:green/shop/alone',
      name: 'alone',
      workloadKind: '',
      podNames: ALONE_PODS,
    }),
  ];
  const said = (several: boolean) =>
    pairsOf(
      {
        kind: 'edges',
        edges: [EDGE],
        folded: { edges: 0, nodes: 0, flows: 0 },
        sockets: 0,
        spanNs: undefined,
        nodes,
      },
      several,
    ).map((pair) => [
      endName(pair.from),
      endName(pair.to),
      ...pairChoice(pair).map(({ field, value }) => `${field}:${value}`),
    ]);
  expect(said(false)).toEqual([['shop/cart', 'shop/alone', 'from-pod:shop/cart-', 'to-pod:shop/alone']]);
  expect(said(true)).toEqual([
    [
      'blue/shop/cart',
      'green/shop/alone',
      'from-cluster:blue',
      'from-pod:shop/cart-',
      'to-cluster:green',
      'to-pod:shop/alone',
    ],
  ]);
});
