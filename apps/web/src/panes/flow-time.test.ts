import { describe, expect, it } from 'vitest';
import { clockText, dayClockText, distanceText, fullTimeText } from './flow-time.ts';

const noon = BigInt(Date.UTC(2026, 10, 21, 12, 6, 5, 974)) * 1_000_000n + 999_999n;

describe('cell times', () => {
  it('cuts to milliseconds', () => {
    expect(clockText(noon, 'utc')).toBe('12:06:05.974');
    expect(dayClockText(noon, 'utc')).toBe('21 Nov 12:06:05.974');
    expect(fullTimeText(noon, 'utc')).toBe('21 Nov 2026 12:06:05.974999999 UTC');
  });

  it('shows absent and impossible times as such', () => {
    expect(clockText(undefined, 'utc')).toBe('–');
    expect(clockText(10n ** 25n, 'local')).toBe('–');
    expect(fullTimeText(undefined, 'utc')).toBe('This flow holds no time');
  });

  it('holds before the epoch', () => {
    expect(fullTimeText(-1_000_000_000n, 'utc')).toBe('31 Dec 1969 23:59:59.000000000 UTC');
  });

  it.each([
    [0n, '+0.0 ms'],
    [120_000n, '+0.1 ms'],
    [-4_000_000n, '−4.0 ms'],
    [-400_000_000n, '−0.400 s'],
    [-1_029_000_000n, '−1.02 s'],
    [2_040_000_000n, '+2.04 s'],
    [-61_000_000_000n, '−1 min 1 s'],
    [-3_720_000_000_000n, '−1 h 2 min'],
    [-90_000_000_000_000n, '−1 d 1 h'],
  ])('%s ns is %s', (offset, text) => {
    expect(distanceText(noon + offset, noon)).toBe(text);
  });
});
