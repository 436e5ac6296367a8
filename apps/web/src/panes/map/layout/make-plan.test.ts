import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphOf, randomGraph } from '../testing/graph-fixture.ts';
import { boxOf, overlapping, throughCards } from '../testing/placed.ts';
import { ROW_GAP } from './sizes.ts';
import { placeGraph } from '../testing/plan-fixture.ts';
import type { MapGraph } from '../model/graph.ts';
import { type Box, overlaps } from './geometry.ts';

const SHOP = `
  world          -> shop/frontend         600
  shop/frontend  -> shop/cart             300
  shop/frontend  -> shop/catalog          300
  shop/cart      -> data/redis            120
  shop/catalog   -> data/postgres         60
  shop/cart      -> kube-system/coredns   30
  shop/cart      -> api.stripe.com        6
`;

describe('a plan from nothing', () => {
  const { geometry } = placeGraph(graphOf(SHOP));
  const x = (id: string): number => boxOf(geometry.items, id).x;
  const island = (id: string): Box => boxOf(geometry.islands, id);

  it('puts callers left of what they call', () => {
    expect(x('world')).toBeLessThan(x('shop/frontend'));
    expect(x('shop/frontend')).toBeLessThan(x('shop/cart'));
    expect(x('shop/cart')).toBe(x('shop/catalog'));
    expect(x('shop/cart')).toBeLessThan(x('data/redis'));
    expect(x('data/redis')).toBeLessThan(x('api.stripe.com'));
  });

  it('puts the lane below everything', () => {
    const top = boxOf(geometry.items, 'kube-system/coredns').y;
    for (const id of ['island:/shop', 'island:/data']) {
      expect(island(id).y + island(id).h).toBeLessThan(top);
    }
  });

  it('puts clusters side by side', () => {
    const two = placeGraph(graphOf('c1:a/x -> c1:b/y\nc1:a/x -> c2:a/z\nc2:a/z -> c2:b/w')).geometry;
    const c1 = boxOf(two.clusters, 'cluster:c1');
    const c2 = boxOf(two.clusters, 'cluster:c2');
    expect(c1.x + c1.w).toBeLessThanOrEqual(c2.x);
  });

  it('keeps what is in the lane below its own cluster', () => {
    const two = placeGraph(
      graphOf(`
        c1:a/x -> c1:a/y
        c1:a/x -> c1:kube-system/dns
        c2:a/x -> c2:a/y
        c2:a/x -> c2:kube-system/dns
        c2:a/x -> c1:a/y 3`),
    ).geometry;
    const c1 = boxOf(two.clusters, 'cluster:c1');
    const c2 = boxOf(two.clusters, 'cluster:c2');
    expect(overlaps(c1, c2)).toBe(false);
    expect(c1.x).toBeLessThan(c2.x);
  });

  it('is the same in whatever order things come', () => {
    const other = placeGraph(graphOf(SHOP, 'reversed')).geometry;
    for (const id of ['shop/frontend', 'shop/cart', 'data/redis', 'kube-system/coredns']) {
      expect(other.items.get(id)).toEqual(geometry.items.get(id));
    }
  });

  it.each([
    ['a wide strip', 1188, 262],
    ['the whole pane area', 1188, 620],
    ['half of it', 560, 620],
    ['a phone', 362, 480],
  ])('draws the Star Wars demo as a person would, in %s', (_, w, h) => {
    const { geometry: placed } = placeGraph(
      graphOf(`
        default/xwing      -> default/deathstar 60 dropped:60
        default/tiefighter -> default/deathstar 300 dropped:6
        default/xwing      -> kube-system/coredns 60
        default/tiefighter -> kube-system/coredns 60
        default/tiefighter -> swapi.dev 6
        host               -> kube-system/coredns 90
        remote-node        -> health 6`),
      { place: { w, h } },
    );
    const at = (id: string): Box => boxOf(placed.items, id);
    expect(at('default/xwing').x).toBe(at('default/tiefighter').x);
    expect(at('default/deathstar').x).toBeGreaterThan(at('default/xwing').x + at('default/xwing').w);
    expect(at('swapi.dev').x).toBeGreaterThan(at('default/deathstar').x);
    for (const id of ['kube-system/coredns', 'host'])
      expect(at(id).y).toBeGreaterThan(boxOf(placed.islands, 'island:/default').y + at('default/xwing').h);
    expect(overlapping([...placed.items])).toEqual([]);
  });

  it.each([3, 30, 300])('lets nothing overlap, with %d services', (services) => {
    const { geometry: placed } = placeGraph(
      randomGraph(services, Math.max(1, Math.round(services / 15)), services * 3),
    );
    expect(overlapping([...placed.items])).toEqual([]);
    expect(overlapping([...placed.islands])).toEqual([]);
  });
});

describe('a plan that is kept', () => {
  it('moves nothing by more than its own size when something appears', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 10, max: 60 }), (seed, services) => {
        const whole = randomGraph(services, 4, services * 2, seed);
        const before = placeGraph(without(whole, 3));
        const after = placeGraph(whole, { previous: before.plan, mode: 'keep' });
        for (const [id, box] of before.geometry.items) {
          const now = after.geometry.items.get(id);
          if (now === undefined) continue;
          expect(Math.abs(now.x - box.x)).toBe(0);
          expect(Math.abs(now.y - box.y)).toBeLessThanOrEqual(Math.max(box.h, box.w));
        }
        expect(overlapping([...after.geometry.items])).toEqual([]);
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it.each([
    [30, 4, 60],
    [300, 20, 1000],
  ])(
    'takes one node after the other into %d services, each moving no other by more than its size',
    (services, namespaces, links) => {
      const whole = randomGraph(services, namespaces, links);
      let before = placeGraph(without(whole, 8));
      for (let left = 7; left >= 0; left--) {
        const after = placeGraph(left === 0 ? whole : without(whole, left), {
          previous: before.plan,
          mode: 'keep',
        });
        for (const [id, box] of before.geometry.items) {
          const now = boxOf(after.geometry.items, id);
          expect([id, now.x]).toEqual([id, box.x]);
          expect(Math.abs(now.y - box.y)).toBeLessThanOrEqual(box.h + ROW_GAP);
        }
        before = after;
      }
      expect(before.geometry.items.size).toBe(services);
      expect(overlapping([...before.geometry.items])).toEqual([]);
      expect(throughCards(before)).toEqual([]);
    },
  );

  it('makes room below an island that grows, whatever their names', () => {
    for (const [upper, lower] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const text = `${upper}/x1 -> ${lower}/y1 90\n${upper}/x2 -> ${lower}/y2\n${lower}/y1 -> ${lower}/y2\n${upper}/x1 -> ${upper}/x2`;
      const before = placeGraph(graphOf(text), { place: { w: 200, h: 900 } });
      let plan = before.plan;
      let after = before;
      for (const more of ['x3', 'x4', 'x5', 'x6']) {
        const names = ['x3', 'x4', 'x5', 'x6'].slice(0, Number(more.slice(1)) - 2);
        const grown = names.map((name) => `${upper}/${name} -> ${lower}/y1`).join('\n');
        after = placeGraph(graphOf(`${text}\n${grown}`), {
          place: { w: 200, h: 900 },
          previous: plan,
          mode: 'keep',
        });
        expect(overlapping([...after.geometry.islands])).toEqual([]);
        expect(overlapping([...after.geometry.items])).toEqual([]);
        ({ plan } = after);
      }
      expect(after.geometry.items.size).toBe(8);
    }
  });

  it('grows upwards where the lane is below, and moves no card that was there', () => {
    const place = { w: 1188, h: 262 };
    let text = `
      a/x1 -> a/y1
      a/x2 -> a/y1
      a/x3 -> a/y1
      a/x1 -> kube-system/dns
      host -> kube-system/dns`;
    let before = placeGraph(graphOf(text), { place });
    for (const name of ['x4', 'x5', 'x6', 'x7', 'x8']) {
      text += `\na/${name} -> a/y1`;
      const after = placeGraph(graphOf(text), { place, previous: before.plan, mode: 'keep' });
      for (const [id, box] of before.geometry.items) expect(after.geometry.items.get(id)).toEqual(box);
      expect(overlapping([...after.geometry.items])).toEqual([]);
      expect(throughCards(after)).toEqual([]);
      before = after;
    }
  });

  it('makes room in the lane for one card more', () => {
    const text = 'a/x -> kube-system/dns\nhost -> kube-system/dns\nremote-node -> health';
    const before = placeGraph(graphOf(text));
    const after = placeGraph(graphOf(`${text}\na/x -> kube-system/metrics`), {
      previous: before.plan,
      mode: 'keep',
    });
    expect(after.geometry.items.has('kube-system/metrics')).toBe(true);
    expect(overlapping([...after.geometry.items])).toEqual([]);
    for (const [id, box] of before.geometry.items)
      expect(Math.abs(boxOf(after.geometry.items, id).x - box.x)).toBeLessThanOrEqual(box.w);
  });

  it('moves nothing for cards that come late to the lane, however many', () => {
    let text = 'a/x -> kube-system/dns\nhost -> kube-system/dns\nremote-node -> health';
    let before = placeGraph(graphOf(text));
    for (const name of ['metrics', 'logs', 'proxy']) {
      text += `\na/x -> kube-system/${name}`;
      const after = placeGraph(graphOf(text), { previous: before.plan, mode: 'keep' });
      for (const [id, box] of before.geometry.items)
        expect([id, boxOf(after.geometry.items, id)]).toEqual([id, box]);
      expect(overlapping([...after.geometry.items])).toEqual([]);
      expect(throughCards(after)).toEqual([]);
      before = after;
    }
    expect(before.geometry.items.has('kube-system/proxy')).toBe(true);
  });

  it('gives everything that is new a place', () => {
    const before = placeGraph(graphOf(SHOP));
    const later = graphOf(`${SHOP}
      shop/frontend -> shop/search 60
      shop/search -> search/elastic 60
      github.com -> shop/frontend 60
      shop/cart -> example.com 60
      host -> shop/cart 6`);
    const after = placeGraph(later, { previous: before.plan, mode: 'keep' });
    expect([...after.geometry.items.keys()].toSorted()).toEqual([...after.scene.items.keys()].toSorted());
    expect(overlapping([...after.geometry.items])).toEqual([]);
    expect(overlapping([...after.geometry.islands])).toEqual([]);
  });

  it('keeps the order of islands when one is closed', () => {
    const before = placeGraph(graphOf(SHOP));
    const after = placeGraph(graphOf(SHOP), {
      previous: before.plan,
      mode: 'turn',
      turned: ['island:/shop'],
    });
    expect(boxOf(after.geometry.items, 'island:/shop').x).toBeLessThan(
      boxOf(after.geometry.islands, 'island:/data').x,
    );
    expect(after.geometry.bounds.w).toBeLessThan(before.geometry.bounds.w);
  });
});

/** The graph before its last nodes came. */
function without(graph: MapGraph, count: number): MapGraph {
  const gone = new Set(graph.nodes.slice(-count).map(({ id }) => id));
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => !gone.has(id)),
    links: graph.links.filter(({ source, target }) => !gone.has(source) && !gone.has(target)),
  };
}
