import { expect, it } from 'vitest';
import type { RowId } from '../../engine/protocol.ts';
import { makeRow } from '../testing/row-fixture.ts';
import { NO_FOCUS, placeFocus, startRow } from './grid-focus.ts';

const slice = { from: 100, rows: [7, 8, 9].map((id) => makeRow(id)), total: 400 };

it('follows its flow when the list moves', () => {
  const focused = { row: 200, column: 2, id: 8 as RowId };
  expect(placeFocus(focused, slice)).toEqual({ row: 101, column: 2 });
});

it('stays where it was while its row is not known, inside the list', () => {
  expect(placeFocus({ row: 200, column: 2, id: 99 as RowId }, slice)).toEqual({ row: 200, column: 2 });
  expect(placeFocus({ row: 900, column: 2, id: 99 as RowId }, slice)).toEqual({ row: 399, column: 2 });
  expect(placeFocus(NO_FOCUS, slice)).toEqual({ row: -1, column: 0 });
});

it('starts where the reader looks', () => {
  expect(startRow(slice, 2810, 28, false)).toBe(101);
  expect(startRow(slice, 2810, 28, true)).toBe(399);
});
