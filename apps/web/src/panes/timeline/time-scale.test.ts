import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeScale } from './time-scale.ts';

const START = 1_795_262_400_000;

describe('the time scale', () => {
  it('puts the ends of the span on the ends of the plot', () => {
    const scale = createTimeScale({ startMs: START, endMs: START + 332_000 }, 44, 1174, 1);
    expect(scale.xOf(START)).toBe(44);
    expect(Math.abs(scale.xOf(START + 332_000) - (44 + 1174))).toBeLessThanOrEqual(1);
    expect(scale.msAt(44 + 587)).toBe(START + 166_000);
  });

  it('moves every mark by the same whole number of device pixels while it slides', () => {
    const anyRatio = fc.constantFrom(1, 1.25, 1.5, 2, 3);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), anyRatio, (slideMs, ratio) => {
        const before = createTimeScale({ startMs: START, endMs: START + 60_000 }, 44, 1174, ratio);
        const after = createTimeScale(
          { startMs: START + slideMs, endMs: START + slideMs + 60_000 },
          44,
          1174,
          ratio,
        );
        const moves = [0, 500, 1000, 30_500, 59_500].map((at) =>
          Math.round((before.xOf(START + at) - after.xOf(START + at)) * ratio),
        );
        expect(new Set(moves).size).toBe(1);
      }),
      { seed: 22, numRuns: 200 },
    );
  });
});
