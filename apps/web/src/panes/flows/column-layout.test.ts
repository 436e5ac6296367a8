import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveItem, placeColumns } from './column-layout.ts';
import type { ColumnDef } from './columns.ts';

function column(id: ColumnDef['id'], widthPx: number, minPx: number, grows = 0): ColumnDef {
  return { id, title: id, kind: 'text', widthPx, minPx, grows, text: () => '', filter: () => undefined };
}

const three = [column('time', 100, 100), column('source', 200, 120), column('summary', 100, 80, 1)];
const widths = (available: number, own = {}) =>
  placeColumns(three, own, available).map((item) => item.widthPx);

describe('placeColumns', () => {
  it('gives what is left over to the column that grows', () => {
    expect(widths(500)).toEqual([100, 200, 200]);
  });

  it('shrinks in proportion to what each can spare, down to their least', () => {
    expect(widths(350)).toEqual([100, 160, 90]);
    expect(widths(100)).toEqual([100, 120, 80]);
  });

  it('leaves alone what a person has set', () => {
    expect(widths(350, { source: 220 })).toEqual([100, 220, 80]);
  });

  it('fills the width whenever the least fits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 3000 }), (available) => {
        const total = widths(available).reduce((a, b) => a + b, 0);
        expect(total).toBeGreaterThanOrEqual(available);
        expect(total).toBeLessThan(available + three.length);
      }),
      { seed: 2 },
    );
  });
});

describe('moveItem', () => {
  it('moves and stops at the ends', () => {
    expect(moveItem(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moveItem(['a', 'b', 'c'], 2, 5)).toEqual(['a', 'b', 'c']);
    expect(moveItem(['a', 'b', 'c'], 2, -2)).toEqual(['c', 'a', 'b']);
  });
});
