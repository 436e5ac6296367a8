import { expect, it } from 'vitest';
import { elide } from './elide.ts';

const measure = (text: string): number => text.length;

it.each([
  ['cart', 10, 'cart'],
  ['recommendation-service-canary', 20, 'recommendatio…canary'],
  ['recommendation-service-canary', 8, 'rec…nary'],
  ['recommendation-service-canary', 7, 'rec…ary'],
  ['service-0028', 11, 'serv…e-0028'],
  ['service-0028', 9, 'serv…0028'],
  ['service-0028', 7, 'ser…028'],
  ['service-0028', 6, 's…0028'],
  ['service-0028', 5, 's…028'],
  ['service-0028', 4, 'ser…'],
  ['recommendation-service-canary', 6, 'recom…'],
  ['frontend', 5, 'fron…'],
  ['frontend', 3, ''],
])('%s in %d', (text, width, shown) => {
  expect(elide(text, width, 12, 600, measure)).toBe(shown);
});
