// A quick filter joins what the filter says already, token by token, and leaves it the same way.

import { compileFilterText, queryTokens, removeToken } from '@finderscope/flow-query';

/** Whether every token of the quick filter stands in the filter by itself. */
export function hasQuickFilter(filter: string, quick: string): boolean {
  const there = new Set(queryTokens(filter).map(({ text }) => text));
  const tokens = queryTokens(quick);
  return tokens.length > 0 && tokens.every(({ text }) => there.has(text));
}

/** The filter with the quick one added, or taken out when it is there. */
export function toggleQuickFilter(filter: string, quick: string): string {
  const tokens = queryTokens(quick).map(({ text }) => text);
  if (hasQuickFilter(filter, quick)) return tokens.reduce(removeText, filter);
  const there = new Set(queryTokens(filter).map(({ text }) => text));
  const missing = tokens.filter((text) => !there.has(text));
  return [filter.trim(), ...missing].filter((text) => text !== '').join(' ');
}

function removeText(filter: string, text: string): string {
  const token = queryTokens(filter).find((item) => item.text === text);
  return token === undefined ? filter : removeToken(filter, token.index);
}

/** What is wrong with an operator's filter, for the operator to read; undefined for one that can be used. */
export function quickFilterProblem(quick: string): string | undefined {
  const compiled = compileFilterText(quick);
  return compiled.ok ? undefined : compiled.error.map(({ message }) => message).join(' ');
}
