import { describe, expect, it } from 'vitest';
import { timeTicks } from './time-ticks.ts';

const noon = Date.UTC(2026, 10, 21, 12, 1, 6);

function texts(lengthMs: number, widthPx: number, startMs = noon): readonly string[] {
  return timeTicks({ startMs, endMs: startMs + lengthMs }, widthPx, 'utc').map(({ text }) => text);
}

describe('the axis of time', () => {
  it('names round times', () => {
    expect(texts(332_000, 1174)).toEqual([
      '12:01:30',
      '12:02:00',
      '12:02:30',
      '12:03:00',
      '12:03:30',
      '12:04:00',
      '12:04:30',
      '12:05:00',
      '12:05:30',
      '12:06:00',
      '12:06:30',
    ]);
  });

  it('names no more of the time than the step needs', () => {
    expect(texts(1_200_000, 300)).toEqual(['12:05', '12:10', '12:15', '12:20']);
    expect(texts(1000, 400)[0]).toMatch(/^12:01:06\.\d{3}$/);
    expect(texts(2 * 86_400_000, 500)).toContain('22 Nov');
  });

  it('has room for each of its labels', () => {
    for (const lengthMs of [900, 45_000, 333_000, 7_200_000, 9e9]) {
      const ticks = timeTicks({ startMs: noon, endMs: noon + lengthMs }, 600, 'utc');
      const gaps = ticks.slice(1).map(({ ms }, index) => ms - (ticks[index]?.ms ?? 0));
      expect((Math.min(...gaps) / lengthMs) * 600).toBeGreaterThan(60);
    }
  });

  it('survives a span that is no time', () => {
    expect(timeTicks({ startMs: Number.NaN, endMs: 1 }, 500, 'utc')).toEqual([]);
    expect(timeTicks({ startMs: 0, endMs: 1e300 }, 500, 'local')).toEqual([]);
  });
});
