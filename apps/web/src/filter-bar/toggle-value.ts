// What a click on a value does to the filter: a facet's row, a line of the overview. What else the filter says stays as
// it is.

import { removeValue, valueState } from '@finderscope/flow-query';
import type { ValueFilter } from './value-filter.ts';
import { withoutValue, withValue } from './with-value.ts';

/** `include` again, or `exclude` again, takes the value out of the filter. */
export function toggleValue(filter: string, value: ValueFilter, how: 'include' | 'exclude'): string {
  const state = valueState(filter, value.field, value.value);
  const again = state === (how === 'include' ? 'included' : 'excluded');
  if (again) return removeValue(filter, value.field, value.value);
  if (how === 'exclude') return withoutValue(filter, value);
  // Asked for right away, where withValue would only end the exclusion.
  const bare = state === 'excluded' ? removeValue(filter, value.field, value.value) : filter;
  return withValue(bare, value);
}
