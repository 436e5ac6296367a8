import { expect, test } from 'vitest';
import { quoteShellWord, splitShellWords } from './shell-words.ts';

test.each([
  ['', []],
  ['a b', ['a', 'b']],
  [`'a b' "c d"`, ['a b', 'c d']],
  [`a'b'"c"\\ d`, ['abc d']],
  [`"a\\"b\\\\c\\d\\$"`, ['a"b\\c\\d$']],
  [`'a\\'`, ['a\\']],
  [`''`, ['']],
  ['a\\\nb', ['ab']],
  ['a \\\n b', ['a', 'b']],
  ['a \\', ['a']],
  ['a \\   b', ['a', 'b']],
  ['a | b', ['a']],
  ['a; b', ['a']],
  ['a && b', ['a']],
  ['a\nb', ['a']],
  ['a >b', ['a']],
  ['a 2>&1', ['a']],
  ['a #b', ['a']],
  ['a#b', ['a#b']],
  [`a '|' "&"`, ['a', '|', '&']],
])('%j', (line, words) => {
  expect(splitShellWords(line).words.map(({ text }) => text)).toEqual(words);
});

test('words know their place and quotes left open', () => {
  const line = `a "b c`;
  const { words, openQuote, end } = splitShellWords(line);
  expect(words.map(({ from, to }) => line.slice(from, to))).toEqual(['a', '"b c']);
  expect(openQuote).toEqual({ from: 2, to: 6 });
  expect(end).toBe(6);
});

test.each(['a', 'a b', "it's", '', '$HOME', '*', '{"a":["b"]}', 'a\nb', '\\d+', '!x'])(
  '%j survives quoting',
  (text) => {
    expect(splitShellWords(quoteShellWord(text)).words.map((word) => word.text)).toEqual([text]);
  },
);
