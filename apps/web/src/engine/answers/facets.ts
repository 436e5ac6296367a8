// Answers facets queries: the values of several fields, each counted as if the filter did not speak of the field.

import { queryTokens, removeKeys, removeValue, type Token } from '@finderscope/flow-query';
import { byCount, CellCounter, type MatchList, PortCounter, type ValueCount } from '@finderscope/flow-store';
import type { Facet, FacetsAnswer, FacetsQuery, Window } from '../protocol.ts';
import type { Need } from '../session/need.ts';
import type { World } from '../session/world.ts';
import type { CountField } from './count-fields.ts';
import { type AggregateSpec, counted, keep } from './counting.ts';

export function facetNeeds(world: World, query: FacetsQuery): readonly Need[] {
  return query.fields.flatMap((name) => {
    const field = world.fields.get(name);
    if (field === undefined) return [];
    return [needOf(world, withoutOwn(query.filter, field), field, query.window)];
  });
}

export function answerFacets(world: World, query: FacetsQuery): FacetsAnswer {
  return { kind: 'facets', facets: query.fields.map((name) => facetOf(world, query, name)) };
}

/** What counting a field over a filter needs. */
export function needOf(world: World, filter: string, field: CountField, window?: Window): Need {
  return {
    filter,
    prepare: (list) => {
      if (field.by.kind === 'ports') keep(world, list, window, portSpec(world));
      else keep(world, list, window, cellSpec(world, field.by.cell));
    },
  };
}

/** Values of a field with their counts among the rows of a list, in no particular order. */
export function countField(world: World, list: MatchList, field: CountField, window?: Window): ValueCount[] {
  if (field.by.kind === 'ports') return counted(world, list, window, portSpec(world)).totals();
  return field.by.totals.of(counted(world, list, window, cellSpec(world, field.by.cell)).counts);
}

function cellSpec({ store }: World, cell: number): AggregateSpec<CellCounter> {
  return { name: `cell ${cell}`, kind: CellCounter, make: () => new CellCounter(store, cell) };
}

function portSpec({ store }: World): AggregateSpec<PortCounter> {
  return { name: 'ports', kind: PortCounter, make: () => new PortCounter(store) };
}

function facetOf(world: World, query: FacetsQuery, name: string): Facet {
  const field = world.fields.get(name);
  if (field === undefined) return { field: name, values: [], distinct: 0 };
  const list = world.lists.get(withoutOwn(query.filter, field));
  const all = countField(world, list, field, query.window).sort(byCount);
  const said = saidOf(query.filter, field);
  const head = all.slice(0, Math.max(0, query.limit));
  const shown = new Set(head.map(({ value }) => value));
  const named = [...said.keys()].filter((value) => !shown.has(value));
  const also = field.alsoBy === undefined ? undefined : world.fields.get(field.alsoBy);
  const rest = new Map(
    named.length === 0
      ? []
      : [...(also === undefined ? [] : countField(world, list, also, query.window)), ...all].map(
          ({ value, count }) => [value, count],
        ),
  );
  return {
    field: name,
    values: [...head, ...named.map((value) => ({ value, count: rest.get(value) ?? 0 }))].map((entry) => ({
      ...entry,
      state: said.get(entry.value) ?? 'none',
    })),
    distinct: all.length,
  };
}

/** The filter without what it says of the field's values; groups stay as they are. */
function withoutOwn(filter: string, field: CountField): string {
  const { key, askedBy } = field;
  if (key === undefined) return filter;
  if (askedBy === undefined) return removeKeys(filter, [key]);
  return ownTokens(filter, key)
    .flatMap(({ values }) => values)
    .filter((value) => askedBy(value) !== undefined)
    .reduce((text, value) => removeValue(text, key, value), filter);
}

/** What the filter says of values of a field, outside of groups. */
function saidOf(
  filter: string,
  { key, askedBy = (value) => value }: CountField,
): ReadonlyMap<string, 'included' | 'excluded'> {
  const said = new Map<string, 'included' | 'excluded'>();
  for (const token of ownTokens(filter, key)) {
    for (const value of token.values) {
      const named = askedBy(value);
      if (named !== undefined) said.set(named, token.negated ? 'excluded' : 'included');
    }
  }
  return said;
}

type KeyToken = Extract<Token, { readonly kind: 'token' }>;

function ownTokens(filter: string, key: string | undefined): readonly KeyToken[] {
  if (key === undefined || filter === '') return [];
  return queryTokens(filter).filter(
    (token): token is KeyToken => token.kind === 'token' && token.key === key,
  );
}
