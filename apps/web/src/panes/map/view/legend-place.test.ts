import { describe, expect, it } from 'vitest';
import { legendPlace } from './legend-place.ts';

const FLAT = { x: 0, y: 0, w: 1900, h: 500 };
const SQUARE = { x: 0, y: 0, w: 700, h: 700 };

describe('the legend', () => {
  it('stands where the map misses the room least', () => {
    const size = { widthPx: 816, heightPx: 338 };
    expect(legendPlace(size, FLAT)).toBe('below');
    expect(legendPlace(size, SQUARE)).toBe('aside');
  });

  it('stands below a map that both places suit', () => {
    const tiny = { x: 0, y: 0, w: 100, h: 100 };
    expect(legendPlace({ widthPx: 1200, heightPx: 800 }, tiny)).toBe('below');
  });

  it('goes by the height alone before there is a map', () => {
    expect(legendPlace({ widthPx: 816, heightPx: 338 }, undefined)).toBe('aside');
    expect(legendPlace({ widthPx: 816, heightPx: 500 }, { x: 0, y: 0, w: 0, h: 0 })).toBe('below');
  });

  it('leaves a narrow map alone', () => {
    expect(legendPlace({ widthPx: 500, heightPx: 800 }, SQUARE)).toBe('none');
  });
});
