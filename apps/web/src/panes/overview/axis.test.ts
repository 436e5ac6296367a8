import { describe, expect, it } from 'vitest';
import { axisOf, histogramFor } from './axis.ts';

const S = 1_000_000_000n;
const OPEN = { sinceNs: undefined, untilNs: undefined };

describe('the axis', () => {
  it('spans what is held where the window leaves an end open', () => {
    expect(axisOf(OPEN, { oldestNs: 1003n * S, newestNs: 1100n * S }, 100)).toEqual({
      fromNs: 1000n * S,
      bucketNs: 5n * S,
      buckets: 21,
    });
    expect(axisOf({ ...OPEN, sinceNs: 1090n * S }, { oldestNs: 1n, newestNs: 1100n * S }, 100)).toEqual({
      fromNs: 1090n * S,
      bucketNs: S / 2n,
      buckets: 21,
    });
  });

  it('does not exist without flows, and is one bucket for one moment', () => {
    expect(axisOf(OPEN, { oldestNs: undefined, newestNs: undefined }, 100)).toBeUndefined();
    expect(axisOf(OPEN, { oldestNs: 7n * S, newestNs: 7n * S }, 100)?.buckets).toBe(1);
    expect(axisOf({ sinceNs: 9n * S, untilNs: 2n * S }, { oldestNs: 1n, newestNs: 2n }, 100)?.buckets).toBe(
      1,
    );
  });

  it('holds times before 1970', () => {
    expect(axisOf(OPEN, { oldestNs: -1n, newestNs: 0n }, 100)).toMatchObject({
      fromNs: -1_000_000n,
      buckets: 2,
    });
  });

  it('asks from the beginning of its first bucket, or leaves the end open', () => {
    const axis = { fromNs: 1000n * S, bucketNs: 5n * S, buckets: 2 };
    expect(histogramFor(axis, OPEN, 'port:80', 'verdict')).toMatchObject({
      sinceNs: undefined,
      untilNs: undefined,
    });
    expect(histogramFor(axis, { sinceNs: 1003n * S, untilNs: 9n }, '', 'verdict')).toMatchObject({
      sinceNs: 1000n * S,
      untilNs: 9n,
    });
  });
});
