import { expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import { findNodes } from './find.ts';

const { nodes } = graphOf(`
  c1:shop/cart -> c1:shop/frontend-cart
  c2:data/redis -> api.stripe.com
`);

it.each([
  ['cart', ['c1:shop/cart', 'c1:shop/frontend-cart']],
  ['SHOP front', ['c1:shop/frontend-cart']],
  ['c2/data', ['c2:data/redis']],
  ['stripe', ['api.stripe.com']],
  ['nothing', []],
  ['  ', []],
])('finds %j', (text, ids) => {
  expect(findNodes(nodes, text).map(({ id }) => id)).toEqual(ids);
});
