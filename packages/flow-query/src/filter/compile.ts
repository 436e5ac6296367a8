// Filters over flow messages: the reference that the plan over columns must agree with.
//
//   shown = (no allow filter, or one of them holds) and none of the deny filters holds
//   a filter holds = all its set fields hold; a field holds = one of its values does

import { ok, type Result } from '@finderscope/base';
import type { Flow, FlowFilter } from '@finderscope/hubble-api';
import { partReader } from './parts.ts';
import { FILTER_RULES } from './rules.ts';
import type { PartRef, PartTest } from './rule.ts';

export type FlowPredicate = (flow: Flow) => boolean;

const ALWAYS: FlowPredicate = () => true;

/** The test with its parts read from a message. Rules read one part or two. */
function overMessage(reads: readonly PartRef[], test: PartTest): FlowPredicate {
  const readers = reads.map(partReader);
  const [first, second, ...rest] = readers;
  if (first === undefined) return () => test();
  if (second === undefined) return (flow) => test(first(flow));
  if (rest.length === 0) return (flow) => test(first(flow), second(flow));
  return (flow) => test(...readers.map((read) => read(flow)));
}

function all(tests: readonly FlowPredicate[]): FlowPredicate {
  const [only] = tests;
  if (only === undefined) return ALWAYS;
  if (tests.length === 1) return only;
  return (flow) => {
    for (const test of tests) if (!test(flow)) return false;
    return true;
  };
}

function any(tests: readonly FlowPredicate[]): FlowPredicate {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (flow) => {
    for (const test of tests) if (test(flow)) return true;
    return false;
  };
}

/** One filter: all its set fields. An empty filter holds for every flow. The error is the server's text. */
export function compileFilter(filter: FlowFilter): Result<FlowPredicate, string> {
  const tests: FlowPredicate[] = [];
  for (const rule of FILTER_RULES) {
    const test = rule.compile(filter);
    if (!test.ok) return test;
    if (test.value !== undefined) tests.push(overMessage(rule.reads, test.value));
  }
  return ok(all(tests));
}

function compileList(filters: readonly FlowFilter[]): Result<FlowPredicate[], string> {
  const tests: FlowPredicate[] = [];
  for (const filter of filters) {
    const test = compileFilter(filter);
    if (!test.ok) return test;
    tests.push(test.value);
  }
  return ok(tests);
}

/**
 * Whether a flow is shown, by the rules of a GetFlows request's whitelist and blacklist. One bad value refuses the
 * whole; the error is the text that Hubble's server answers.
 */
export function compileFilters(
  allow: readonly FlowFilter[],
  deny: readonly FlowFilter[],
): Result<FlowPredicate, string> {
  const allowed = compileList(allow);
  if (!allowed.ok) return allowed;
  const denied = compileList(deny);
  if (!denied.ok) return denied;
  const isAllowed = allowed.value.length === 0 ? ALWAYS : any(allowed.value);
  if (denied.value.length === 0) return ok(isAllowed);
  const isDenied = any(denied.value);
  return ok((flow) => isAllowed(flow) && !isDenied(flow));
}
