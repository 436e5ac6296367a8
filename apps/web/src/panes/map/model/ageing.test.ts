import { expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import { withoutGone } from './ageing.ts';

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
