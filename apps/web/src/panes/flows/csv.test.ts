import { describe, expect, it } from 'vitest';
import { makeRow } from '../testing/row-fixture.ts';
import { columnsOf } from './columns.ts';
import { csvCell, csvHead, csvRows } from './csv.ts';

describe('cells', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['@x', "'@x"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['=a,b', '"\'=a,b"'],
  ])('%j is %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });
});

it('writes the shown columns in their order, with whole times', () => {
  const columns = columnsOf(['time', 'verdict', 'summary']);
  const row = makeRow(1, {
    timeNs: 1_700_000_000_123_456_789n,
    verdict: 2,
    summary: '=HYPERLINK("x","y")',
    count: 3,
  });
  expect(
    csvHead(columns, false) + csvRows(columns, false, [row, makeRow(2, { timeNs: undefined, summary: '' })]),
  ).toBe(
    'Time,Verdict,Summary\r\n' +
      '2023-11-14T22:13:20.123456789Z,DROPPED,"\'=HYPERLINK(""x"",""y"")"\r\n' +
      ',FORWARDED,\r\n',
  );
  expect(csvHead(columns, true) + csvRows(columns, true, [row])).toMatch(/^Flows,Time.*\r\n3,2023/);
});
