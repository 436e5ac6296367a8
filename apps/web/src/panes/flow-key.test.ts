import { expect, it } from 'vitest';
import { flowKey, isRowKey, openedRow, openKey } from './flow-key.ts';
import { makeRow } from './testing/row-fixture.ts';

it('names a flow by its uuid where it has one', () => {
  const row = makeRow(3);
  expect(openKey(row)).toBe('u-3');
  expect(isRowKey('u-3')).toBe(false);
});

it('names a flow without a uuid by its row, in this tab', () => {
  const row = makeRow(5, { uuid: '' });
  expect(flowKey(row)).toBe('row:5');
  expect(openedRow('row:5')).toBe(undefined);
  expect(openKey(row)).toBe('row:5');
  expect(openedRow('row:5')).toBe(row.id);
});

it('forgets the oldest', () => {
  for (let id = 1000; id < 1101; id++) openKey(makeRow(id, { uuid: '' }));
  expect(openedRow('row:1000')).toBe(undefined);
  expect(openedRow('row:1100')).toBe(1100);
});
