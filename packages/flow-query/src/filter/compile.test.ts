import '../expressions.ts';
import { create } from '@bufbuild/protobuf';
import { FlowFilterSchema, FlowSchema, type FlowFilter } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileFilters, type FlowPredicate } from './compile.ts';
import { partReader } from './parts.ts';
import { FILTER_RULES } from './rules.ts';
import { ALL_FILTER_FIELDS, filterArbitrary, filterWithFields } from './test-support/random-filters.ts';
import { flowArbitrary } from './test-support/random-flows.ts';

const SEED = 20260115;

function compiled(allow: readonly FlowFilter[], deny: readonly FlowFilter[] = []): FlowPredicate {
  const predicate = compileFilters(allow, deny);
  if (!predicate.ok) throw new Error(predicate.error);
  return predicate.value;
}

const verdict = (...verdicts: number[]) => create(FlowFilterSchema, { verdict: verdicts });
const flow = (value: number) => create(FlowSchema, { verdict: value });

test('no filters show everything, an empty filter matches everything', () => {
  const empty = create(FlowFilterSchema);
  expect(compiled([])(flow(1))).toBe(true);
  expect(compiled([empty])(flow(1))).toBe(true);
  expect(compiled([], [empty])(flow(1))).toBe(false);
});

test('filters of a list are alternatives, fields of a filter conditions, the deny list wins', () => {
  expect(compiled([verdict(1), verdict(2)])(flow(2))).toBe(true);
  expect(compiled([verdict(1), verdict(3)])(flow(2))).toBe(false);
  const both = create(FlowFilterSchema, { verdict: [2], uuid: ['a'] });
  expect(compiled([both])(flow(2))).toBe(false);
  expect(compiled([verdict(1, 2)], [verdict(2)])(flow(1))).toBe(true);
  expect(compiled([verdict(1, 2)], [verdict(2)])(flow(2))).toBe(false);
});

test('a bad value anywhere refuses the whole', () => {
  const bad = create(FlowFilterSchema, { sourcePort: ['x'] });
  expect(compileFilters([verdict(1)], [bad]).ok).toBe(false);
  expect(compileFilters([verdict(1), bad], []).ok).toBe(false);
});

test('composition holds for random filters and flows', () => {
  const filters = fc.array(filterArbitrary(), { maxLength: 3 });
  fc.assert(
    fc.property(filters, filters, flowArbitrary, (allow, deny, flow) => {
      const one = (filter: FlowFilter) => compiled([filter])(flow);
      const expected = (allow.length === 0 || allow.some(one)) && !deny.some(one);
      expect(compiled(allow, deny)(flow)).toBe(expected);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

test('a filter is the conjunction of its rules over the parts they name', () => {
  fc.assert(
    fc.property(filterArbitrary(1, 4), flowArbitrary, (filter, flow) => {
      const expected = FILTER_RULES.every((rule) => {
        const compiledRule = rule.compile(filter);
        if (!compiledRule.ok) throw new Error(compiledRule.error);
        const parts = rule.reads.map((ref) => partReader(ref)(flow));
        return compiledRule.value === undefined || compiledRule.value(...parts);
      });
      expect(compiled([filter])(flow)).toBe(expected);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

test('the generator of random filters reaches both answers of every field', () => {
  const flows = fc.sample(flowArbitrary, { seed: SEED, numRuns: 150 });
  for (const field of ALL_FILTER_FIELDS) {
    const answers = new Set<boolean>();
    for (const filter of fc.sample(filterWithFields([field]), { seed: SEED, numRuns: 20 })) {
      const predicate = compiled([filter]);
      for (const one of flows) answers.add(predicate(one));
    }
    expect([field, answers]).toEqual([field, new Set([false, true])]);
  }
});
