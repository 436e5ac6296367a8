import { expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

it('waits 1 s, then 1.6 times as long each time, up to 7 s', () => {
  const backoff = new Backoff(() => 0.5);
  expect([1, 2, 3, 4, 5, 6, 7].map(() => backoff.next())).toEqual([1000, 1600, 2560, 4096, 6554, 7000, 7000]);
  backoff.reset();
  expect(backoff.next()).toBe(1000);
});

it('spreads the waits by a fifth and never goes beyond the longest', () => {
  expect(new Backoff(() => 0).next()).toBe(800);
  expect(new Backoff(() => 0.999_999).next()).toBe(1200);
  const late = new Backoff(() => 0.999_999);
  for (let i = 0; i < 10; i++) expect(late.next()).toBeLessThanOrEqual(7000);
});
