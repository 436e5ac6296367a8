// Writing a rule: `reads` says which parts it looks at, and the test takes exactly these, in this order and typed.

import type { Result } from '@finderscope/base';
import { ok } from '@finderscope/base';
import type { FlowFilter } from '@finderscope/hubble-api';
import type { FilterFieldName, FilterRule, FlowParts, PartRef, Side } from './rule.ts';

type PartValues<Refs extends readonly PartRef[]> = {
  readonly [Index in keyof Refs]: FlowParts[Refs[Index]['part']];
};

type TypedTest<Refs extends readonly PartRef[]> = (...parts: PartValues<Refs>) => boolean;

type RuleSpec<Refs extends readonly PartRef[], Value> = {
  readonly field: FilterFieldName;
  readonly reads: Refs;
  /** The values of the field in a filter. An empty list means that the filter does not set it. */
  readonly values: (filter: FlowFilter) => readonly Value[];
  /** Called with at least one value. `filter` is for the few rules that look at another field too. */
  readonly compile: (values: readonly Value[], filter: FlowFilter) => Result<TypedTest<Refs>, string>;
};

/** The rule of one field of FlowFilter. */
export function defineRule<const Refs extends readonly PartRef[], Value>(
  spec: RuleSpec<Refs, Value>,
): FilterRule {
  return {
    field: spec.field,
    reads: spec.reads,
    compile: (filter) => {
      const values = spec.values(filter);
      return values.length === 0 ? ok(undefined) : spec.compile(values, filter);
    },
  };
}

/** One definition for the source field and the destination field, in this order. */
export function bothSides(define: (side: Side) => FilterRule): readonly [FilterRule, FilterRule] {
  return [define('source'), define('destination')];
}

/** Compiles every value or gives the first error, with a prefix. */
export function compileAll<Value, Compiled>(
  values: readonly Value[],
  compile: (value: Value) => Result<Compiled, string>,
): Result<Compiled[], string> {
  const compiled: Compiled[] = [];
  for (const value of values) {
    const one = compile(value);
    if (!one.ok) return one;
    compiled.push(one.value);
  }
  return ok(compiled);
}
