import { describe, expect, it } from 'vitest';
import { countMissing, type Gap, gapLines } from './gaps.ts';

const NS = 1_000_000_000n;
const at = (second: number): bigint => 1_795_262_801n * NS + BigInt(second) * NS;

describe('gaps', () => {
  const gaps: readonly Gap[] = [
    { fromNs: at(0), toNs: at(4), refilled: true },
    { fromNs: at(10), toNs: at(15), refilled: false },
    { fromNs: at(20), toNs: undefined, refilled: false },
  ];

  it('are told newest first, with what became of each', () => {
    expect(gapLines(gaps, 'utc')).toEqual([
      'Since 12:07:01.000: nothing has come.',
      '12:06:51.000 to 12:06:56.000: what happened then is not held.',
      '12:06:41.000 to 12:06:45.000: the server still had these flows, and they are held.',
    ]);
  });

  it('count as missing unless the server still had their flows', () => {
    expect(countMissing(gaps)).toBe(2);
    expect(countMissing([])).toBe(0);
  });

  it('are no longer listed one by one when there are many', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ fromNs: at(index), toNs: at(index + 1) }));
    expect(gapLines(many, 'utc')).toHaveLength(6);
    expect(gapLines(many, 'utc').at(-1)).toBe('And 2 before.');
  });
});
