import { describe, expect, it } from 'vitest';
import { formatCount, formatExact, formatRate } from './number.ts';
import { formatSpan } from './span.ts';
import { formatClock, formatDay } from './time.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [9_999, '9,999'],
    [10_000, '10.0k'],
    [12_449, '12.4k'],
    [999_999, '999k'],
    [1_000_000, '1.0M'],
    [1_249_999, '1.2M'],
    [250_000_000, '250M'],
    [3_100_000_000, '3.1G'],
  ])('counts %d as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('writes every digit where books must add up', () => {
    expect(formatExact(1_000_000)).toBe('1,000,000');
  });

  it.each([
    [0, '0'],
    [0.01, '<0.1'],
    [0.4, '0.4'],
    [44.94, '44.9'],
    [99.94, '99.9'],
    [99.96, '100'],
    [5_012.4, '5,012'],
    [12_449, '12.4k'],
  ])('writes a rate of %d as %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });
});

describe('spans', () => {
  it.each([
    [-5, '0 ms'],
    [3, '3 ms'],
    [18_900, '18 s'],
    [60_000, '1 min'],
    [332_000, '5 min 32 s'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});

describe('times', () => {
  it('show milliseconds, cut', () => {
    const ns = 1_795_262_801_123_999_999n;
    expect(formatClock(ns, 'utc')).toBe('12:06:41.123');
    expect(formatDay(ns, 'utc')).toBe('2026-11-21');
  });

  it.each([1n << 80n, -(1n << 80n)])('are a dash where no calendar holds them: %d ns', (ns) => {
    expect([formatClock(ns, 'utc'), formatDay(ns, 'local')]).toEqual(['–', '–']);
  });
});
