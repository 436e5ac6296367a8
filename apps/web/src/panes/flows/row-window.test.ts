import { describe, expect, it } from 'vitest';
import { makeRow } from '../testing/row-fixture.ts';
import {
  anchorAt,
  coversScreen,
  isOnScreen,
  neededRows,
  rowAt,
  screenRows,
  topToShow,
  turnSlice,
} from './row-window.ts';

const frame = { rowPx: 28, viewPx: 280 };
const slice = { from: 100, rows: Array.from({ length: 30 }, (_, at) => makeRow(at)), total: 1000 };

describe('row window', () => {
  it('asks for the screen and a margin on both sides, inside the list', () => {
    expect(screenRows(frame)).toBe(11);
    expect(neededRows(0, frame)).toEqual({ from: 0, count: 35 });
    expect(neededRows(2800, frame)).toEqual({ from: 76, count: 59 });
  });

  it('knows whether the slice covers the screen', () => {
    expect(coversScreen(slice, 2800, frame)).toBe(true);
    expect(coversScreen(slice, 2799, frame)).toBe(false);
    expect(coversScreen(slice, 2800 + 20 * 28, frame)).toBe(true);
    expect(coversScreen(slice, 2801 + 20 * 28, frame)).toBe(false);
    expect(coversScreen({ from: 0, rows: [], total: 0 }, 0, frame)).toBe(true);
  });

  it('tells a row that is seen from one that is only held beside the screen', () => {
    expect([99, 100, 109, 110].map((index) => isOnScreen(index, 2800, frame))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isOnScreen(100, 2801, frame)).toBe(false);
  });

  it('holds on to the first row that is wholly seen', () => {
    expect(anchorAt(slice, 2801, 28)).toEqual({ id: 1, index: 101 });
    expect(anchorAt(slice, 0, 28)).toBe(undefined);
    expect(rowAt(slice, 129)?.id).toBe(29);
    expect(rowAt(undefined, 0)).toBe(undefined);
  });

  it('moves no further than it must to show a row', () => {
    expect(topToShow(105, 2800, frame)).toBe(2800);
    expect(topToShow(99, 2800, frame)).toBe(2772);
    expect(topToShow(110, 2800, frame)).toBe(2828);
  });

  it('reads a slice from the other end', () => {
    const turned = turnSlice({ from: 0, rows: [makeRow(9), makeRow(8)], total: 10 });
    expect(turned.from).toBe(8);
    expect(turned.rows.map((row) => row.id)).toEqual([8, 9]);
  });
});
