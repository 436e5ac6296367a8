import { compileFilterText } from '@finderscope/flow-query';
import { describe, expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import {
  isInForce,
  islandNode,
  pickValues,
  readPick,
  withoutValues,
  withValues,
  writePick,
  type Pick,
} from './pick.ts';

const ONE = graphOf('shop/cart -> data/redis\nshop/cart -> api.stripe.com\nworld -> shop/cart');
const known = new Map(ONE.nodes.map((node) => [node.id, node]));
const TWO = new Map(graphOf('c1:shop/cart -> c2:data/redis').nodes.map((node) => [node.id, node]));
const LINK: Pick = { kind: 'link', source: 'shop/cart', target: 'data/redis' };

describe('a choice', () => {
  it.each<Pick>([{ kind: 'none' }, { kind: 'nodes', ids: ['shop/cart', 'a,b%2C'] }, LINK])(
    'survives the address: %j',
    (pick) => {
      expect(readPick(writePick(pick))).toEqual(pick);
    },
  );

  it.each<[string, Pick, 'workload' | 'pod' | 'namespace', string]>([
    [
      'a link between workloads',
      LINK,
      'workload',
      'from-namespace:shop from-workload:cart to-namespace:data to-workload:redis',
    ],
    ['a link between pods', LINK, 'pod', 'from-pod:shop/cart to-pod:data/redis'],
    ['one workload', { kind: 'nodes', ids: ['data/redis'] }, 'workload', 'namespace:data workload:redis'],
    [
      'a link to a name',
      { kind: 'link', source: 'shop/cart', target: 'api.stripe.com' },
      'workload',
      'from-namespace:shop from-workload:cart to-fqdn:api.stripe.com',
    ],
    [
      'a link from the world',
      { kind: 'link', source: 'world', target: 'shop/cart' },
      'pod',
      'from-identity:world to-pod:shop/cart',
    ],
  ])('of %s is a filter that compiles', (_, pick, scope, text) => {
    const filter = withValues('', pickValues(pick, scope, known));
    expect(filter).toBe(text);
    expect(compileFilterText(filter).ok).toBe(true);
  });

  it('names clusters where there are several', () => {
    const pick: Pick = { kind: 'link', source: 'c1:shop/cart', target: 'c2:data/redis' };
    expect(withValues('', pickValues(pick, 'pod', TWO))).toBe(
      'from-cluster:c1 from-pod:shop/cart to-cluster:c2 to-pod:data/redis',
    );
  });

  it('takes a closed island for its namespace', () => {
    const island = islandNode('island:/shop', '', 'shop');
    const nodes = new Map([...known, [island.id, island] as const]);
    const pick: Pick = { kind: 'link', source: 'island:/shop', target: 'data/redis' };
    expect(withValues('', pickValues(pick, 'pod', nodes))).toBe('from-namespace:shop to-pod:data/redis');
  });

  it('goes into a filter beside what is there, and out of it again', () => {
    const values = pickValues(LINK, 'workload', known);
    const before = 'not verdict:TRACED port:80';
    const chosen = withValues(before, values);
    expect(isInForce(chosen, values)).toBe(true);
    expect(withoutValues(chosen, values)).toBe(before);
    expect(isInForce(withoutValues(chosen, values.slice(0, 1)), values)).toBe(false);
  });
});
