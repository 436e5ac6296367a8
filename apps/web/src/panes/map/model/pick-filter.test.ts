import { create, type MessageInitShape, toJson } from '@bufbuild/protobuf';
import { compileFilters, compileFilterText, type FlowPredicate } from '@finderscope/flow-query';
import { type EndpointSchema, type Flow, FlowSchema, Verdict } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import type { MapNode, MapScope } from './graph.ts';
import { islandNode, pickEnd } from './pick-ends.ts';
import { fitPick, type PickEnds } from './pick-filter.ts';
import { isInForce, withoutPut } from './pick-put.ts';
import { holdsValues, legacyValues, withoutValues } from './pick-legacy.ts';

const ONE = nodesOf('shop/cart -> data/redis\nshop/cart -> api.stripe.com\nworld -> shop/cart');
const TWO = nodesOf('c1:shop/cart -> c2:data/redis');

function nodesOf(text: string): ReadonlyMap<string, MapNode> {
  const island = islandNode('island:/shop', '', 'shop');
  return new Map([...graphOf(text).nodes, island].map((node) => [node.id, node]));
}

/** `a > b` is a link, `a` or `a, b` nodes. */
function endsOf(text: string, scope: MapScope, known = ONE): PickEnds {
  const several = known === TWO;
  const node = (id: string): MapNode => known.get(id)!;
  const [source, target] = text.split(' > ');
  if (source !== undefined && target !== undefined) {
    return {
      kind: 'link',
      source: pickEnd(node(source), scope, 'from-', several),
      target: pickEnd(node(target), scope, 'to-', several),
    };
  }
  return { kind: 'nodes', ends: text.split(', ').map((id) => pickEnd(node(id), scope, '', several)) };
}

const CASES: readonly (readonly [own: string, pick: string, filter: string])[] = [
  ['', 'shop/cart > data/redis', 'from-pod:shop/cart- to-pod:data/redis-'],
  ['', 'data/redis', 'pod:data/redis-'],
  ['', 'data/redis, shop/cart', 'pod:data/redis- or shop/cart-'],
  ['', 'shop/cart > api.stripe.com', 'from-pod:shop/cart- to-fqdn:api.stripe.com'],
  ['', 'world > shop/cart', 'from-identity:world to-pod:shop/cart-'],
  ['', 'island:/shop > data/redis', 'from-namespace:shop to-pod:data/redis-'],
  // Two kinds of things: either of them.
  ['', 'shop/cart, world', '( pod:shop/cart- or identity:world )'],
  ['', 'shop/cart, api.stripe.com', '( pod:shop/cart- or fqdn:api.stripe.com )'],
  ['port:80', 'shop/cart > data/redis', 'port:80 from-pod:shop/cart- to-pod:data/redis-'],
  // Without a side Hubble means both of one end: cart's own port, and not the one that it calls.
  ['port:80', 'shop/cart', 'port:80 ( from-pod:shop/cart- or to-pod:shop/cart- )'],
  ['namespace:shop port:80', 'shop/cart > data/redis', 'from-port:80 from-pod:shop/cart- to-pod:data/redis-'],
  [
    'namespace:shop port:80',
    'shop/cart',
    '( from-port:80 from-pod:shop/cart- or from-port:80 from-namespace:shop to-pod:shop/cart- or ' +
      'from-pod:shop/cart- to-port:80 to-namespace:shop or to-port:80 to-pod:shop/cart- )',
  ],
  // What is said already need not be said twice, and Hubble takes no both.
  ['namespace:shop', 'shop/cart > data/redis', 'from-pod:shop/cart- to-pod:data/redis-'],
  ['namespace:shop', 'shop/cart > api.stripe.com', 'from-pod:shop/cart- to-fqdn:api.stripe.com'],
  ['namespace:shop', 'shop/cart', 'namespace:shop pod:shop/cart-'],
  [
    'namespace:shop',
    'data/redis',
    '( from-pod:data/redis- to-namespace:shop or from-namespace:shop to-pod:data/redis- )',
  ],
  [
    'namespace:shop',
    'api.stripe.com',
    '( from-fqdn:api.stripe.com to-namespace:shop or from-namespace:shop to-fqdn:api.stripe.com )',
  ],
  ['namespace:shop', 'world', '( from-identity:world namespace:shop or to-identity:world namespace:shop )'],
  ['fqdn:*.stripe.com', 'shop/cart > api.stripe.com', 'from-pod:shop/cart- to-fqdn:api.stripe.com'],
  ['identity:world', 'world > shop/cart', 'from-identity:world to-pod:shop/cart-'],
  ['from-identity:2', 'world', 'from-identity:2 ( from-identity:world or to-identity:world )'],
  ['( pod:shop/cart or pod:data/redis )', 'shop/cart > data/redis', 'from-pod:shop/cart- to-pod:data/redis-'],
  [
    '( port:80 or port:443 )',
    'shop/cart',
    '( port:80 or port:443 ) ( from-pod:shop/cart- or to-pod:shop/cart- )',
  ],
  // Values of one key are alternatives, and the choice is none.
  ['from-pod:shop/cart or shop/old', 'shop/cart > data/redis', 'from-pod:shop/cart- to-pod:data/redis-'],
  ['to-pod:data/redis-7f-a', 'shop/cart > data/redis', 'from-pod:shop/cart- to-pod:data/redis-7f-a'],
  ['pod:shop/cart-7f', 'shop/cart > data/redis', 'from-pod:shop/cart-7f to-pod:data/redis-'],
  ['from-pod:shop/cart', 'data/redis', 'from-pod:shop/cart to-pod:data/redis-'],
  ['pod:shop/cart', 'shop/cart', 'pod:shop/cart-'],
  [
    'pod:web',
    'shop/cart',
    '( from-pod:shop/cart- to-pod:default/web or from-pod:default/web to-pod:shop/cart- )',
  ],
];

/** Pods, and ends that are none, each with each and with two ports. */
const ENDS = [
  'shop/cart-7f-a',
  'shop/cart-7g-b',
  'shop/old-1',
  'data/redis-7f-a',
  'data/redis-1',
  'default/web-0',
  'api.stripe.com',
  'world',
];
const FLOWS = ENDS.flatMap((source) =>
  ENDS.flatMap((target) =>
    [80, 443].flatMap((sourcePort) =>
      [80, 443].map((destinationPort) =>
        create(FlowSchema, {
          source: endOf(source),
          destination: endOf(target),
          sourceNames: source.endsWith('.com') ? [source] : [],
          destinationNames: target.endsWith('.com') ? [target] : [],
          l4: { protocol: { case: 'TCP', value: { sourcePort, destinationPort } } },
        }),
      ),
    ),
  ),
);

function endOf(text: string): MessageInitShape<typeof EndpointSchema> {
  const [namespace = '', podName] = text.split('/');
  return podName === undefined ? { identity: text === 'world' ? 2 : 16_777_300 } : { namespace, podName };
}

function predicateOf(text: string): FlowPredicate {
  const lists = compileFilterText(text);
  const made = lists.ok ? compileFilters(lists.value.allow, lists.value.deny) : undefined;
  if (made?.ok !== true) throw new Error(text);
  return made.value;
}

/** Filters that set what a choice sets too, and how many of HARD_PICKS cannot be said beside them. */
const HARD_FILTERS: readonly (readonly [own: string, unsaid: number])[] = [
  ['from-ip:10.0.0.1', 11],
  ['to-ip:10.0.0.1', 12],
  ['ip:10.0.0.1', 12],
  ['fqdn:api.stripe.com', 10],
  ['to-fqdn:*.stripe.com', 11],
  ['identity:world', 0],
  ['from-identity:2', 0],
  ['service:shop/web', 6],
  ['service:web', 11],
  ['from-service:shop/web', 4],
  ['( pod:default/x or pod:data/redis )', 7],
  ['( namespace:shop or namespace:data )', 2],
  ['( port:80 or port:443 )', 0],
  ['( from-pod:shop/cart or to-pod:data/redis )', 8],
  ['( namespace:shop or verdict:DROPPED ) port:80', 12],
  [`raw-filter:'{"source_pod":["shop/"]}'`, 10],
  [`raw-filter:'{"source_port":["80"]}'`, 0],
  ['cluster:c1', 0],
  ['from-cluster:c1', 2],
  ['to-cluster:c1', 3],
  ['( cluster:c1 or cluster:c2 )', 0],
  ['cluster:c1 port:80', 0],
  ['namespace:shop', 0],
  ['namespace:shop cluster:c1', 0],
  ['not pod:data/redis', 0],
  ['from-pod:shop/ not verdict:DROPPED', 0],
];
const HARD_PICKS: readonly string[] = [
  'shop/cart',
  'data/redis',
  'world',
  'api.stripe.com',
  'shop/cart, world',
  'shop/cart > data/redis',
  'world > shop/cart',
  'shop/cart > api.stripe.com',
  'island:/shop > data/redis',
  'c1:shop/cart',
  'c2:data/redis',
  'c1:shop/cart, c2:data/redis',
  'c1:shop/cart > c2:data/redis',
];

const HARD_ENDS: readonly string[] = [
  'c1:shop/cart-7f-a',
  'c2:shop/cart-1',
  'c1:data/redis-1',
  'c2:data/redis-1',
  'c1:default/x-1',
  'world',
  'api.stripe.com',
];
/** With addresses and the service that was called. */
const HARD_FLOWS = HARD_ENDS.flatMap((source) =>
  HARD_ENDS.flatMap((target) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((bits) =>
      create(FlowSchema, {
        source: clusterEndOf(source),
        destination: clusterEndOf(target),
        sourceNames: source.endsWith('.com') ? [source] : [],
        destinationNames: target.endsWith('.com') ? [target] : [],
        IP: { source: '10.0.0.1', destination: (bits & 1) === 0 ? '10.0.0.1' : '10.0.0.2' },
        sourceService: (bits & 2) === 0 ? { namespace: 'shop', name: 'web' } : undefined,
        destinationService: (bits & 2) === 0 ? undefined : { namespace: 'default', name: 'web' },
        verdict: (bits & 1) === 0 ? Verdict.DROPPED : Verdict.FORWARDED,
        l4: {
          protocol: {
            case: 'TCP',
            value: { sourcePort: (bits & 4) === 0 ? 80 : 5000, destinationPort: (bits & 1) === 0 ? 80 : 443 },
          },
        },
      }),
    ),
  ),
);

function clusterEndOf(text: string): MessageInitShape<typeof EndpointSchema> {
  const [cluster = '', name] = text.split(':');
  return name === undefined ? endOf(text) : { ...endOf(name), clusterName: cluster };
}

/** Whether a flow is on the link, or has one of the nodes at an end. */
function choiceOf(pick: string): FlowPredicate {
  const isAt = (flow: Flow, side: 'source' | 'destination', node: string): boolean => {
    const { namespace = '', podName = '', identity, clusterName } = flow[side] ?? {};
    const [cluster = '', named] = node.split(':');
    if (/^c\d$/.test(cluster) && named !== undefined)
      return clusterName === cluster && isAt(flow, side, named);
    if (node === 'world') return identity === 2;
    if (node.startsWith('island:/')) return namespace === node.slice('island:/'.length);
    return node.includes('/')
      ? `${namespace}/${podName}`.startsWith(`${node}-`)
      : flow[`${side}Names`].includes(node);
  };
  const [source = '', target] = pick.split(' > ');
  if (target !== undefined)
    return (flow) => isAt(flow, 'source', source) && isAt(flow, 'destination', target);
  return (flow) =>
    pick.split(', ').some((node) => isAt(flow, 'source', node) || isAt(flow, 'destination', node));
}

describe('a choice', () => {
  it.each(CASES)('in "%s" of %s', (own, pick, filter) => {
    const fitted = fitPick(own, endsOf(pick, 'workload'));
    expect(fitted.filter).toBe(filter);
    expect(compileFilterText(fitted.filter).ok).toBe(true);
    expect(isInForce(fitted.filter, fitted.put)).toBe(true);
    const back = withoutPut(fitted.filter, fitted.put, fitted.held);
    expect(back.split(' ').toSorted()).toEqual(own.split(' ').toSorted());
    expect(fitPick(back, endsOf(pick, 'workload')), 'the same again').toEqual(fitted);
  });

  it.each(CASES)('in "%s" of %s finds what both find', (own, pick, filter) => {
    const before = predicateOf(own);
    const after = predicateOf(filter);
    const isChosen = choiceOf(pick);
    for (const flow of FLOWS) {
      expect(after(flow), JSON.stringify(toJson(FlowSchema, flow))).toBe(before(flow) && isChosen(flow));
    }
  });

  it.each(HARD_FILTERS)('in "%s" finds what both find, or nothing is put there', (own, unsaid) => {
    const before = predicateOf(own);
    const left = HARD_PICKS.filter((pick) => {
      const ends = endsOf(pick, 'workload', pick.startsWith('c') ? TWO : ONE);
      const fitted = fitPick(own, ends);
      const { filter, put, held } = fitted;
      if (put === '') {
        expect(fitted).toEqual({ filter: own, put: '', held: '' });
        return true;
      }
      const after = predicateOf(filter);
      const isChosen = choiceOf(pick);
      const wrong = HARD_FLOWS.filter((flow) => after(flow) !== (before(flow) && isChosen(flow)));
      expect(
        wrong.slice(0, 1).map((flow) => toJson(FlowSchema, flow)),
        `${pick}: ${filter}`,
      ).toEqual([]);
      const back = withoutPut(filter, put, held);
      const again = predicateOf(back);
      expect(
        HARD_FLOWS.every((flow) => again(flow) === before(flow)),
        back,
      ).toBe(true);
      expect(fitPick(back, ends).put, 'the same again').toBe(put);
      return false;
    });
    expect(left, left.join()).toHaveLength(unsaid);
  });

  it('names clusters where there are several', () => {
    const link = fitPick('', endsOf('c1:shop/cart > c2:data/redis', 'pod', TWO));
    expect(link.filter).toBe('from-cluster:c1 from-pod:shop/cart- to-cluster:c2 to-pod:data/redis-');
    const node = fitPick('', endsOf('c1:shop/cart', 'workload', TWO));
    expect(node.filter).toBe('cluster:c1 pod:shop/cart-');
  });

  it('is over when a part of it is gone', () => {
    const { filter, put } = fitPick('port:80', endsOf('shop/cart > data/redis', 'workload'));
    expect(isInForce(filter.replace('to-pod:data/redis-', ''), put)).toBe(false);
    expect(withoutPut('port:80 from-pod:shop/cart-', put, 'namespace:shop')).toBe('namespace:shop port:80');
    expect(withoutPut('', put, 'namespace:shop'), 'all removed').toBe('');
    expect(withoutPut('verdict:DROPPED', put, 'namespace:shop'), 'another pasted').toBe('verdict:DROPPED');
    const group = fitPick('', endsOf('shop/cart, world', 'workload'));
    expect(isInForce('port:80', group.put)).toBe(false);
    expect(withoutPut(`port:80 ${group.put} verdict:DROPPED`, group.put, '')).toBe('port:80 verdict:DROPPED');
  });

  it('leaves to the filter what it says of itself', () => {
    const own = 'not verdict:TRACED port:80';
    const { filter, put, held } = fitPick(own, endsOf('shop/cart > data/redis', 'workload'));
    expect(withoutPut(filter, put, held)).toBe(own);
  });

  it('stays what it is while the filter bar has something unfinished', () => {
    const ends = endsOf('data/redis', 'workload');
    const { put, held } = fitPick('namespace:shop', ends);
    const text = `namespace:shop verdict:`;
    const fitted = fitPick(text, ends);
    expect(fitted).toEqual({ filter: `${put} verdict:`, put, held });
    expect(withoutPut(fitted.filter, put, held)).toBe(text);
    expect(fitPick('from-ip:10.0.0.1 verdict:', ends).put).toBe('');
  });

  it('can be read out of links of older versions', () => {
    const pick = { kind: 'link', source: 'shop/cart', target: 'data/redis' } as const;
    const old = 'port:80 from-namespace:shop from-workload:cart to-namespace:data to-workload:redis';
    const values = legacyValues(pick, 'workload', ONE, false);
    expect(holdsValues(old, values)).toBe(true);
    expect(holdsValues('port:80', values)).toBe(false);
    expect(withoutValues(old, values)).toBe('port:80');
    const nodes = legacyValues({ kind: 'nodes', ids: ['data/redis'] }, 'workload', ONE, false);
    expect(holdsValues('namespace:data workload:redis', nodes)).toBe(true);
  });
});
