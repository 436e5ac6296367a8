import { expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import { withoutGone, Youngest } from './ageing.ts';

it('lets links go after a minute, and nodes with their last link', () => {
  const graph = graphOf(`
    a/x -> a/y 60 age:10
    a/y -> a/z 60 age:59
    a/x -> a/w 60 age:60
    a/v -> a/x 60 age:600
  `);
  const left = withoutGone(graph);
  expect(left.links.map(({ source, target }) => `${source} ${target}`)).toEqual(['a/x a/y', 'a/y a/z']);
  expect(left.nodes.map(({ id }) => id).toSorted()).toEqual(['a/x', 'a/y', 'a/z']);
});

it('keeps what it knows no time of', () => {
  const graph = { ...graphOf('a/x -> a/y 60 age:600'), nowNs: undefined };
  expect(withoutGone(graph)).toBe(graph);
});

it('is as young as the link seen last, and new where that is not known', () => {
  const { links, nowNs } = graphOf(`
    a/x -> a/y 60 age:10
    a/y -> a/z 60 age:30
  `);
  const age = (...some: typeof links): number => {
    const youngest = new Youngest();
    for (const link of some) youngest.add(link);
    return youngest.ageS(nowNs);
  };
  expect(age()).toBe(0);
  expect(age(...links)).toBe(10);
  expect(age(...links.slice(1))).toBe(30);
  expect(age(...links.map((link) => ({ ...link, lastSeenNs: undefined })))).toBe(0);
});
