import { describe, expect, test } from 'vitest';
import { parseCliTime, parseGoDuration } from './parse-time.ts';

const NOW = 1_750_000_000_000_000_000n;

test.each([
  ['3s', 3_000_000_000n],
  ['1h43m', 6_180_000_000_000n],
  ['1.5s', 1_500_000_000n],
  ['.5m', 30_000_000_000n],
  ['2.h', 7_200_000_000_000n],
  ['10ms5us1ns', 10_005_001n],
  ['7µs', 7_000n],
  ['-3s', -3_000_000_000n],
  ['0', 0n],
])('%s is a duration', (text, ns) => {
  expect(parseGoDuration(text)).toBe(ns);
  expect(parseCliTime(text, NOW)).toEqual({ ok: true, value: NOW - ns });
});

test.each(['', '3', 's', '3 s', '3d', '1h43', '.s', '9999999999h'])('%j is no duration', (text) => {
  expect(parseGoDuration(text)).toBeUndefined();
});

describe('moments', () => {
  test.each([
    ['2026-05-04', '2026-05-04T00:00:00Z'],
    ['2026-05-04T12Z', '2026-05-04T12:00:00Z'],
    ['2026-05-04T12+02:00', '2026-05-04T10:00:00Z'],
    ['2026-05-04T12:30-01:30', '2026-05-04T14:00:00Z'],
    ['2026-05-04T12:30:15Z', '2026-05-04T12:30:15Z'],
    ['2026-05-04T12:30:15.25+00:00', '2026-05-04T12:30:15.250Z'],
    ['Mon, 04 May 2026 12:30:15 +0200', '2026-05-04T10:30:15Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['0001-01-01', '0001-01-01T00:00:00Z'],
  ])('%s', (text, iso) => {
    expect(parseCliTime(text, NOW)).toEqual({ ok: true, value: BigInt(Date.parse(iso)) * 1_000_000n });
  });

  test('nanoseconds are kept', () => {
    expect(parseCliTime('1970-01-01T00:00:00.000000001Z', NOW)).toEqual({ ok: true, value: 1n });
  });

  test.each([
    '2026-02-30',
    '2025-02-29',
    '2026-05-04T12',
    '2026-05-04T24:00Z',
    '2026-05-04T12:60Z',
    'May  4 12:30:15.000',
    '2026-05-04 12:30',
  ])('%s is none', (text) => {
    const result = parseCliTime(text, NOW);
    expect(!result.ok && result.error).toMatch(
      / is not a time\. Write how long ago, as in 90s or 1h30m, or a moment/,
    );
  });
});
