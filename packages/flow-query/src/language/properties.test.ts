// What holds for every text.

import '../expressions.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandToQuery } from '../cli/command-to-query.ts';
import { isCommand } from '../cli/is-command.ts';
import { queryToCommand } from '../cli/query-to-command.ts';
import { filterToJson } from '../fields/filter-json.ts';
import { fieldByName } from '../fields/key.ts';
import { compileFilterText } from './compile.ts';
import { completeQuery } from './complete.ts';
import { excludeValue, includeValue, removeToken, removeValue, valueState } from './edit.ts';
import { anyTextArbitrary, tokenArbitrary, validTextArbitrary } from './test-support/random-texts.ts';
import { formatQuery } from './format.ts';
import { parseQuery } from './parse.ts';
import { queryTokens } from './tokens.ts';

const RUNS = { numRuns: 400, seed: 20260301 };

/** The query without places, as JSON. */
function shape(text: string): string {
  const places = new Set(['from', 'to', 'keySpan', 'wordSpan']);
  return JSON.stringify(parseQuery(text).query.items, (name, value: unknown) =>
    places.has(name) ? undefined : value,
  );
}

/** Both lists, without order and repetition; undefined when the text has problems. */
function meaning(text: string): unknown {
  const lists = compileFilterText(text);
  if (!lists.ok) return undefined;
  const set = (values: readonly string[]): readonly string[] => [...new Set(values)].toSorted();
  const normal = (json: string): string =>
    JSON.stringify(JSON.parse(json), (_, value: unknown) =>
      Array.isArray(value) ? set(value.map((item) => JSON.stringify(item))) : value,
    );
  const { allow, deny } = lists.value;
  return [allow, deny].map((filters) => set(filters.map((filter) => normal(filterToJson(filter)))));
}

test('any text parses, and every place lies inside it', () => {
  fc.assert(
    fc.property(anyTextArbitrary, (text) => {
      const { problems } = parseQuery(text);
      const compiled = compileFilterText(text);
      for (const { from, to, message } of [...problems, ...(compiled.ok ? [] : compiled.error)]) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(message).not.toBe('');
      }
      expect(compiled.ok).toBe(problems.length === 0 && compiled.ok);
    }),
    RUNS,
  );
});

test('tokens cover the text but for spaces', () => {
  fc.assert(
    fc.property(anyTextArbitrary, (text) => {
      let at = 0;
      for (const { from, to } of queryTokens(text)) {
        expect(text.slice(at, from).trim()).toBe('');
        at = to;
      }
      expect(text.slice(at).trim()).toBe('');
    }),
    RUNS,
  );
});

test('a formatted text reads as the same query and stays as it is', () => {
  fc.assert(
    fc.property(fc.oneof(anyTextArbitrary, validTextArbitrary), (text) => {
      const formatted = formatQuery(parseQuery(text).query);
      expect(shape(formatted)).toBe(shape(text));
      expect(formatQuery(parseQuery(formatted).query)).toBe(formatted);
    }),
    RUNS,
  );
});

test('the grammar’s own texts have no syntax problem', () => {
  fc.assert(
    fc.property(validTextArbitrary, (text) => {
      expect(parseQuery(text).problems).toEqual([]);
    }),
    RUNS,
  );
});

test('a copied command, pasted back, asks for the same', () => {
  let compared = 0;
  fc.assert(
    fc.property(validTextArbitrary, (text) => {
      const expected = meaning(text);
      if (expected === undefined) return;
      compared++;
      const pasted = commandToQuery(queryToCommand(text, { server: 'a b', follow: true }));
      expect(pasted.problems).toEqual([]);
      expect(meaning(pasted.text)).toEqual(expected);
      expect(pasted.options).toMatchObject({ server: 'a b', follow: true });
    }),
    { ...RUNS, numRuns: 1000 },
  );
  expect(compared).toBeGreaterThan(300);
});

test('any command line is read, and every place lies inside it', () => {
  const word = fc.oneof(
    tokenArbitrary,
    fc.constantFrom(
      'hubble',
      'observe',
      '--not',
      '-n',
      '--verdict',
      'DROPPED',
      '-fA',
      '--allowlist',
      '{}',
      '--colour',
    ),
    fc.constantFrom("'", '"', '\\', '|', '\n', '--', '-', '=', '--last', '--server=x', '-4', '$'),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.boolean(), fc.array(word, { maxLength: 10 }), (real, words) => {
      const line = [...(real ? ['hubble observe'] : []), ...words].join(' ');
      expect(isCommand(line) || !real).toBe(true);
      const { problems, notices, text } = commandToQuery(line);
      for (const { from, to } of [...problems, ...notices]) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(line.length);
      }
      // What is wrong with the text was said of the command.
      expect(problems.length > 0 || compileFilterText(text).ok).toBe(true);
    }),
    RUNS,
  );
});

test('completion works at every place of every text', () => {
  fc.assert(
    fc.property(anyTextArbitrary, fc.nat(60), (text, cursor) => {
      const { from, to } = completeQuery(text, cursor);
      const at = Math.min(cursor, text.length);
      expect(from).toBeLessThanOrEqual(at);
      expect(to).toBeGreaterThanOrEqual(at);
      expect(to).toBeLessThanOrEqual(text.length);
    }),
    RUNS,
  );
});

const pickArbitrary = tokenArbitrary.map((token) => {
  const [first] = queryTokens(token);
  if (first?.kind !== 'token') throw new Error(`${token} is one token`);
  return { key: first.key, value: first.values[0] ?? '' };
});

test('a value included or excluded is just that, and nothing else changes', () => {
  fc.assert(
    fc.property(validTextArbitrary, pickArbitrary, (text, { key, value }) => {
      expect(fieldByName(key)?.check(value)).toEqual({ ok: true, value });
      const wasExcluded = valueState(text, key, value) === 'excluded';
      const included = includeValue(text, key, value);
      expect(valueState(included, key, value)).toBe(wasExcluded ? 'none' : 'included');
      expect(includeValue(excludeValue(text, key, value), key, value)).not.toContain('not not');
      const excluded = excludeValue(text, key, value);
      expect(valueState(excluded, key, value)).toBe('excluded');
      for (const edited of [included, excluded]) {
        expect(parseQuery(edited).problems).toEqual([]);
        expect(removeValue(edited, key, value)).toBe(removeValue(edited, key, value).trim());
        expect(shape(removeValue(edited, key, value))).toBe(shape(removeValue(text, key, value)));
      }
    }),
    RUNS,
  );
});

test('removing every token leaves nothing', () => {
  fc.assert(
    fc.property(validTextArbitrary, (text) => {
      let rest = text;
      for (let left = queryTokens(text).length; left > 0; left--) rest = removeToken(rest, left - 1);
      expect(rest).toBe('');
    }),
    RUNS,
  );
});
