import { describe, expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import { buildScene } from './build-scene.ts';
import { sceneShape } from './scene-shape.ts';

const SHOP = `
  world         -> shop/frontend  600
  shop/frontend -> shop/cart      300
  shop/cart     -> data/redis     120
  shop/cart     -> api.stripe.com 6
`;
const shapeOf = (
  text: string,
  order: 'as written' | 'reversed' = 'as written',
  turned: string[] = [],
): string => sceneShape(buildScene(graphOf(text, order), { turned: new Set(turned), folded: false }));

describe('the shape of a scene', () => {
  it('is the same when only the order by rate has changed', () => {
    expect(shapeOf(SHOP, 'reversed')).toBe(shapeOf(SHOP));
  });

  it('is another one when something came, left or was closed', () => {
    const other = [
      shapeOf(`${SHOP}\n shop/cart -> shop/mail 1`),
      shapeOf(SHOP.replace('api.stripe.com', 'shop/frontend')),
      shapeOf(SHOP, 'as written', ['island:/shop']),
    ];
    expect(new Set([shapeOf(SHOP), ...other]).size).toBe(4);
  });
});
