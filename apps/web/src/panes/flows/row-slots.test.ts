import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RowId } from '../../engine/protocol.ts';
import { createRowSlots } from './row-slots.ts';

const ids = (...values: number[]) => values as RowId[];

it('lets new rows take over the elements of rows that left', () => {
  const slots = createRowSlots();
  expect(slots.assign(ids(1, 2, 3))).toEqual([0, 1, 2]);
  expect(slots.assign(ids(2, 3, 4))).toEqual([1, 2, 0]);
  expect(slots.assign(ids(2, 3, 4))).toEqual([1, 2, 0]);
  expect(slots.assign(ids(7, 8, 9, 10))).toEqual([0, 1, 2, 3]);
});

it('keeps every row that stays in its place and never uses one twice', () => {
  const screen = fc.uniqueArray(fc.nat(40), { maxLength: 20 });
  fc.assert(
    fc.property(fc.array(screen, { minLength: 2, maxLength: 6 }), (screens) => {
      const slots = createRowSlots();
      let before = new Map<number, number>();
      for (const screenIds of screens) {
        const given = slots.assign(screenIds as RowId[]);
        expect(new Set(given).size).toBe(given.length);
        const now = new Map(screenIds.map((id, at) => [id, given[at] ?? -1]));
        for (const [id, slot] of now) if (before.has(id)) expect(slot).toBe(before.get(id));
        before = now;
      }
    }),
    { seed: 9 },
  );
});
