// What the bar needs of the filter language, in the bar's own words. Meaning and messages are flow-query's.

import {
  compileFilterText,
  completeQuery,
  fieldByName,
  formatQuery,
  isCommand,
  parseQuery,
} from '@finderscope/flow-query';
import type { PlacedProblem } from './bar-token.ts';
import { readBar as readTokens, type ReadBar } from './bar-tokens.ts';
import type { KeyText, Place } from './completion.ts';

/** Everything wrong with a filter text, in its order: what cannot be read, and what Hubble would refuse. */
export function checkFilter(filter: string): readonly PlacedProblem[] {
  if (filter.trim() === '') return [];
  const result = compileFilterText(filter);
  return result.ok ? [] : result.error;
}

export function readBar(filter: string): ReadBar {
  const result = filter.trim() === '' ? undefined : compileFilterText(filter);
  return readTokens(filter, result === undefined || result.ok ? [] : result.error);
}

/** Turns the tokens of a text around: what was asked for is excluded, and the other way about. */
export function negate(text: string): string {
  const { items } = parseQuery(text).query;
  return formatQuery({ items: items.map((item) => ({ ...item, negated: !item.negated })), problems: [] });
}

export type Completion = Place & {
  readonly context: 'key' | 'value';
  /** Key of the value being typed. */
  readonly field: string | undefined;
  readonly prefix: string;
  readonly keys: readonly KeyText[];
  /** Fixed values of the field. */
  readonly values: readonly string[];
};

export function completeAt(text: string, caret: number): Completion {
  const { from, to, context, field, prefix, keys, values } = completeQuery(text, caret);
  return { from, to, context, field, prefix, keys, values };
}

/** The values of this key are names of namespaces. */
export function asksForNamespace(field: string): boolean {
  return fieldByName(field)?.name === 'namespace';
}

/** True for a pasted `hubble observe ...`. */
export function looksLikeCommand(text: string): boolean {
  return isCommand(text);
}
