import { expect, it } from 'vitest';
import type { RowId } from '../../engine/protocol.ts';
import { makeEnd, makeRow } from '../testing/row-fixture.ts';
import { dnsAnswerText, groupRelated } from './related-groups.ts';

const ms = (value: number) => BigInt(value) * 1_000_000n;

it('puts what one packet met on one line, in order of time', () => {
  const rows = [
    makeRow(3, { timeNs: ms(1001), summary: 'SYN' }),
    makeRow(1, { timeNs: ms(0), summary: 'SYN' }),
    makeRow(2, { timeNs: ms(1000), summary: 'SYN' }),
    makeRow(4, { timeNs: ms(1002), summary: 'ACK' }),
  ];
  const groups = groupRelated(rows, 3 as RowId);
  expect(groups.map((group) => group.rows.map((row) => row.id))).toEqual([[1], [2, 3], [4]]);
  expect(groups.map((group) => group.current)).toEqual([false, true, false]);
});

it('keeps the two directions apart', () => {
  const there = makeRow(1, { timeNs: ms(0) });
  const back = makeRow(2, { timeNs: ms(0), source: there.destination, destination: there.source });
  expect(groupRelated([there, back], 1 as RowId)).toHaveLength(2);
});

it('puts flows without a time last, each by itself', () => {
  const rows = [
    makeRow(1, { timeNs: undefined }),
    makeRow(2, { timeNs: ms(5), source: makeEnd() }),
    makeRow(3, { timeNs: undefined }),
  ];
  expect(groupRelated(rows, 9 as RowId).map((group) => group.rows.map((row) => row.id))).toEqual([
    [2],
    [1],
    [3],
  ]);
});

it.each([
  ['support.github.com.', 'support.github.com → 10.0.0.2'],
  ['backend', 'backend → 10.0.0.2'],
  ['.', '. → 10.0.0.2'],
  ['', 'a name → 10.0.0.2'],
])('tells the DNS answer to %j', (name, text) => {
  expect(dnsAnswerText({ row: makeRow(1), name, address: '10.0.0.2' })).toBe(text);
});
