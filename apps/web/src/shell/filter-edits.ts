// The edits of the filter text that commands make. What is written already stays as it is.

import { includeValue, queryTokens, removeValue, valueState } from '@finderscope/flow-query';
import { withoutValue, withValue } from '../filter-bar/with-value.ts';

/** Asks for drops too, or no longer. */
export function toggleDrops(filter: string): string {
  return valueState(filter, 'verdict', 'DROPPED') === 'included'
    ? removeValue(filter, 'verdict', 'DROPPED')
    : includeValue(filter, 'verdict', 'DROPPED');
}

/**
 * Adds what `data-filter` of a focused element says, such as `from-pod:default/xwing`, as asked for or as excluded.
 * undefined when it is not filter text.
 */
export function addFocused(filter: string, focused: string, how: 'include' | 'exclude'): string | undefined {
  let edited: string | undefined;
  for (const token of queryTokens(focused)) {
    if (token.kind !== 'token') return undefined;
    for (const value of token.values) {
      const before = edited ?? filter;
      edited =
        how === 'include'
          ? withValue(before, { field: token.key, value })
          : withoutValue(before, { field: token.key, value });
    }
  }
  return edited;
}
