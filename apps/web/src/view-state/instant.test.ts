import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, nearestInstant, parseInstant } from './instant.ts';

describe('instants', () => {
  it('keep every nanosecond', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -62_135_596_800_000_000_000n, max: 253_402_300_799_999_999_999n }),
        (ns) => {
          expect(parseInstant(formatInstant(ns))).toEqual({ ok: true, value: ns });
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it('come as near as an address can hold', () => {
    expect(formatInstant(nearestInstant(1n << 90n))).toBe('9999-12-31T23:59:59.999999999Z');
    expect(formatInstant(nearestInstant(-(1n << 90n)))).toBe('0000-01-01T00:00:00Z');
    expect(nearestInstant(1_500_000_000n)).toBe(1_500_000_000n);
  });

  it('write no more digits than needed', () => {
    expect(formatInstant(0n)).toBe('1970-01-01T00:00:00Z');
    expect(formatInstant(1_500_000_000n)).toBe('1970-01-01T00:00:01.5Z');
    expect(formatInstant(-1n)).toBe('1969-12-31T23:59:59.999999999Z');
  });

  it.each(['', 'now', '2026-02-30T00:00:00Z', '2026-11-21 12:00:00Z', '2026-11-21T12:00:00.1234567890Z'])(
    'refuses %j',
    (text) => {
      expect(parseInstant(text).ok).toBe(false);
    },
  );
});
