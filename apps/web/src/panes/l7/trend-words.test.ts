import { expect, it } from 'vitest';
import type { TrendTimes } from '../../engine/protocol.ts';
import { trendPath } from './trend-mark.tsx';
import { trendText } from './trend-words.ts';

const words = { call: 'request', calls: 'requests' };

function times(buckets: number, unseen: readonly number[] = []): TrendTimes {
  return { fromNs: 0n, bucketNs: 4_000_000_000n, buckets, unseen };
}

it.each([
  [[3, 52, 20], [], '3 to 52 requests in each 4 s, 20 in the last.'],
  [[0, 1], [], '0 to 1 request in each 4 s, 1 in the last.'],
  [[1200, 1200], [], '1,200 requests in each 4 s.'],
  [[5, 0, 5, 5], [1], '5 requests in each 4 s. Not connected in 1 of 4.'],
  [[3, 52, 20, 0], [3], '3 to 52 requests in each 4 s. Not connected in 1 of 4.'],
  [[0, 0], [0, 1], 'Not connected all the time.'],
])('%j, not seen %j: %s', (counts, unseen, text) => {
  expect(trendText(Uint32Array.from(counts), times(counts.length, unseen), words)).toBe(text);
});

it('stands on nothing, reaches to the most, and is open where nobody looked', () => {
  expect(trendPath(Uint32Array.of(0, 10), times(2))).toBe('M22,15L66,1');
  expect(trendPath(Uint32Array.of(0, 0), times(2))).toBe('M22,15L66,15');
  expect(trendPath(Uint32Array.of(4, 4, 0, 2), times(4, [2]))).toBe('M11,1L33,1M77,8Z');
});
