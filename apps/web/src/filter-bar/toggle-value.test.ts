import { describe, expect, it } from 'vitest';
import { toggleValue } from './toggle-value.ts';

describe('toggleValue', () => {
  const shop = { field: 'namespace', value: 'shop' };
  it.each([
    ['port:80', 'include', 'port:80 namespace:shop'],
    ['namespace:default', 'include', 'namespace:default or shop'],
    ['namespace:shop port:80', 'include', 'port:80'],
    ['not namespace:shop', 'include', 'namespace:shop'],
    ['port:80', 'exclude', 'port:80 not namespace:shop'],
    ['namespace:default or shop', 'exclude', 'namespace:default not namespace:shop'],
    ['not namespace:shop port:80', 'exclude', 'port:80'],
  ] as const)('%s, %s', (filter, how, expected) => {
    expect(toggleValue(filter, shop, how)).toBe(expected);
  });
});
