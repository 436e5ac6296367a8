import { expect, test } from 'vitest';
import { queryTokens } from './tokens.ts';

test('tokens tell key, values, negation and place', () => {
  expect(queryTokens('ns:shop or "pay ments"  -verdict:traced')).toEqual([
    {
      index: 0,
      from: 0,
      to: 22,
      negated: false,
      kind: 'token',
      key: 'namespace',
      values: ['shop', 'pay ments'],
      text: 'namespace:shop or "pay ments"',
      problems: [],
    },
    {
      index: 1,
      from: 24,
      to: 39,
      negated: true,
      kind: 'token',
      key: 'verdict',
      values: ['TRACED'],
      text: 'not verdict:TRACED',
      problems: [],
    },
  ]);
});

test('a group holds the tokens of its alternatives', () => {
  const [group] = queryTokens('( verdict:DROPPED port:1 or http-status:5+ )');
  expect(
    group?.kind === 'group' && group.alternatives.map((tokens) => tokens.map(({ text }) => text)),
  ).toEqual([['verdict:DROPPED', 'port:1'], ['http-status:5+']]);
});

test('each token knows its own problems, conflicts included', () => {
  const tokens = queryTokens('namespace:default http-status:9x xwing');
  expect(tokens.map(({ kind, problems }) => [kind, problems.map(({ code }) => code)])).toEqual([
    ['token', []],
    ['token', ['bad-value']],
    ['broken', ['bare-word']],
  ]);
  const conflict = queryTokens('pod:a from-pod:b').map(({ problems }) => problems.map(({ code }) => code));
  expect(conflict).toEqual([[], ['conflict']]);
});
