// Changes to a text that a click makes. They touch only the characters they are about.

import { keyByName } from '../fields/key.ts';
import { formatToken } from './format.ts';
import { parseQuery } from './parse.ts';
import { quoteFurtherValue } from './quote.ts';
import { queryTokens } from './tokens.ts';
import type { Query, Span, TokenNode, ValueNode } from './query.ts';

/** Whether a text asks for, excludes or does not mention a value by itself, outside of groups. */
export type ValueState = 'included' | 'excluded' | 'none';

/**
 * Asks for a value too: another value of the same key if there is one, else one more token. A value that is excluded
 * is no longer excluded, and that is all. `field` is a key: 'pod', 'from-pod', 'verdict'.
 */
export function includeValue(text: string, field: string, value: string): string {
  if (findValues(text, field, value, true).length > 0) return dropValues(text, field, value, true);
  if (findValues(text, field, value, false).length > 0) return text;
  return addValue(text, field, value, false);
}

/** Excludes a value: it is no longer asked for, and an exclusion of the key gets it, or a new one is added. */
export function excludeValue(text: string, field: string, value: string): string {
  if (findValues(text, field, value, true).length > 0) return text;
  return addValue(dropValues(text, field, value, false), field, value, true);
}

/** Takes a value out of the text, asked for or excluded; groups are left alone. */
export function removeValue(text: string, field: string, value: string): string {
  return dropValues(dropValues(text, field, value, false), field, value, true);
}

/** What the text says of a value outside of groups. */
export function valueState(text: string, field: string, value: string): ValueState {
  if (findValues(text, field, value, true).length > 0) return 'excluded';
  return findValues(text, field, value, false).length > 0 ? 'included' : 'none';
}

/** Takes out the token at this place of `queryTokens`, and a space beside it. */
export function removeToken(text: string, index: number): string {
  const item = parseQuery(text).query.items[index];
  return item === undefined ? text : cutWord(text, item);
}

/** Takes out all tokens of these keys; groups are left alone. */
export function removeKeys(text: string, keys: readonly string[]): string {
  if (text === '') return '';
  return queryTokens(text).reduceRight(
    (rest, token) =>
      token.kind === 'token' && keys.includes(token.key) ? removeToken(rest, token.index) : rest,
    text,
  );
}

type Found = { readonly token: TokenNode; readonly value: ValueNode };

function canonical(field: string, value: string): string {
  const checked = keyByName(field)?.field.check(value);
  return checked?.ok === true ? checked.value : value;
}

function topTokens(query: Query, field: string, negated: boolean): readonly TokenNode[] {
  const key = keyByName(field);
  return query.items
    .filter((item) => item.kind === 'token')
    .filter((item) => item.key === key && item.negated === negated);
}

function findValues(text: string, field: string, value: string, negated: boolean): readonly Found[] {
  const tokens = topTokens(parseQuery(text).query, field, negated);
  // Facets ask this of every value they show, many times a second, and to check an expression is to parse it.
  if (tokens.length === 0) return [];
  const wanted = canonical(field, value);
  return tokens.flatMap((token) =>
    token.values.filter((node) => node.value === wanted).map((node) => ({ token, value: node })),
  );
}

function dropValues(text: string, field: string, value: string, negated: boolean): string {
  let rest = text;
  for (;;) {
    const found = findValues(rest, field, value, negated)[0];
    if (found === undefined) return rest;
    rest = dropValue(rest, found);
  }
}

function dropValue(text: string, { token, value }: Found): string {
  const { values } = token;
  const at = values.indexOf(value);
  const after = values[at + 1];
  const before = values[at - 1];
  // With the `or` that joined it: the one behind the first value, the one before any other.
  if (before !== undefined) return cut(text, { from: before.to, to: value.to });
  return after === undefined ? cutWord(text, token) : cut(text, { from: value.from, to: after.from });
}

function addValue(text: string, field: string, value: string, negated: boolean): string {
  const { query } = parseQuery(text);
  const wanted = canonical(field, value);
  const open = isOpen(query);
  const last = topTokens(query, field, negated).at(-1)?.values.at(-1);
  if (last !== undefined && !open)
    return `${text.slice(0, last.to)} or ${quoteFurtherValue(wanted)}${text.slice(last.to)}`;
  const token = `${negated ? 'not ' : ''}${formatToken(keyByName(field)?.name ?? field, [wanted])}`;
  if (text.trim() === '') return token;
  return open ? `${token} ${text.trimStart()}` : `${text.trimEnd()} ${token}`;
}

/** Whether something written at the end would become part of what is unfinished there. */
function isOpen({ problems }: Query): boolean {
  return problems.some(({ code }) =>
    /^(?:unclosed-quote|unclosed-group|misplaced-not|misplaced-or)$/.test(code),
  );
}

function cut(text: string, { from, to }: Span): string {
  return text.slice(0, from) + text.slice(to);
}

function cutWord(text: string, { from, to }: Span): string {
  const before = text.slice(0, from).trimEnd();
  const after = text.slice(to).trimStart();
  return before === '' || after === '' ? before + after : `${before} ${after}`;
}
