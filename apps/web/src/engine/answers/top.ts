// Answers top and quantiles queries: the most frequent combinations of values, and how long their responses took.

import { ComboCounter, type KeyedField, LatencySpread } from '@finderscope/flow-store';
import type { Condition, QuantilesAnswer, QuantilesQuery, TopAnswer, TopQuery } from '../protocol.ts';
import type { Need } from '../session/need.ts';
import type { World } from '../session/world.ts';
import { type AggregateSpec, counted, keep } from './counting.ts';

const SHARES = [0.5, 0.95, 0.99];

type Query = TopQuery | QuantilesQuery;

export function topNeeds(world: World, query: Query): readonly Need[] {
  return [
    {
      filter: query.filter,
      prepare: (list) => {
        const { cells } = planOf(world, query);
        if (cells.length > 0) keep(world, list, query.window, comboSpec(world, query, cells));
      },
    },
  ];
}

export function answerTop(world: World, query: TopQuery): TopAnswer {
  const groups = groupsOf(world, query);
  return {
    kind: 'top',
    groups: groups.slice(0, Math.max(0, query.limit)).map(({ values, count }) => ({ values, count })),
    distinct: groups.length,
    total: groups.reduce((sum, { count }) => sum + count, 0),
  };
}

export function answerQuantiles(world: World, query: QuantilesQuery): QuantilesAnswer {
  const groups = groupsOf(world, query);
  return {
    kind: 'quantiles',
    groups: groups.slice(0, Math.max(0, query.limit)).map(({ values, count, spread }) => {
      const [p50Ns = 0, p95Ns = 0, p99Ns = 0] = spread.quantiles(SHARES);
      return { values, count, p50Ns, p95Ns, p99Ns };
    }),
    distinct: groups.length,
  };
}

/** A field and the place of its cell in the plan's `cells`; undefined for a name that is no field. */
type Placed = { readonly field: KeyedField; readonly place: number } | undefined;

type Plan = {
  readonly cells: readonly number[];
  /** One per field of `by`. */
  readonly fields: readonly Placed[];
  /** One per condition. */
  readonly conditions: readonly { readonly placed: Placed; readonly condition: Condition }[];
};

function planOf(world: World, { by, where = [] }: Query): Plan {
  const fields = by.map((name) => world.fields.single(name));
  const asked = where.map(({ field }) => world.fields.single(field));
  const cells = [
    ...new Set([...fields, ...asked].flatMap((field) => (field === undefined ? [] : [field.cell]))),
  ].sort((a, b) => a - b);
  const place = (field: KeyedField | undefined): Placed =>
    field && { field, place: cells.indexOf(field.cell) };
  return {
    cells,
    fields: fields.map(place),
    conditions: where.map((condition, i) => ({ placed: place(asked[i]), condition })),
  };
}

function holds(keys: Int32Array, { placed, condition }: Plan['conditions'][number]): boolean {
  const values = placed?.field.valuesOf(keys[placed.place] ?? 0) ?? [];
  return values.some((value) => condition.values.includes(value) === (condition.is === 'one-of'));
}

function comboSpec({ store }: World, { kind }: Query, cells: readonly number[]): AggregateSpec<ComboCounter> {
  const onlyLatencies = kind === 'quantiles';
  return {
    name: `${onlyLatencies ? 'latency' : 'combo'} ${cells.join(' ')}`,
    kind: ComboCounter,
    make: () => new ComboCounter(store, cells, onlyLatencies ? 'latencies' : 'none'),
  };
}

type Group = { readonly values: readonly string[]; count: number; readonly spread: LatencySpread };

/** Most frequent first, equal ones by text. A flow with several values of a field is in a group for each. */
function groupsOf(world: World, query: Query): Group[] {
  const { cells, fields, conditions } = planOf(world, query);
  if (cells.length === 0) return [];
  const list = world.lists.get(query.filter);
  const counter = counted(world, list, query.window, comboSpec(world, query, cells));
  const groups = new Map<string, Group>();
  const byCombo = new Map<number, readonly Group[]>();
  counter.forEach((keys, count, combo) => {
    if (!conditions.every((condition) => holds(keys, condition))) return;
    const parts = fields.map((part) => {
      const values = part?.field.valuesOf(keys[part.place] ?? 0) ?? [];
      return values.length === 0 ? [''] : [...new Set(values)];
    });
    const own: Group[] = [];
    for (const values of combinations(parts)) {
      if (values.every((value) => value === '')) continue;
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { values, count: 0, spread: new LatencySpread() };
      groups.set(key, group);
      group.count += count;
      own.push(group);
    }
    byCombo.set(combo, own);
  });
  counter.forEachLatency((combo, bucket, count) => {
    for (const { spread } of byCombo.get(combo) ?? []) spread.add(bucket, count);
  });
  return [...groups.values()].sort((a, b) => b.count - a.count || compare(a.values, b.values));
}

function combinations(parts: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return parts.reduce<readonly (readonly string[])[]>(
    (lists, values) => lists.flatMap((list) => values.map((value) => [...list, value])),
    [[]],
  );
}

function compare(a: readonly string[], b: readonly string[]): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
