// A pasted `hubble observe ...` in the bar's own words. Fetched when the page is idle, or when one is pasted.

import {
  commandToQuery,
  compileFilterText,
  formatQuery,
  parseQuery,
  type PastedCommand,
} from '@finderscope/flow-query';
import type { TimeWindow } from '../view-state/index.ts';
import { pastedWindow } from './pasted-window.ts';

const NS_PER_MS = 1_000_000n;

export type ReadCommand = {
  /** What of it is a good filter. */
  readonly filter: string;
  /** The time that it asks for; undefined leaves the one there is. */
  readonly window: TimeWindow | undefined;
  /** Tokens that must be mended first. */
  readonly draft: string;
  /** Flags that are none. */
  readonly unknown: readonly UnknownFlag[];
  /** What the command says that has no effect here, and why. */
  readonly notes: readonly string[];
};

export type UnknownFlag = { readonly flag: string; readonly message: string };

/** A pasted command as a filter, at `nowMs` since the Unix epoch. What is good in it holds at once; all else is named, none of it ignored. */
export function readCommand(command: string, nowMs: number): ReadCommand {
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
  const window = pastedWindow(options, BigInt(nowMs) * NS_PER_MS);
  return {
    filter: good,
    window,
    draft: formatQuery({ items: bad, problems: [] }),
    unknown,
    notes: [...others, ...notices.map(({ message }) => message), ...timeNotes(options, window)],
  };
}

/** Which flows of the past a command asks for. The page knows a window of time, and no number of flows. */
function timeNotes(
  { first, last, since, until, follow }: PastedCommand['options'],
  window: TimeWindow | undefined,
): readonly string[] {
  // Of an end that the CLI ignores a notice speaks already.
  const times = flagList({ since, until: follow ? undefined : until });
  const heeded = window === undefined ? [] : times;
  const others = [...flagList({ first, last }), ...(window === undefined ? times : [])];
  return [
    ...say(heeded, 'is the time window now', 'are the time window now'),
    ...say(others, 'is no filter and is left out', 'are no filters and are left out'),
  ];
}

function flagList(flags: Readonly<Record<string, string | number | undefined>>): readonly string[] {
  return Object.entries(flags).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag} ${String(value)}`],
  );
}

function say(flags: readonly string[], one: string, many: string): readonly string[] {
  return flags.length === 0 ? [] : [`${flags.join(' and ')} ${flags.length === 1 ? one : many}.`];
}
