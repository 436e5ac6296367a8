// What the bar needs of the filter language, in the bar's own words. Meaning and messages are flow-query's.

import {
  commandToQuery,
  compileFilterText,
  completeQuery,
  fieldByName,
  formatQuery,
  isCommand,
  parseQuery,
  type PastedCommand,
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

export type ReadCommand = {
  /** What of it is a good filter. */
  readonly filter: string;
  /** Tokens that must be mended first. */
  readonly draft: string;
  /** Flags that are none. */
  readonly unknown: readonly UnknownFlag[];
  /** What the command says that has no effect here, and why. */
  readonly notes: readonly string[];
};

export type UnknownFlag = { readonly flag: string; readonly message: string };

/** A pasted command as a filter. What is good in it holds at once; all else is named, none of it ignored. */
export function readCommand(command: string): ReadCommand {
  const { text, problems, notices, options } = commandToQuery(command);
  const { items } = parseQuery(text).query;
  const flags = items.filter((item) => item.kind === 'broken' && item.text.startsWith('-'));
  const rest = items.filter((item) => !flags.includes(item));
  const bad = rest.filter((item) => !compileFilterText(formatQuery({ items: [item], problems: [] })).ok);
  const good = formatQuery({ items: rest.filter((item) => !bad.includes(item)), problems: [] });
  const unknown = problems
    .filter((problem) => problem.code === 'unknown-flag')
    .map(({ from, to, message }) => ({ flag: command.slice(from, to), message }));
  // Tokens that are good each but not together stay as they are, to be mended in place. What leaves no token behind
  // would be lost.
  const others = problems
    .filter(({ code }) => code === 'command' || code === 'missing-value')
    .map(({ message }) => message);
  return {
    filter: good,
    draft: formatQuery({ items: bad, problems: [] }),
    unknown,
    notes: [...others, ...notices.map(({ message }) => message), ...unheeded(options)],
  };
}

/** Which flows of the past a command asks for. The page shows what it holds, as far back as that goes. */
function unheeded({ first, last, since, until }: PastedCommand['options']): readonly string[] {
  const flags = Object.entries({ first, last, since, until }).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag} ${String(value)}`],
  );
  if (flags.length === 0) return [];
  const are = flags.length === 1 ? 'is no filter and is' : 'are no filters and are';
  return [`${flags.join(' and ')} ${are} left out: all flows held are shown.`];
}
