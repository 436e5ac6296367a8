import { describe, expect, test } from 'vitest';
import { completeQuery } from './complete.ts';

/** The cursor is where `|` stands; gives context, what would be replaced, and the field or the first keys. */
function at(marked: string): string {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { context, from, to, field, prefix, keys } = completeQuery(text, cursor);
  const what =
    context === 'key'
      ? keys
          .slice(0, 3)
          .map(({ key }) => key)
          .join(' ')
      : field;
  return `${context} [${text.slice(from, to)}] after [${prefix}]: ${what}`;
}

describe('keys', () => {
  test.each([
    ['|', 'key [] after []: namespace pod verdict'],
    ['pod:a |', 'key [] after []: namespace pod verdict'],
    ['po|', 'key [po] after [po]: pod port from-pod'],
    ['to-po|', 'key [to-po] after [to-po]: to-pod to-port'],
    ['-ver|', 'key [ver] after [ver]: verdict ip-version'],
    ['not ver|', 'key [ver] after [ver]: verdict ip-version'],
    ['( ver| )', 'key [ver] after [ver]: verdict ip-version'],
    ['ver|:DROPPED', 'key [ver:] after [ver]: verdict ip-version'],
    ['verd|ict:DROPPED', 'key [verdict:] after [verd]: verdict'],
    ['status|', 'key [status] after [status]: http-status'],
    ['flags|', 'key [flags] after [flags]: tcp-flags'],
    ['port|', 'key [port] after [port]: port from-port to-port'],
    ['pod:a |port:1', 'key [port:] after []: namespace pod verdict'],
    ['zzz|', 'key [zzz] after [zzz]: '],
    ['( port:1 or port:2 ) |', 'key [] after []: namespace pod verdict'],
  ])('%s', (marked, expected) => {
    expect(at(marked)).toBe(expected);
  });

  test('carry their explanation and an example of the very key', () => {
    const [first] = completeQuery('from-po', 7).keys;
    expect(first).toMatchObject({ key: 'from-pod', example: 'from-pod:shop/cart' });
    expect(first?.doc).toMatch(/^Pod by the beginning/);
  });
});

describe('values', () => {
  test.each([
    ['pod:|', 'value [] after []: pod'],
    ['from-pod:default/xw|', 'value [default/xw] after [default/xw]: from-pod'],
    ['from-pod:default/|xw', 'value [default/xw] after [default/]: from-pod'],
    ['pod:"a b|', 'value ["a b] after [a b]: pod'],
    ['pod:"a |b" port:1', 'value ["a b"] after [a ]: pod'],
    ['ns:a or pay|', 'value [pay] after [pay]: namespace'],
    ['ns:a or |', 'value [] after []: namespace'],
    ['( ns:a or |', 'value [] after []: namespace'],
    ['nothing:x|', 'value [x] after [x]: undefined'],
  ])('%s', (marked, expected) => {
    expect(at(marked)).toBe(expected);
  });

  test('fixed ones are offered by what was written', () => {
    expect(completeQuery('verdict:tra', 11).values).toEqual(['TRACED', 'TRANSLATED']);
    expect(completeQuery('verdict:', 8).values[0]).toBe('FORWARDED');
    expect(completeQuery('type:stack', 10).values).toEqual(['trace:from-stack', 'trace:to-stack']);
    expect(completeQuery('pod:x', 5).values).toEqual([]);
  });

  test('behind or inside a group a key may follow as well', () => {
    expect(completeQuery('( verdict:DROPPED or http-s', 27).keys.map(({ key }) => key)).toEqual([
      'http-status',
    ]);
    expect(completeQuery('( verdict:DROPPED or ', 21).keys.length).toBeGreaterThan(30);
    expect(completeQuery('verdict:DROPPED or http-s', 25).keys).toEqual([]);
  });
});
