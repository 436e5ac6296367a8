import { expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

test.each([
  ['', '', 0],
  ['abc', '', 3],
  ['color', 'colour', 1],
  ['verdcit', 'verdict', 1],
  ['kitten', 'sitting', 3],
])('%j to %j takes %i edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
  expect(editDistance(b, a)).toBe(edits);
});

test('the nearest word is found regardless of case, and none when all are far', () => {
  const words = ['color', 'config', 'cluster'];
  expect(nearest('Colour', words)).toBe('color');
  expect(nearest('colo', words)).toBe('color');
  expect(nearest('zebra', words)).toBeUndefined();
  expect(nearest('', words)).toBeUndefined();
  expect(nearest('x'.repeat(1000), words)).toBeUndefined();
});
