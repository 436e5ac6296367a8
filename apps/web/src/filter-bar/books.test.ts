import { expect, it } from 'vitest';
import { bookEntries } from './books.ts';

const stats = {
  received: 1000,
  held: 700,
  filtered: 200,
  evicted: 250,
  lost: { total: 40, perfRing: 0, observerQueue: 0, hubbleRing: 40, unknown: 0 },
  sampled: 0,
  skipped: { total: 10, malformed: 10, oversized: 0, duplicate: 0 },
  bytesReceived: 0,
  reconnects: 0,
};

it('adds up to what was received', () => {
  const { received, parts } = bookEntries(stats);
  expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(received);
  expect(parts.map((part) => part.label)).toEqual(['shown', 'filtered', 'evicted', 'lost', 'skipped']);
});

it('always says shown, filtered and lost', () => {
  const none = {
    ...stats,
    received: 0,
    held: 0,
    filtered: 0,
    evicted: 0,
    lost: { ...stats.lost, total: 0 },
    skipped: { ...stats.skipped, total: 0 },
  };
  expect(bookEntries(none).parts.map((part) => part.label)).toEqual(['shown', 'filtered', 'lost']);
});
