import { Verdict } from '@finderscope/hubble-api';
import { expect, it } from 'vitest';
import type { Edge, EdgeNode, EdgesAnswer } from '../../../engine/protocol.ts';
import { graphFromAnswer } from './from-answer.ts';

const CART_PODS = { values: ['shop/cart-'], others: 0 };
const NODE: EdgeNode = {
  id: 'workload:/shop/Deployment/cart',
  kind: 'inside',
  name: 'cart',
  namespace: 'shop',
  cluster: '',
  workloadKind: 'Deployment',
  pods: 2,
  podNames: CART_PODS,
  identities: [7],
  flows: 9,
};
const EDGE: Edge = {
  from: 0,
  to: 1,
  flows: 40,
  replies: 20,
  verdicts: [[Verdict.FORWARDED, 20]],
  ended: [
    [Verdict.FORWARDED, 6],
    [Verdict.DROPPED, 4],
  ],
  droppedAtSource: 3,
  dropReason: 133,
  ports: [{ port: 80, protocol: 'TCP', l7: 'http', flows: 40 }],
  portsInAll: 1,
  l7: { requests: 8, responses: 7, denied: 1, http4xx: 2, http5xx: 1, dnsErrors: 0, untold: 2 },
  p95Ns: 2_500_000,
  lastNs: 5n,
};

function answer(edge: Edge): EdgesAnswer {
  return {
    kind: 'edges',
    nodes: [NODE, { ...NODE, id: 'unknown:', kind: 'unknown', name: '', namespace: '' }],
    edges: [edge],
    folded: { edges: 0, nodes: 0, flows: 0 },
    sockets: 0,
    spanNs: [1n, 5n],
  };
}

it('counts packets by where they ended, not flows', () => {
  const { nodes, links } = graphFromAnswer(answer(EDGE), 'workload', 60, 5n);
  expect(links[0]).toMatchObject({
    source: NODE.id,
    target: 'unknown:',
    count: 10,
    mix: { forwarded: 6, dropped: 4 },
    stop: 'source',
    dropReason: 'Policy denied',
    ports: [{ port: 80, protocol: 'TCP', l7: 'HTTP', count: 40 }],
    requests: 8,
    answered: 5,
    untold: 2,
    failures: 3,
    p95Ms: 2.5,
  });
  expect(nodes.map(({ name, outside }) => [name, outside])).toEqual([
    ['cart', undefined],
    ['unknown', 'reserved'],
  ]);
});

it('counts a denied request once, be its response seen or not', () => {
  const failed = (denied: number, http4xx: number): readonly (number | undefined)[] => {
    const [link] = graphFromAnswer(
      answer({
        ...EDGE,
        l7: { requests: 8, responses: http4xx, denied, http4xx, http5xx: 0, dnsErrors: 0, untold: 0 },
      }),
      'workload',
      60,
      5n,
    ).links;
    return [link?.failures, link?.answered];
  };
  expect([failed(3, 3), failed(3, 0), failed(3, 5)]).toEqual([
    [3, 3],
    // The filter leaves all answers out: of eight requests three are known to have failed.
    [3, 8],
    [5, 5],
  ]);
});

it('draws a link of which only replies were seen', () => {
  const { links } = graphFromAnswer(answer({ ...EDGE, ended: [], flows: 5 }), 'workload', 60, 5n);
  expect(links[0]).toMatchObject({ count: 5, mix: { forwarded: 5, dropped: 0 } });
});

it('puts no island around a namespace', () => {
  const { nodes } = graphFromAnswer(answer(EDGE), 'namespace', 60, 5n);
  expect(nodes[0]?.namespace).toBe('');
});
