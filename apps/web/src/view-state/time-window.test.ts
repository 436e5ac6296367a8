import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestInstant } from './instant.ts';
import { formatWindow, MAX_SPAN_MS, parseWindow, resolveRange, type TimeWindow } from './time-window.ts';

const S = 1_000_000_000n;
const LAST_5M: TimeWindow = { kind: 'last', spanMs: 300_000 };

describe('windows in the address', () => {
  it('come back as they were', () => {
    const instant = fc.bigInt({ min: 0n, max: 253_402_200_000n * S });
    const last = fc
      .integer({ min: 1, max: MAX_SPAN_MS / 1000 })
      .map((seconds): TimeWindow => ({ kind: 'last', spanMs: seconds * 1000 }));
    const between = fc
      .tuple(instant, fc.bigInt({ min: 1n, max: 900n * S }), fc.constantFrom('both', 'since', 'until'))
      .map(([from, length, ends]): TimeWindow => ({
        kind: 'between',
        sinceNs: ends === 'until' ? undefined : from,
        untilNs: ends === 'since' ? undefined : from + length,
      }));
    fc.assert(
      fc.property(fc.oneof(last, between), (window) => {
        expect(parseWindow(formatWindow(window))).toEqual({ ok: true, value: window });
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it('are written as short as can be', () => {
    expect(formatWindow(LAST_5M)).toBe('5m');
    expect(formatWindow({ kind: 'last', spanMs: 5_400_000 })).toBe('1h30m');
    expect(formatWindow({ kind: 'between', sinceNs: 0n, untilNs: undefined })).toBe(
      '1970-01-01T00:00:00Z/..',
    );
  });

  it.each([
    ['', 'a span as in'],
    ['5', 'a span as in'],
    ['5x', 'a span as in'],
    ['-5m', 'a span as in'],
    ['0s', 'from one second'],
    ['9999h', 'from one second'],
    ['../..', 'one of its ends'],
    ['2026-11-21T12:00:00Z/', 'an instant is written'],
    ['2026-11-21T12:00:00Z/2026-11-21T12:00:00Z', 'ends before it begins'],
    ['2026-11-21T12:00:00Z/2026-11-21T12:00:01Z/..', 'an instant is written'],
  ])('refuses %j', (text, why) => {
    const read = parseWindow(text);
    expect(read.ok ? '' : read.error).toContain(why);
  });
});

describe('resolveRange', () => {
  it('leaves both ends open without a window, and ends at the pause', () => {
    expect(resolveRange(undefined, undefined, 9n * S)).toEqual({ sinceNs: undefined, untilNs: undefined });
    expect(resolveRange(undefined, 7n * S, 9n * S)).toEqual({ sinceNs: undefined, untilNs: 7n * S });
  });

  it('stays open when paused at a flow of a time that no address can hold', () => {
    const pausedAtNs = nearestInstant(1n << 90n);
    expect(resolveRange(undefined, pausedAtNs, 1n << 90n).untilNs).toBe(undefined);
    expect(resolveRange(LAST_5M, pausedAtNs, 1n << 90n).untilNs).toBe(undefined);
  });

  it('slides with the newest flow in whole seconds, and stands still when paused', () => {
    expect(resolveRange(LAST_5M, undefined, 1000n * S + 1n)).toEqual({
      sinceNs: 700n * S,
      untilNs: undefined,
    });
    expect(resolveRange(LAST_5M, undefined, 1001n * S - 1n).sinceNs).toBe(700n * S);
    expect(resolveRange(LAST_5M, 900n * S, 1000n * S)).toEqual({ sinceNs: 600n * S, untilNs: 900n * S });
    expect(resolveRange(LAST_5M, undefined, undefined)).toEqual({ sinceNs: undefined, untilNs: undefined });
  });

  it('takes the earlier of the end of the window and the pause', () => {
    const window: TimeWindow = { kind: 'between', sinceNs: 1n, untilNs: 50n };
    expect(resolveRange(window, 40n, undefined)).toEqual({ sinceNs: 1n, untilNs: 40n });
    expect(resolveRange(window, 60n, undefined)).toEqual({ sinceNs: 1n, untilNs: 50n });
    expect(resolveRange({ kind: 'between', sinceNs: 1n, untilNs: undefined }, 60n, undefined).untilNs).toBe(
      60n,
    );
  });
});
