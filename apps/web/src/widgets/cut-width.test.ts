import { describe, expect, it } from 'vitest';
import { cutWidth } from './cut-width.ts';

/** Letters are ten wide, dots six. */
const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, letter) => sum + (letter === '…' ? 6 : 10), 0);

describe('where a text is cut', () => {
  it('is nowhere while it fits', () => {
    expect(cutWidth('coredns', 70, widthOf)).toBeUndefined();
  });

  it('is behind the last letter that has room beside the dots', () => {
    expect(cutWidth('coredns', 69, widthOf)).toBe(67);
    expect(cutWidth('coredns', 66, widthOf)).toBe(67);
    expect(cutWidth('coredns', 65, widthOf)).toBe(57);
  });

  it('is left to CSS where no letter has room', () => {
    expect(cutWidth('coredns', 15, widthOf)).toBeUndefined();
  });
});
