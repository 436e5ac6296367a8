import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barWords, chooseBarMs } from './bar-width.ts';

describe('the length of a bar', () => {
  it.each([
    [332_000, 1174, '2 s'],
    [199_000, 1174, '1 s'],
    [60_000, 1174, '500 ms'],
    [60_000, 300, '1 s'],
    [600_000, 1174, '5 s'],
    [86_400_000, 1174, '5 min'],
    [40 * 86_400_000, 1174, '6 h'],
    [4000 * 86_400_000, 1174, '14 d'],
    [10, 1174, '1 ms'],
  ])('for %d ms on %d px is %s', (spanMs, widthPx, words) => {
    expect(barWords(chooseBarMs(spanMs, widthPx))).toBe(words);
  });

  it('never leaves less than 4 px to a bar', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e12 }),
        fc.integer({ min: 10, max: 4000 }),
        (spanMs, widthPx) => {
          const pitchPx = (widthPx * chooseBarMs(spanMs, widthPx)) / spanMs;
          expect(pitchPx).toBeGreaterThanOrEqual(4);
        },
      ),
      { seed: 21, numRuns: 300 },
    );
  });
});
