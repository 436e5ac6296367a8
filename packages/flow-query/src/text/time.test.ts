import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTime, parseTimestamp, TIME_FORMATS, timestampJson } from './time.ts';

const moment = { seconds: 1_768_471_205n, nanos: 123_456_700 };

test.each([
  ['StampMilli', 'Jan 15 10:00:05.123'],
  ['YearMonthDay', '2026-01-15'],
  ['YearMonthDayHour', '2026-01-15T10Z'],
  ['YearMonthDayHourMinute', '2026-01-15T10:00Z'],
  ['RFC3339', '2026-01-15T10:00:05Z'],
  ['RFC3339Milli', '2026-01-15T10:00:05.123Z'],
  ['RFC3339Micro', '2026-01-15T10:00:05.123456Z'],
  ['RFC3339Nano', '2026-01-15T10:00:05.1234567Z'],
  ['RFC1123Z', 'Thu, 15 Jan 2026 10:00:05 +0000'],
] as const)('%s', (format, expected) => {
  expect(formatTime(moment, format)).toBe(expected);
  expect(formatTime(moment.seconds * 1_000_000_000n + BigInt(moment.nanos), format)).toBe(expected);
});

test('the day of a stamp is padded with a space, fractions are cut', () => {
  expect(formatTime({ seconds: 0n, nanos: 999_999_999 })).toBe('Jan  1 00:00:00.999');
  expect(formatTime(-1n)).toBe('Dec 31 23:59:59.999');
});

test('what is no time is N/A', () => {
  for (const bad of [
    undefined,
    { seconds: 0n, nanos: -1 },
    { seconds: 0n, nanos: 1e9 },
    { seconds: 2n ** 40n, nanos: 0 },
  ]) {
    for (const format of TIME_FORMATS) expect(formatTime(bad, format)).toBe('N/A');
  }
});

test('JSON has 0, 3, 6 or 9 fraction digits', () => {
  const at = (nanos: number) => timestampJson({ seconds: 0n, nanos });
  expect([at(0), at(5_000_000), at(5_000), at(5)]).toEqual([
    '1970-01-01T00:00:00Z',
    '1970-01-01T00:00:00.005Z',
    '1970-01-01T00:00:00.000005Z',
    '1970-01-01T00:00:00.000000005Z',
  ]);
});

test('reading understands what was written, in any zone', () => {
  const moments = fc.record({
    seconds: fc.bigInt({ min: -62_135_596_800n, max: 253_402_300_799n }),
    nanos: fc.integer({ min: 0, max: 999_999_999 }),
  });
  fc.assert(
    fc.property(moments, (one) => {
      expect(parseTimestamp(timestampJson(one) ?? '')).toEqual(one);
    }),
    { seed: 7, numRuns: 300 },
  );
  expect(parseTimestamp('1970-01-01T02:00:00.5+02:00')).toEqual({ seconds: 0n, nanos: 500_000_000 });
  expect(parseTimestamp('1969-12-31T23:30:00-00:30')).toEqual({ seconds: 0n, nanos: 0 });
});

test.each([
  '',
  'now',
  '2026-02-31T00:00:00Z',
  '2026-01-15',
  '2026-01-15T10:00:00',
  '2026-01-15T25:00:00Z',
  '2026-01-15T10:00:00.1234567890Z',
])('%j is no time', (text) => {
  expect(parseTimestamp(text)).toBeUndefined();
});
