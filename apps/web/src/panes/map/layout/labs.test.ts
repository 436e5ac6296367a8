// The labs are laid out as a person would draw them, whatever place the pane has.

import { describe, expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import { SHOP, STAR_WARS } from '../testing/labs.ts';
import { boxOf, overlapping, throughCards } from '../testing/placed.ts';
import { type Placed, placeGraph } from '../testing/plan-fixture.ts';
import { type Box, contains, overlaps } from './geometry.ts';

const PLACES = [
  ['a wide strip', 1188, 262],
  ['the whole pane area', 1188, 620],
  ['a small window', 772, 300],
  ['half of it', 560, 620],
  ['a phone', 362, 480],
] as const;

function right({ x, w }: Box): number {
  return x + w;
}

function expectDrawnWell(placed: Placed): void {
  const { geometry, links, scene } = placed;
  expect(links).toHaveLength(scene.links.length);
  expect(throughCards(placed)).toEqual([]);
  expect(overlapping([...geometry.items])).toEqual([]);
  expect(overlapping([...geometry.islands])).toEqual([]);
  expect(overlapping([...geometry.clusters])).toEqual([]);
}

describe.each(PLACES)('in %s', (_, w, h) => {
  it('the Star Wars lab: ships left, their target right, DNS and the machinery below', () => {
    const placed = placeGraph(graphOf(STAR_WARS), { place: { w, h } });
    const at = (id: string): Box => boxOf(placed.geometry.items, id);
    expectDrawnWell(placed);
    expect(at('default/xwing').x).toBe(at('default/tiefighter').x);
    expect(at('default/deathstar').x).toBeGreaterThan(right(at('default/xwing')));
    const { y, h: height } = boxOf(placed.geometry.islands, 'island:/default');
    for (const id of ['kube-system/coredns', 'host']) expect(at(id).y).toBeGreaterThan(y + height);
  });

  it('the shop: callers left, called right, ingress at the left edge, the world at the right, DNS below', () => {
    const placed = placeGraph(graphOf(SHOP), { place: { w, h } });
    const { geometry } = placed;
    const at = (id: string): Box => boxOf(geometry.items, id);
    expectDrawnWell(placed);
    for (const cluster of ['cluster1', 'cluster2']) {
      expect(at(`${cluster}:shop/backend`).x).toBeGreaterThan(right(at(`${cluster}:shop/frontend`)));
      const island = (name: string): Box => boxOf(geometry.islands, `island:${cluster}/${name}`);
      // In a narrow place they share a column.
      for (const caller of ['batch', 'monitoring'])
        expect(island('web').x).toBeGreaterThan(w > 600 ? right(island(caller)) : -Infinity);
      for (const name of ['shop', 'web', 'batch', 'monitoring'])
        expect(at(`${cluster}:kube-system/kube-dns`).y).toBeGreaterThan(island(name).y + island(name).h);
      // Its frame holds its own and nobody else.
      const frame = boxOf(geometry.clusters, `cluster:${cluster}`);
      for (const [id, box] of geometry.items)
        expect(contains(frame, box) && contains(frame, { x: right(box), y: box.y + box.h })).toBe(
          id.startsWith(`${cluster}:`),
        );
      expect(right(at('ingress'))).toBeLessThan(frame.x);
      for (const id of ['world', 'example.com']) expect(at(id).x).toBeGreaterThan(right(frame));
    }
  });

  // Jobs and metrics come now and then: what is seen first is not all there is.
  it.each([
    ['monitoring'],
    ['batch'],
    ['cluster1:batch'],
    ['cluster1:kube-system'],
    ['cluster2:kube-system'],
    ['host'],
    ['ingress'],
    ['example.com', 'world'],
    ['cluster1:batch', 'cluster2:monitoring', 'cluster1:kube-system', 'host'],
  ])('the shop when %s comes later: everybody in their own frame, and what stood stays', (...late) => {
    const early = SHOP.split('\n')
      .filter((line) => !late.some((part) => line.includes(part)))
      .join('\n');
    const place = { w, h };
    const before = placeGraph(graphOf(early), { place });
    const after = placeGraph(graphOf(SHOP), { place, previous: before.plan, mode: 'keep' });
    expectDrawnWell(after);
    for (const cluster of ['cluster1', 'cluster2']) {
      const frame = boxOf(after.geometry.clusters, `cluster:${cluster}`);
      for (const [id, box] of after.geometry.items)
        expect([id, overlaps(frame, box)]).toEqual([id, id.startsWith(`${cluster}:`)]);
    }
    for (const [id, box] of before.geometry.items) {
      // What fewer look for may be one of "2 more" by now.
      const now = after.geometry.items.get(id);
      if (now === undefined) continue;
      expect(now.x).toBe(box.x);
      expect(Math.abs(now.y - box.y)).toBeLessThanOrEqual(box.h);
    }
  });
});
