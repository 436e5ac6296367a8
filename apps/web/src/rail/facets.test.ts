import { fieldByName, keyByName } from '@finderscope/flow-query';
import { describe, expect, it } from 'vitest';
import { FACETS } from './facets.ts';

describe('the table of facets', () => {
  it('names each facet once, by keys of the language, with values the language takes', () => {
    expect(new Set(FACETS.map(({ id }) => id)).size).toBe(FACETS.length);
    for (const { field, always = [] } of FACETS) {
      expect(keyByName(field)?.name).toBe(field);
      for (const value of always) expect(fieldByName(field)?.check(value)).toEqual({ ok: true, value });
    }
  });
});
