// FlowFilter lists compiled over columns: the same answers as flow-query's compileFilters over messages, from the same
// rules. A plan works on chunks of rows: each filter narrows a selection of slots column by column.

import { err, ok, type Result } from '@finderscope/base';
import { FILTER_RULES, type FilterRule } from '@finderscope/flow-query';
import type { FlowFilter } from '@finderscope/hubble-api';
import { readUuid } from '../decode/uuid.ts';
import type { FlowStore } from '../store/flow-store.ts';
import { type PartColumn, partColumn } from '../store/part-columns.ts';
import {
  type CellTest,
  joinTests,
  memoTest,
  rowTest,
  type SlotTest,
  slotReader,
  uuidTest,
} from './column-test.ts';

export const PLAN_CHUNK = 8192;

export type Plan = {
  /** CEL reads whole messages: rows whose bytes are gone cannot match. */
  readonly needsMessages: boolean;
  /** Moves the matching ones of the first `count` slots (at most PLAN_CHUNK) to the front, in order; answers how many. */
  readonly narrow: (slots: Uint32Array, count: number) => number;
};

type CompiledFilter = readonly SlotTest[];

/** The plan for the lists, or the text with which a Hubble server would refuse them. */
export function compilePlan(
  store: FlowStore,
  allow: readonly FlowFilter[],
  deny: readonly FlowFilter[],
): Result<Plan, string> {
  const compiledAllow = compileList(store, allow);
  if (!compiledAllow.ok) return compiledAllow;
  const compiledDeny = compileList(store, deny);
  if (!compiledDeny.ok) return compiledDeny;
  const needsMessages = [...allow, ...deny].some(
    (filter) => (filter.experimental?.celExpression.length ?? 0) > 0,
  );
  const joined = joinByCell(store, compiledAllow.value, compiledDeny.value);
  return ok({ needsMessages, narrow: makeNarrow(joined) });
}

function compileList(store: FlowStore, filters: readonly FlowFilter[]): Result<CompiledFilter[], string> {
  const out: CompiledFilter[] = [];
  for (const filter of filters) {
    const tests: SlotTest[] = [];
    for (const rule of FILTER_RULES) {
      const test = compileRule(store, rule, filter);
      if (!test.ok) return test;
      if (test.value) tests.push(test.value);
    }
    out.push(tests.sort((a, b) => a.cost - b.cost));
  }
  return ok(out);
}

function compileRule(
  store: FlowStore,
  rule: FilterRule,
  filter: FlowFilter,
): Result<SlotTest | undefined, string> {
  const compiled = rule.compile(filter);
  if (!compiled.ok) return err(compiled.error);
  const test = compiled.value;
  if (test === undefined) return ok(undefined);
  if (rule.field === 'uuid') return ok(compileUuids(store, filter.uuid));
  const columns = rule.reads.map((ref) => partColumn(store, ref));
  const cell = columns[0]?.cell;
  if (columns.every((column): column is PartColumn => column !== undefined && column.cell === cell)) {
    return ok(memoTest(store, columns, test));
  }
  const readers = rule.reads.map((ref, i) => slotReader(store, ref.part, columns[i]));
  return ok(
    rowTest(
      readers,
      rule.reads.some((ref) => ref.part === 'flow'),
      test,
    ),
  );
}

function compileUuids(store: FlowStore, values: readonly string[]): SlotTest {
  const encoder = new TextEncoder();
  const words: [number, number, number, number][] = [];
  const texts = new Set<string>();
  for (const value of values) {
    const bytes = encoder.encode(value);
    const out = new Uint32Array(4);
    if (readUuid(bytes, 0, bytes.length, out)) words.push([out[0]!, out[1]!, out[2]!, out[3]!]);
    else texts.add(value);
  }
  return uuidTest(store, words, texts);
}

type Compiled = {
  /** What every row has to pass. */
  readonly always: readonly SlotTest[];
  readonly allow: readonly CompiledFilter[];
  readonly deny: readonly CompiledFilter[];
};

/**
 * The lists with fewer passes over the rows: what a list says of one cell alone, as of either end of a flow, becomes one
 * test of that cell. Bench: query.rescan_1m.
 */
function joinByCell(
  store: FlowStore,
  allow: readonly CompiledFilter[],
  deny: readonly CompiledFilter[],
): Compiled {
  const allowed = testsOfOneCell(allow);
  const denied = testsOfOneCell(deny);
  const always: SlotTest[] = [];
  if (allowed !== undefined)
    always.push(joinTests(store, allowed.flat(), (key) => isAnyPassed(allowed, key)));
  if (denied !== undefined) always.push(joinTests(store, denied.flat(), (key) => !isAnyPassed(denied, key)));
  return {
    always: always.sort((a, b) => a.cost - b.cost),
    allow: allowed === undefined ? allow : [],
    deny: denied === undefined ? deny : [],
  };
}

/** Tests of a list by filter, if it has any and they are all of one and the same cell. */
function testsOfOneCell(filters: readonly CompiledFilter[]): readonly (readonly CellTest[])[] | undefined {
  const cell = filters[0]?.[0]?.byCell?.cell;
  if (cell === undefined) return undefined;
  const out: (readonly CellTest[])[] = [];
  for (const filter of filters) {
    const tests = filter.flatMap(({ byCell }) => (byCell?.cell === cell ? [byCell] : []));
    // A filter without a test passes everything.
    if (tests.length < Math.max(1, filter.length)) return undefined;
    out.push(tests);
  }
  return out;
}

function isAnyPassed(filters: readonly (readonly CellTest[])[], key: number): boolean {
  return filters.some((tests) => tests.every((test) => test.passes(key)));
}

function makeNarrow({ always, allow, deny }: Compiled): Plan['narrow'] {
  const work = new Uint32Array(PLAN_CHUNK);
  const marks = new Uint8Array(PLAN_CHUNK);
  const narrowBy = (filter: CompiledFilter, slots: Uint32Array, count: number): number => {
    let left = count;
    for (const test of filter) left = test.narrow(slots, left);
    return left;
  };
  /** Keeps the slots that any of the filters matches, or with `marked` 0 those that none does. */
  const keepAny = (
    filters: readonly CompiledFilter[],
    slots: Uint32Array,
    count: number,
    marked: number,
  ): number => {
    marks.fill(0, 0, count);
    for (const filter of filters) {
      work.set(slots.subarray(0, count));
      const left = narrowBy(filter, work, count);
      // What is left is in the order of `slots`.
      for (let i = 0, at = 0; i < left; at++) {
        if (slots[at] !== work[i]) continue;
        marks[at] = 1;
        i++;
      }
    }
    let kept = 0;
    for (let i = 0; i < count; i++) if (marks[i] === marked) slots[kept++] = slots[i]!;
    return kept;
  };
  return (slots, count) => {
    let left = narrowBy(always, slots, count);
    if (allow.length === 1) left = narrowBy(allow[0]!, slots, left);
    else if (allow.length > 1) left = keepAny(allow, slots, left, 1);
    if (deny.length > 0 && left > 0) left = keepAny(deny, slots, left, 0);
    return left;
  };
}
