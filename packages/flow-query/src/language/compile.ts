// Query to the FlowFilter lists of a GetFlows request.

import { clone, type DescField, equals, isFieldSet } from '@bufbuild/protobuf';
import { reflect, type ReflectList } from '@bufbuild/protobuf/reflect';
import { err, ok, type Result } from '@finderscope/base';
import { type FlowFilter, FlowFilterSchema } from '@finderscope/hubble-api';
import { compileFilter } from '../filter/compile.ts';
import { expandQuery, type TermSet } from './expand.ts';
import { parseQuery } from './parse.ts';
import type { Problem, ProblemCode, Query, Span } from './query.ts';
import { createTracker, track, trackedFilters } from './tracker.ts';

/** A flow is shown when one of `allow` holds, or `allow` is empty, and none of `deny` holds. */
export type FilterLists = {
  readonly allow: FlowFilter[];
  readonly deny: FlowFilter[];
};

/** Parses, checks and turns into filters. The error lists every problem, in the order of the text. */
export function compileFilterText(text: string): Result<FilterLists, readonly Problem[]> {
  return queryToFilters(parseQuery(text).query);
}

/** The filters of a parsed query. A query with problems has none. */
export function queryToFilters(query: Query): Result<FilterLists, readonly Problem[]> {
  const { alternatives, exclusions, problems } = expandQuery(query);
  const found = [...query.problems, ...problems];
  if (query.problems.length > 0) return err(inOrder(found));
  const allow = filtersOf(alternatives, found);
  const deny = filtersOf(exclusions, found);
  return found.length === 0 ? ok({ allow, deny: mergeDenied(deny) }) : err(inOrder(found));
}

/** Exclusions that set one and the same field become one filter: its values are alternatives anyway. */
function mergeDenied(filters: readonly FlowFilter[]): FlowFilter[] {
  const merged: FlowFilter[] = [];
  const byField = new Map<DescField, FlowFilter>();
  for (const filter of filters) {
    const [field, ...others] = FlowFilterSchema.fields.filter((candidate) => isFieldSet(filter, candidate));
    const list = field?.fieldKind === 'list' && others.length === 0 ? field : undefined;
    const earlier = list && byField.get(list);
    if (list === undefined || earlier === undefined) merged.push(filter);
    else addItems(reflect(FlowFilterSchema, earlier).get(list), reflect(FlowFilterSchema, filter).get(list));
    if (list !== undefined && earlier === undefined) byField.set(list, filter);
  }
  return merged;
}

function addItems(to: ReflectList, from: ReflectList): void {
  for (const item of from) to.add(item);
}

/** By place; what is said twice, since a token may be part of several alternatives, is said once. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems
    .filter(({ from, to, message }) => {
      const key = `${from} ${to} ${message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .toSorted((a, b) => a.from - b.from);
}

function filtersOf(sets: readonly TermSet[], problems: Problem[]): FlowFilter[] {
  const filters: FlowFilter[] = [];
  for (const set of sets) {
    if (set.length === 0) continue;
    const made = termSetFilters(set);
    if (!made.ok) {
      problems.push(made.error);
      continue;
    }
    for (const filter of made.value) {
      if (!filters.some((other) => equals(FlowFilterSchema, other, filter))) filters.push(filter);
    }
  }
  return filters;
}

/** The filters of tokens that must all hold, checked as the server checks them. */
export function termSetFilters(set: TermSet): Result<readonly FlowFilter[], Problem> {
  const tracker = createTracker();
  const wholes: { readonly filter: FlowFilter; readonly span: Span }[] = [];
  let tracked = false;
  for (const token of set) {
    const { effect } = token.key.field;
    for (const { value, from, to } of token.values) {
      if (effect.kind === 'whole') wholes.push({ filter: effect.parse(value), span: { from, to } });
      else {
        tracked = true;
        const result = track(tracker, token.key, value);
        if (!result.ok) return problem(token, 'conflict', `${result.error}. Remove one of them.`);
      }
    }
  }
  let filters: readonly FlowFilter[] = tracked ? trackedFilters(tracker) : [];
  for (const { filter, span } of wholes) {
    const joined = filters.length === 0 ? ok([filter]) : joinEach(filters, filter);
    if (!joined.ok) return problem(span, 'conflict', joined.error);
    filters = joined.value;
  }
  for (const filter of filters) {
    const compiled = compileFilter(filter);
    if (!compiled.ok) return problem(refusedSpan(set), 'refused', `Hubble refuses this: ${compiled.error}.`);
  }
  return ok(filters);
}

function problem({ from, to }: Span, code: ProblemCode, message: string): Result<never, Problem> {
  return err({ from, to, code, message });
}

/** The values were checked one by one, so it is a combination that is refused: of HTTP fields with an event type. */
function refusedSpan(set: TermSet): Span {
  const token = set.find(({ key }) => key.name === 'type') ?? set[0];
  return token ?? { from: 0, to: 0 };
}

/** Both hold: possible where they set no field in common. */
function joinEach(filters: readonly FlowFilter[], whole: FlowFilter): Result<readonly FlowFilter[], string> {
  const joined: FlowFilter[] = [];
  const source = reflect(FlowFilterSchema, whole);
  for (const filter of filters) {
    const both = clone(FlowFilterSchema, filter);
    const target = reflect(FlowFilterSchema, both);
    for (const field of FlowFilterSchema.fields) {
      if (!isFieldSet(whole, field)) continue;
      if (isFieldSet(filter, field)) {
        return err(
          `This filter sets ${field.name}, which other tokens set too. Put it into parentheses with or.`,
        );
      }
      target.set(field, source.get(field));
    }
    joined.push(both);
  }
  return ok(joined);
}
