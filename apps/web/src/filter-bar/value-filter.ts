// A value anywhere on the page as a filter: a key of the filter language and one value for it.
// Cells, facets and the detail panel make these; including or excluding one never replaces what was there.

import { fieldByName, quoteValue } from '@finderscope/flow-query';

/** `field` is a key of the filter language: 'from-pod', 'verdict', ... */
export type ValueFilter = { readonly field: string; readonly value: string };

/**
 * The filter for a value seen in flows. undefined for none, and for what the language has no word for, such as a verdict
 * of a newer Hubble of which only the number is known. Not for expressions, which the bar alone can judge: the library
 * that reads them may not be here yet.
 */
export function filterForValue(field: string, value: string): ValueFilter | undefined {
  return value !== '' && isWord(field, value) ? { field, value } : undefined;
}

/** The filter language takes this value. */
export function isWord(field: string, value: string): boolean {
  return fieldByName(field)?.check(value).ok === true;
}

/** As a person would write it: from-pod:default/xwing, with quotes where the value needs them. */
export function valueFilterText(filter: ValueFilter): string {
  return `${filter.field}:${quoteValue(filter.value)}`;
}
