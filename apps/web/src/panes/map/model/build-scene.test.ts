import { describe, expect, it } from 'vitest';
import { graphOf, randomGraph } from '../testing/graph-fixture.ts';
import { buildScene, folds } from './build-scene.ts';
import type { MapScene } from './scene.ts';

const OPEN = { turned: new Set<string>(), folded: false };

const linksOf = (scene: MapScene): readonly string[] =>
  scene.links.map(({ id, count, mix }) => `${id} ${String(count)}/${String(mix.dropped)}`).toSorted();

const SHOP = graphOf(`
  world          -> shop/frontend         600
  shop/frontend  -> shop/cart             300
  shop/cart      -> data/redis            120 dropped:3
  shop/cart      -> data/postgres         60
  shop/cart      -> shop/cart             10
  shop/frontend  -> kube-system/coredns   30
  shop/cart      -> kube-system/coredns   30
  shop/cart      -> api.stripe.com        6
  host           -> shop/cart             6
`);

describe('the scene', () => {
  it('has cards in islands and pills outside', () => {
    const { items, islands } = buildScene(SHOP, OPEN);
    expect([...items.values()].map((item) => `${item.kind} ${item.id}`).toSorted()).toEqual([
      'card data/postgres',
      'card data/redis',
      'card kube-system/coredns',
      'card shop/cart',
      'card shop/frontend',
      'pill api.stripe.com',
      'pill host',
      'pill world',
    ]);
    expect(islands.map(({ name, lane, open }) => [name, lane, open])).toEqual([
      ['data', false, true],
      ['kube-system', true, true],
      ['shop', false, true],
    ]);
  });

  it('puts callers from outside left, called names right and hosts below', () => {
    const { items } = buildScene(SHOP, OPEN);
    const side = (id: string): unknown => {
      const item = items.get(id);
      return item?.kind === 'pill' ? item.side : undefined;
    };
    expect([side('world'), side('api.stripe.com'), side('host')]).toEqual(['in', 'out', 'lane']);
  });

  it('bundles links to the lane and leaves out what stays within one thing', () => {
    expect(linksOf(buildScene(SHOP, OPEN))).toEqual([
      'host>island:/shop 6/0',
      'island:/shop>kube-system/coredns 60/0',
      'shop/cart>api.stripe.com 6/0',
      'shop/cart>data/postgres 60/0',
      'shop/cart>data/redis 123/3',
      'shop/frontend>shop/cart 300/0',
      'world>shop/frontend 600/0',
    ]);
  });

  it('lets drops climb to a closed island and joins its links', () => {
    const scene = buildScene(SHOP, { turned: new Set(['island:/data']), folded: false });
    const data = scene.items.get('island:/data');
    expect(data).toMatchObject({ kind: 'closed', count: 2, load: { droppedPerS: 3 / 60 } });
    expect(linksOf(scene)).toContain('shop/cart>island:/data 183/3');
    expect(scene.itemOf.get('data/redis')).toBe('island:/data');
  });

  it('adds up what touches an island, and knows what stays inside', () => {
    const { islands } = buildScene(SHOP, OPEN);
    const shop = islands.find(({ name }) => name === 'shop')?.load;
    expect(shop?.inPerS).toBeCloseTo(606 / 60);
    expect(shop?.insidePerS).toBeCloseTo(310 / 60);
    expect(shop?.outPerS).toBeCloseTo((123 + 60 + 60 + 6) / 60);
    expect(shop?.perS).toBeCloseTo((606 + 310 + 249) / 60);
  });

  it('closes all islands when there is no room, but for those that were turned', () => {
    const scene = buildScene(SHOP, { turned: new Set(['island:/shop']), folded: true });
    expect(scene.islands.filter(({ open }) => open).map(({ name }) => name)).toEqual(['shop']);
    expect(scene.folded).toBe(3);
  });

  it('folds names beyond a dozen into one pill that counts them', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `shop/a -> name${String(i).padStart(2, '0')}.com 60`);
    const { items } = buildScene(graphOf(lines.join('\n')), OPEN);
    expect(items.get('more:out')).toMatchObject({ name: '8 more names', nodes: { length: 8 } });
    expect([...items.values()].filter(({ kind }) => kind === 'pill')).toHaveLength(13);
  });

  it('draws frames only around several clusters', () => {
    expect(buildScene(SHOP, OPEN).clusters).toEqual([]);
    const two = buildScene(graphOf('c1:shop/a -> c2:shop/b 60 dropped:6'), OPEN);
    expect(two.clusters).toEqual([
      { id: 'cluster:c1', name: 'c1', droppedPerS: 0.1 },
      { id: 'cluster:c2', name: 'c2', droppedPerS: 0.1 },
    ]);
  });

  it('folds a large graph, and unfolds only when it is clearly smaller', () => {
    const large = randomGraph(500, 20, 900);
    const medium = randomGraph(300, 20, 700);
    const small = randomGraph(100, 10, 200);
    expect([folds(large, false), folds(medium, false), folds(medium, true), folds(small, true)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
