import { expect, it } from 'vitest';
import { hiddenFilters, hiddenList } from './hidden.ts';

const exclusions = [
  { text: 'not verdict:TRACED', without: 'not verdict:TRANSLATED' },
  { text: 'not verdict:TRANSLATED', without: 'not verdict:TRACED' },
];

it('counts the filter, the filter without exclusions, and without each', () => {
  expect(hiddenFilters('not verdict:TRACED not verdict:TRANSLATED', exclusions, '')).toEqual([
    'not verdict:TRACED not verdict:TRANSLATED',
    '',
    'not verdict:TRANSLATED',
    'not verdict:TRACED',
  ]);
});

it('says what each would bring back', () => {
  const list = hiddenList(exclusions, [6416, 8116, 7266, 7266]);
  expect(list.total).toBe(1700);
  expect(list.rows.map((row) => row.count)).toEqual([850, 850]);
});

it('claims nothing before it is counted, and nothing negative while counts move', () => {
  expect(hiddenList(exclusions, undefined)).toMatchObject({ total: undefined });
  expect(hiddenList(exclusions, [10, 9, 9, 9]).total).toBe(0);
});
