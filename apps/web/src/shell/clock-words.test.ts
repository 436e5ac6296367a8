import { expect, it } from 'vitest';
import { clockWords } from './clock-words.ts';

it('names clocks that run ahead, which no delay explains', () => {
  expect(clockWords(7200, 40).value).toBe('7 s');
  expect(clockWords(7200, 40).explain).toContain('7 s ahead');
});

it('takes what Relay needs to sort a slow stream for no skew', () => {
  expect(clockWords(-2600, 38).value).toBe('none');
  expect(clockWords(-2600, 38).explain).toContain('2 s old');
  expect(clockWords(-1500, 5000).value).toBe('none');
  expect(clockWords(300, 5000).value).toBe('none');
});

it('names what a fast stream cannot be late by', () => {
  expect(clockWords(-2600, 5000).value).toBe('−2 s');
  expect(clockWords(-60_000, 38).value).toBe('−1 min');
  expect(clockWords(-60_000, 3).value).toBe('−1 min');
});

it('names what Relay would not have kept back: it waits for a second without flows', () => {
  expect(clockWords(-10_000, 0.5).value).toBe('−10 s');
  expect(clockWords(-10_000, 0).value).toBe('−10 s');
});
