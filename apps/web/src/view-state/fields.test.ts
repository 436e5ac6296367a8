import { describe, expect, it } from 'vitest';
import { readView } from './query-string.ts';

const fileOf = (path: string): readonly string[] =>
  readView(`?v=2&file=${encodeURIComponent(path)}`).view.file;

describe('the file that is looked at', () => {
  it.each(['a.log', 'logs/b.gz', '/x 100%.log', '../a.log', 'a//b'])(
    'may be %j, which is on the server of the page',
    (path) => {
      expect(fileOf(path)).toEqual([path]);
    },
  );

  it.each([
    '//evil/x',
    '\t//evil/x',
    '/\t/evil/x',
    '/\n/evil/x',
    ' //evil/x',
    '\u0001//evil/x',
    String.raw`\\evil/x`,
    String.raw`/\evil/x`,
    'http://evil/x',
    'ht\ttp://evil/x',
    'ht\ttp:evil/x',
    '\u0001http:evil/x',
    'data:,x',
    'https://[',
  ])('is never %j, which another origin may hold', (path) => {
    expect(fileOf(path)).toEqual([]);
  });
});
