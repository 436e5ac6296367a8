import { expect, it } from 'vitest';
import { elide } from './elide.ts';

const measure = (text: string): number => text.length;

it.each([
  ['cart', 10, 'cart'],
  ['recommendation-service-canary', 20, 'recommendatio…canary'],
  ['recommendation-service-canary', 8, 'reco…ary'],
  ['frontend', 5, 'fron…'],
  ['frontend', 3, ''],
])('%s in %d', (text, width, shown) => {
  expect(elide(text, width, 12, 600, measure)).toBe(shown);
});
