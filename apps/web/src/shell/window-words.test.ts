import { describe, expect, it } from 'vitest';
import { readTime, readWindow, timeText, windowText } from './window-words.ts';

const S = 1_000_000_000n;
/** 2026-11-21 12:06:41 UTC */
const NOON = 1_795_262_801n * S;

describe('windowText', () => {
  it('says what is looked at', () => {
    expect(windowText(undefined, 332_000, 'utc')).toBe('Last 5 min 32 s');
    expect(windowText(undefined, undefined, 'utc')).toBe('All held');
    expect(windowText({ kind: 'last', spanMs: 300_000 }, 1, 'utc')).toBe('Last 5 min');
    const between = { kind: 'between', sinceNs: NOON, untilNs: NOON + S / 2n } as const;
    expect(windowText(between, 1, 'utc')).toBe('12:06:41 to 12:06:41.500');
    expect(windowText({ ...between, untilNs: undefined }, 1, 'utc')).toBe('since 12:06:41');
    expect(windowText({ ...between, sinceNs: undefined }, 1, 'utc')).toBe('until 12:06:41.500');
  });
});

describe('readTime', () => {
  it.each([
    ['12:06:41', NOON],
    ['12:06', NOON - 41n * S],
    [' 2026-11-21 12:06:41.5 ', NOON + S / 2n],
    ['2026-11-20T12:06:41', NOON - 86_400n * S],
  ])('%j', (text, ns) => {
    expect(readTime(text, 'utc', NOON)).toEqual({ ok: true, value: ns });
  });

  it.each(['', 'noon', '25:00', '12:60', '12:06:41.5555', '2026-02-30 12:00:00'])('refuses %j', (text) => {
    expect(readTime(text, 'utc', NOON).ok).toBe(false);
  });

  it('reads what it writes, in both zones', () => {
    for (const zone of ['utc', 'local'] as const)
      expect(readTime(timeText(NOON, zone), zone, 0n)).toEqual({ ok: true, value: NOON });
  });
});

describe('readWindow', () => {
  it('takes an empty end as open and says what is wrong', () => {
    expect(readWindow('12:06:41', '', 'utc', NOON)).toEqual({
      ok: true,
      value: { kind: 'between', sinceNs: NOON, untilNs: undefined },
    });
    const wrong = (since: string, until: string) => {
      const read = readWindow(since, until, 'utc', NOON);
      return read.ok ? '' : read.error;
    };
    expect(wrong('', ' ')).toContain('at least one');
    expect(wrong('12:06:41', '12:06:41')).toContain('after the beginning');
    expect(wrong('12:06:41', 'later')).toContain('as in 12:06:41');
  });
});
