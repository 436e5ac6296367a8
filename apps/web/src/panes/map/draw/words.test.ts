import { expect, it } from 'vitest';
import { failureText } from './words.ts';

it.each([
  [0, 0, ''],
  [8, 0, ''],
  // Nothing is known of how any of them went.
  [0, 3, ''],
  [8, 2, '25% errors'],
  [1000, 1, '<1% errors'],
])('of %d answers %d failed: %j', (answered, failures, text) => {
  expect(failureText({ answered, failures })).toBe(text);
});
