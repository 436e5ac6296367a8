import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ceilingText, MIN_BAR_PX, niceCeiling, partHeights } from './rate-scale.ts';

describe('the end of the scale', () => {
  it.each([
    [37, '40/s'],
    [3.2, '4/s'],
    [0.5, '0.5/s'],
    [0.13, '0.15/s'],
    [317, '400/s'],
    [1_204, '1.5k/s'],
    [12_345, '15k/s'],
    [2_400_000, '2.5M/s'],
    [999_999, '1M/s'],
    [0, ''],
  ])('for %d is %s', (max, text) => {
    expect(ceilingText(niceCeiling(max))).toBe(text);
  });

  it('stays while it serves, grows at once and shrinks when half of it is idle', () => {
    expect(niceCeiling(25, 40)).toBe(40);
    expect(niceCeiling(41, 40)).toBe(50);
    expect(niceCeiling(15, 40)).toBe(15);
  });

  it('covers its value without wasting more than half', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (max) => {
        const ceiling = niceCeiling(max);
        expect(ceiling).toBeGreaterThanOrEqual(max);
        expect(ceiling).toBeLessThanOrEqual(max * 2);
      }),
      { seed: 23, numRuns: 300 },
    );
  });
});

describe('the parts of a bar', () => {
  it('show one in a million', () => {
    const heights = new Float64Array(2);
    partHeights([1_000_000, 1], 1_000_001, 42, heights);
    expect([...heights]).toEqual([40, 2]);
  });

  it('leave what is not there out', () => {
    const heights = new Float64Array(3);
    partHeights([20, 0, 20], 40, 40, heights);
    expect([...heights]).toEqual([20, 0, 20]);
  });

  it('fit their room and are never too small to see', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 6 }),
        (parts) => {
          const total = parts.reduce((sum, part) => sum + part, 0);
          const heights = new Float64Array(parts.length);
          partHeights(parts, niceCeiling(total), 42, heights);
          for (const [index, part] of parts.entries()) {
            if (part > 0) expect(heights[index]).toBeGreaterThanOrEqual(MIN_BAR_PX);
            else expect(heights[index]).toBe(0);
          }
          expect(heights.reduce((sum, height) => sum + height, 0)).toBeLessThanOrEqual(42);
        },
      ),
      { seed: 24, numRuns: 300 },
    );
  });
});
