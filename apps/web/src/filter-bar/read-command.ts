// A pasted `hubble observe ...` in the bar's own words. Fetched when the page is idle, or when one is pasted.

import {
  commandToQuery,
  compileFilterText,
  formatQuery,
  parseQuery,
  type PastedCommand,
} from '@finderscope/flow-query';

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
