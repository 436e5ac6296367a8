// experimental.cel_expression: Google's Common Expression Language over the variable `_flow`, in the container `flow`,
// as in `_flow.verdict == Verdict.DROPPED`.
//
// Parsing and running are a library's, which has no type checker; cel-check.ts is ours, so that what Hubble's server
// refuses (`identity > 5` where only `5u` is a uint) is refused here too. Known differences: syntax errors are worded
// by the library; an error in a ?: is placed at its beginning; an absent `extensions` is not equal to null; an
// expression whose type only running can tell passes.

import { celEnv, objectType, parse, plan } from '@bufbuild/cel';
import { createRegistry } from '@bufbuild/protobuf';
import { err, ok, type Result } from '@finderscope/base';
import { file_flow_flow, FlowSchema } from '@finderscope/hubble-api';
import { RE2JS } from 're2js';
import { checkCel } from './cel-check.ts';
import type { CelTest } from './expression-engine.ts';

/** Patterns given to matches() are nearly always constants; this keeps them compiled. */
const PATTERN_CACHE_SIZE = 64;
const patterns = new Map<string, RE2JS>();

function cachedPattern(pattern: string): RE2JS {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  if (patterns.size >= PATTERN_CACHE_SIZE) patterns.clear();
  const compiled = RE2JS.compile(pattern);
  patterns.set(pattern, compiled);
  return compiled;
}

const registry = createRegistry(file_flow_flow);

const environment = celEnv({
  namespace: 'flow',
  registry,
  variables: { _flow: objectType(FlowSchema) },
  re2: { compile: cachedPattern },
});

function refused(why: string): Result<never, string> {
  return err(`error compiling CEL expression: ${why}`);
}

/** An expression that gives a bool. */
export function compileCel(value: string): Result<CelTest, string> {
  let evaluate;
  try {
    // The library takes a comment at the end only when its line ends too.
    const parsed = parse(value.includes('//') ? `${value}\n` : value);
    const checked = checkCel(registry, FlowSchema, value, parsed);
    if (!checked.ok) return refused(checked.error);
    evaluate = plan(environment, parsed);
  } catch (cause) {
    // The parser and planner throw for what is wrong with the expression, and have no other failure.
    return refused(cause instanceof Error ? cause.message : String(cause));
  }
  const run = evaluate;
  return ok((flow) => {
    const result = run({ _flow: flow });
    return typeof result === 'boolean' ? result : undefined;
  });
}
