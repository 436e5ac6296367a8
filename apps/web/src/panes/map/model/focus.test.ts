import { expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import { focusGraph } from './focus.ts';

const CHAIN = graphOf(`
  n/a -> n/b
  n/b -> n/c
  n/d -> n/c
  n/d -> n/e
  n/e -> n/f
`);

it.each([
  [1, ['n/b', 'n/c', 'n/d']],
  [2, ['n/a', 'n/b', 'n/c', 'n/d', 'n/e']],
  [6, ['n/a', 'n/b', 'n/c', 'n/d', 'n/e', 'n/f']],
])('reaches over %d links in either direction', (hops, ids) => {
  expect(
    focusGraph(CHAIN, ['n/c'], hops)
      .nodes.map(({ id }) => id)
      .toSorted(),
  ).toEqual(ids);
});

it('takes several roots, and shows all when none of them is there', () => {
  expect(focusGraph(CHAIN, ['n/a', 'n/f'], 1).nodes).toHaveLength(4);
  expect(focusGraph(CHAIN, ['n/gone'], 1)).toBe(CHAIN);
});
