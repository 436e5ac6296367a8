import { describe, expect, it } from 'vitest';
import { firstFolded } from './use-folded.ts';

/** Tokens of 200 px, `perLine` on each line of 26 px. */
function lay(count: number, perLine: number) {
  return Array.from({ length: count }, (_, index) => ({
    top: Math.floor(index / perLine) * 26,
    right: ((index % perLine) + 1) * 200,
  }));
}

const end = (line: number) => ({ top: line * 26, widthPx: 300 });

describe('firstFolded', () => {
  it('folds nothing while all is on three lines', () => {
    expect(firstFolded([], end(0), 1000)).toBe(undefined);
    expect(firstFolded(lay(11, 4), end(2), 1000)).toBe(undefined);
  });

  it('folds what is on further lines, and what stands in the way of the end', () => {
    // The third line has room for 1000 - 300 - 200 px of tokens: two of them.
    expect(firstFolded(lay(20, 4), end(5), 1000)).toBe(10);
    expect(firstFolded(lay(12, 4), end(3), 1000)).toBe(10);
  });

  it('takes tokens of different height for one line', () => {
    const tokens = [
      { top: 2, right: 200 },
      { top: 0, right: 400 },
      { top: 28, right: 200 },
    ];
    expect(firstFolded(tokens, { top: 26, widthPx: 300 }, 1000)).toBe(undefined);
  });

  it('folds no token of the first two lines', () => {
    expect(firstFolded(lay(8, 1), { top: 900, widthPx: 5000 }, 10)).toBe(2);
  });
});
