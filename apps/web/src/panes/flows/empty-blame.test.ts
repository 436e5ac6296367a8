import { expect, it } from 'vitest';
import { blameFilters, culpritsOf, emptyReason } from './empty-blame.ts';

const tokens = [
  { text: 'namespace:default', without: 'http-status:5+' },
  { text: 'http-status:5+', without: 'namespace:default' },
];

it('counts without each token', () => {
  expect(blameFilters(tokens)).toEqual(['http-status:5+', 'namespace:default']);
});

it('blames the time where there is no filter, and both where there are both', () => {
  expect(emptyReason(0, true)).toBe('none of them is of the time looked at.');
  expect(emptyReason(2, true)).toBe('none of the time looked at matches.');
  expect(emptyReason(2, false)).toBe('all of them fail at least one filter.');
});

it('names the tokens whose removal alone brings flows back, most first', () => {
  expect(culpritsOf(tokens, [0, 408])).toEqual([
    { text: 'http-status:5+', without: 'namespace:default', count: 408 },
  ]);
  expect(culpritsOf(tokens, [7, 408]).map((culprit) => culprit.count)).toEqual([408, 7]);
  expect(culpritsOf(tokens, [0, 0])).toEqual([]);
});
