import { parseQuery } from '@finderscope/flow-query';
import { describe, expect, it } from 'vitest';
import { readBar } from './bar-tokens.ts';

const read = (filter: string) => readBar(filter, parseQuery(filter).problems);

describe('readBar', () => {
  it('shows terms, negations and values', () => {
    const { tokens } = read('namespace:default  not verdict:TRACED or TRANSLATED');
    expect(tokens).toMatchObject([
      {
        kind: 'term',
        key: 'namespace',
        values: ['default'],
        not: false,
        without: 'not verdict:TRACED or TRANSLATED',
      },
      {
        kind: 'term',
        key: 'verdict',
        values: ['TRACED', 'TRANSLATED'],
        not: true,
        without: 'namespace:default',
      },
    ]);
  });

  it('takes one member out of a group and leaves the rest', () => {
    const { tokens } = read('port:80 ( verdict:DROPPED or http-status:5+ )');
    const group = tokens[1];
    if (group?.kind !== 'group') throw new Error('the second token is a group');
    expect(group.alternatives.map((members) => members.map((member) => member.without))).toEqual([
      ['port:80 ( http-status:5+ )'],
      ['port:80 ( verdict:DROPPED )'],
    ]);
    expect(group.without).toBe('port:80');
  });

  it('keeps what it cannot read, as broken', () => {
    const { tokens, problems } = read('nonsense verdict:DROPPED http-status:9x');
    expect(tokens.map((token) => token.kind)).toEqual(['broken', 'term', 'term']);
    expect(tokens.map((token) => token.kind === 'term' && token.broken)).toEqual([false, false, true]);
    expect(problems).toHaveLength(2);
  });

  it('lists each excluded value with what is left when it is revealed', () => {
    const { exclusions, withoutAll } = read('namespace:default not verdict:TRACED or TRANSLATED not port:53');
    expect(exclusions).toEqual([
      { text: 'not verdict:TRACED', without: 'namespace:default not verdict:TRANSLATED not port:53' },
      { text: 'not verdict:TRANSLATED', without: 'namespace:default not verdict:TRACED not port:53' },
      { text: 'not port:53', without: 'namespace:default not verdict:TRACED or TRANSLATED' },
    ]);
    expect(withoutAll).toBe('namespace:default');
  });

  it('has nothing for an empty filter', () => {
    expect(read('')).toEqual({ tokens: [], problems: [], exclusions: [], withoutAll: '' });
  });
});
