import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barHeight, barTop, MAX_BAR_PX, maxTop, movedByReader, topAfterScroll } from './scroll-scale.ts';

const million = { totalPx: 28_000_000, viewPx: 500 };
const small = { totalPx: 2_800, viewPx: 500 };

describe('scroll scale', () => {
  it('is one to one for short lists', () => {
    expect(barHeight(small)).toBe(2_800);
    expect(barTop(1_000, small)).toBe(1_000);
    expect(topAfterScroll(0, 0, 1_000, small)).toBe(1_000);
  });

  it('moves by the same pixels on small moves of a long list', () => {
    expect(barHeight(million)).toBe(MAX_BAR_PX);
    expect(topAfterScroll(10_000_000, 5_000_000, 5_000_028, million)).toBe(10_000_028);
  });

  it('maps a drag of the bar onto the list', () => {
    const middle = (MAX_BAR_PX - 500) / 2;
    expect(topAfterScroll(0, 0, middle, million)).toBeCloseTo(maxTop(million) / 2, 3);
  });

  it('reaches both ends whatever came before', () => {
    expect(topAfterScroll(9_999, 10, 0, million)).toBe(0);
    expect(topAfterScroll(27_000_000, MAX_BAR_PX - 600, MAX_BAR_PX - 500, million)).toBe(maxTop(million));
  });

  it('does not scroll what fits', () => {
    expect(barTop(10, { totalPx: 100, viewPx: 500 })).toBe(0);
    expect(topAfterScroll(0, 0, 5, { totalPx: 100, viewPx: 500 })).toBe(0);
  });

  it('tells the reader from the browser that fits the bar to a new height', () => {
    const last = { px: 1_000, heightPx: 500 };
    expect(movedByReader(last, { px: 1_028, heightPx: 500 })).toBe(true);
    expect(movedByReader(last, { px: 1_000.6, heightPx: 500 })).toBe(false);
    expect(movedByReader(last, { px: 979, heightPx: 521 })).toBe(false);
  });

  it('always stays inside the list', () => {
    const frame = fc.record({ totalPx: fc.nat(60_000_000), viewPx: fc.integer({ min: 1, max: 3000 }) });
    fc.assert(
      fc.property(
        frame,
        fc.nat(60_000_000),
        fc.nat(MAX_BAR_PX),
        fc.nat(MAX_BAR_PX),
        (size, top, from, to) => {
          const at = topAfterScroll(Math.min(top, maxTop(size)), from, to, size);
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(maxTop(size));
          expect(barTop(at, size)).toBeLessThanOrEqual(Math.max(0, barHeight(size) - size.viewPx));
        },
      ),
      { seed: 11 },
    );
  });
});
