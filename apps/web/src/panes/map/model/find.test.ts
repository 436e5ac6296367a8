import { expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import { findNodes, fullName } from './find.ts';

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

it('names a cluster, and what is in it, once', () => {
  const [cart] = nodes;
  if (cart === undefined) throw new Error('no node');
  expect(fullName(cart)).toBe('c1/shop/cart');
  expect(fullName({ ...cart, namespace: '', name: 'shop' })).toBe('c1/shop');
  expect(fullName({ ...cart, namespace: '', name: 'c1' })).toBe('c1');
  expect(fullName({ ...cart, name: 'c1' })).toBe('c1/shop/c1');
});
