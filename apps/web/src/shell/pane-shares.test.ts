import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveSplit, paneShares, sizesOf } from './pane-shares.ts';

const MAP = { id: 'map', share: 44 };
const FLOWS = { id: 'flows', share: 56 };
const L7 = { id: 'l7' };

describe('paneShares', () => {
  it('gives a single pane everything', () => {
    expect(paneShares([FLOWS], { flows: 3 })).toEqual([100]);
  });

  it('takes the panes as they measure themselves until the address says otherwise', () => {
    expect(paneShares([MAP, FLOWS], {})).toEqual([44, 56]);
    expect(paneShares([MAP, FLOWS], { map: 30, flows: 70 })).toEqual([30, 70]);
  });

  it('keeps the proportions of what the address names when another pane is open', () => {
    expect(paneShares([MAP, FLOWS, L7], { map: 25, flows: 25 })).toEqual([25, 25, 50]);
  });
});

describe('moveSplit', () => {
  it('moves one boundary and stops where a neighbour would vanish', () => {
    expect(moveSplit([40, 60], 0, 10, 15)).toEqual([50, 50]);
    expect(moveSplit([40, 60], 0, 90, 15)).toEqual([85, 15]);
    expect(moveSplit([30, 30, 40], 1, -90, 10)).toEqual([30, 10, 60]);
    expect(moveSplit([40, 60], 1, 10, 15)).toEqual([40, 60]);
  });

  it('always shares out everything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 2, maxLength: 5 }),
        fc.nat(5),
        fc.integer({ min: -200, max: 200 }),
        fc.integer({ min: 1, max: 60 }),
        (wanted, index, by, least) => {
          const shares = paneShares(
            wanted.map((share, at) => ({ id: `p${at}`, share })),
            {},
          );
          const moved = moveSplit(shares, index, by, least);
          expect(moved.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100);
          expect(Math.min(...moved)).toBeGreaterThan(0);
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});

describe('sizesOf', () => {
  it('writes whole percent that can be read back', () => {
    expect(sizesOf([MAP, FLOWS], [33.4, 66.6])).toEqual({ map: 33, flows: 67 });
    expect(sizesOf([MAP, FLOWS], [0.2, 99.8])).toEqual({ map: 1, flows: 99 });
  });
});
