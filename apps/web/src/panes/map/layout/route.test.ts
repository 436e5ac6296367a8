import { describe, expect, it } from 'vitest';
import { graphOf, randomGraph } from '../testing/graph-fixture.ts';
import { throughCards } from '../testing/placed.ts';
import { placeGraph } from '../testing/plan-fixture.ts';
import { partData, pointAt } from './path.ts';

describe('ways of links', () => {
  it.each([
    [8, 1, 14],
    [30, 3, 60],
    [120, 10, 300],
    [300, 20, 1000],
  ])('run through no card, with %d services in %d namespaces', (services, namespaces, count) => {
    const placed = placeGraph(randomGraph(services, namespaces, count, 3));
    expect(placed.links).toHaveLength(placed.scene.links.length);
    expect(throughCards(placed)).toEqual([]);
  });

  it('leave at the side of the caller and end at the side of the called', () => {
    const { geometry, links } = placeGraph(graphOf('a/x -> a/y\na/y -> b/z\nb/z -> a/x 1'));
    for (const { link, path } of links) {
      const from = geometry.items.get(link.source);
      const to = geometry.items.get(link.target);
      const start = pointAt(path, 0).at;
      const end = pointAt(path, 1).at;
      expect([from?.x, (from?.x ?? 0) + (from?.w ?? 0)]).toContain(Math.round(start.x));
      expect([to?.x, (to?.x ?? 0) + (to?.w ?? 0)]).toContain(Math.round(end.x));
      expect(end.y).toBeGreaterThan(to?.y ?? 0);
      expect(end.y).toBeLessThan((to?.y ?? 0) + (to?.h ?? 0));
    }
  });

  it('come down to the lane from above', () => {
    const { geometry, links } = placeGraph(
      graphOf('a/x -> a/y\na/x -> kube-system/coredns\na/y -> kube-system/coredns'),
    );
    const dns = links.find(({ link }) => link.target === 'kube-system/coredns');
    expect(dns?.link.source).toBe('island:/a');
    const end = dns === undefined ? undefined : pointAt(dns.path, 1);
    expect(end?.at.y).toBe(geometry.items.get('kube-system/coredns')?.y);
    expect(end?.way).toEqual({ x: 0, y: 1 });
  });

  it('are cut where a packet stopped', () => {
    const path = {
      d: '',
      length: 100,
      along: [
        { x: 0, y: 0 },
        { x: 50, y: 0 },
        { x: 100, y: 0 },
      ],
    };
    expect(partData(path, 0, 0.2)).toBe('M0,0L20,0');
    expect(partData(path, 0.2, 1)).toBe('M20,0L50,0L100,0');
  });
});
