// From counts and filter to the rows of one facet. Plain functions: the components only draw.

import { queryTokens, removeValue, valueState, type ValueState } from '@finderscope/flow-query';
import { isWord } from '../filter-bar/value-filter.ts';
import type { FacetDef, FoldedValue } from './facets.ts';

/** Values of a field in the flows that match the filter without the facet's own tokens, most frequent first. */
export type FacetCounts = {
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** Of which `values` is the head. */
  readonly distinct: number;
};

export type FacetRow = {
  /** What is filtered by, as the language writes it. */
  readonly value: string;
  readonly label: string;
  readonly count: number;
  /** What the filter says of it. */
  readonly state: ValueState;
  /** False for what the language has no word for, such as a verdict of a newer Hubble. */
  readonly filterable: boolean;
  /** Has a row of its own, in its own place, whatever is seen. */
  readonly fixed: boolean;
};

export type FacetRows = {
  readonly rows: readonly FacetRow[];
  /** Values there are, rows or not. */
  readonly distinct: number;
};

/** `filter` without the values that the facet asks for or excludes; groups stay, which a facet never writes. */
export function withoutOwn(filter: string, facet: FacetDef): string {
  return ownValues(filter, facet).reduce((text, value) => removeValue(text, facet.field, value), filter);
}

/** Values of the facet that the filter names outside of groups. */
function ownValues(filter: string, { field, owns = () => true }: FacetDef): readonly string[] {
  return queryTokens(filter)
    .flatMap((token) => (token.kind === 'token' && token.key === field ? token.values : []))
    .filter(owns);
}

/** Rows in the order of the counts; those that always have one first, those that only the filter names last. */
export function facetRows(facet: FacetDef, counts: FacetCounts, filter: string): FacetRows {
  const folded = foldCounts(facet, counts.values);
  const seen = new Map(counts.values.map(({ value, count }) => [value, count]));
  const listed = new Map<string, FoldedValue & { readonly count: number }>();
  for (const value of facet.always ?? [])
    listed.set(value, { value, label: value, count: folded.get(value)?.count ?? 0 });
  for (const [value, item] of folded) if (!listed.has(value)) listed.set(value, item);
  for (const value of ownValues(filter, facet)) {
    const label = facet.owns === undefined ? value : (facet.fold?.(value)?.label ?? value);
    if (!listed.has(value)) listed.set(value, { value, label, count: seen.get(value) ?? 0 });
  }
  const rows = [...listed.values()].map((item) => ({
    ...item,
    state: valueState(filter, facet.field, item.value),
    fixed: facet.always?.includes(item.value) === true,
    // A facet's own expressions are valid; the library that could say so may not be here yet.
    filterable: facet.owns?.(item.value) ?? isWord(facet.field, item.value),
  }));
  // Where the counts were cut off, only the engine knows how many there are; else folding may have made fewer.
  const isCut = counts.values.length < counts.distinct;
  return { rows, distinct: isCut ? Math.max(counts.distinct, rows.length) : rows.length };
}

function foldCounts(
  facet: FacetDef,
  values: FacetCounts['values'],
): ReadonlyMap<string, FoldedValue & { readonly count: number }> {
  const { fold = (value: string): FoldedValue => ({ value, label: value }) } = facet;
  const folded = new Map<string, FoldedValue & { readonly count: number }>();
  for (const { value, count } of values) {
    const item = fold(value);
    if (item !== undefined)
      folded.set(item.value, { ...item, count: (folded.get(item.value)?.count ?? 0) + count });
  }
  return new Map([...folded].toSorted(([, a], [, b]) => b.count - a.count));
}

const SHOWN = 6;
/** A search for less than this would be longer than what it finds. */
const SPARE = 2;

/** The first rows, and beyond them every row that the filter speaks of: what is in force is never out of sight. */
export function shownRows({ rows, distinct }: FacetRows): readonly FacetRow[] {
  const limit = Math.max(SHOWN, rows.filter(({ fixed }) => fixed).length);
  if (distinct <= limit + SPARE) return rows;
  return rows.filter((row, index) => index < limit || row.state !== 'none');
}

/**
 * Flows that match the filter, told from the rows of the facet that every flow has one value of: what it shows, or all
 * but what it leaves out.
 */
export function matchingFlows(rows: readonly FacetRow[]): number {
  const asked = rows.filter(({ state }) => state === 'included');
  const counted = asked.length > 0 ? asked : rows.filter(({ state }) => state !== 'excluded');
  return counted.reduce((sum, { count }) => sum + count, 0);
}
