// A value anywhere on the page as a filter: a key of the filter language and one value for it.
// Cells, facets and the detail panel make these; including or excluding one never replaces what was there.

import { quoteValue } from '@finderscope/flow-query';

/** `field` is a key of the filter language: 'from-pod', 'verdict', ... */
export type ValueFilter = { readonly field: string; readonly value: string };

/** As a person would write it: from-pod:default/xwing, with quotes where the value needs them. */
export function valueFilterText(filter: ValueFilter): string {
  return `${filter.field}:${quoteValue(filter.value)}`;
}
