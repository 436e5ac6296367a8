// Answers values queries: the values of a field among the rows a filter matches.

import { byCount } from '@finderscope/flow-store';
import type { ValuesAnswer, ValuesQuery } from '../protocol.ts';
import type { Need } from '../session/need.ts';
import type { World } from '../session/world.ts';
import { countField, needOf } from './facets.ts';

export function valueNeeds(world: World, query: ValuesQuery): readonly Need[] {
  const field = world.fields.get(query.field);
  return field === undefined ? [] : [needOf(world, query.filter, field)];
}

export function answerValues(world: World, query: ValuesQuery): ValuesAnswer {
  const field = world.fields.get(query.field);
  if (field === undefined) return { kind: 'values', values: [], distinct: 0 };
  const all = countField(world, world.lists.get(query.filter), field).sort(byCount);
  const wanted = query.contains.toLowerCase();
  const found = wanted === '' ? all : all.filter(({ value }) => value.toLowerCase().includes(wanted));
  return { kind: 'values', values: found.slice(0, Math.max(0, query.limit)), distinct: found.length };
}
