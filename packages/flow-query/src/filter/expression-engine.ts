// Where regular expressions and CEL come from. Their libraries are half of what a page would load at first, and most
// filters hold neither, so a page fetches them when one does, or when it has been up for a while: importing `@finderscope/flow-query/expressions` puts
// them in place. Servers, and tests that need it, import it at the top.
//
//   expressionsLoaded() is false   compileRegex and compileCel answer with NOT_LOADED as their error
//   whenExpressionsLoaded(f)       f is called once they are there
//   fetchExpressionsWith(f)        f is called the first time that they are missed

import { err, type Result } from '@finderscope/base';
import type { Flow } from '@finderscope/hubble-api';

export type RegexTest = (text: string) => boolean;

/** A runtime error, such as an index out of range, gives undefined. */
export type CelTest = (flow: Flow) => boolean | undefined;

export type ExpressionEngine = {
  readonly compileRegex: (value: string) => Result<RegexTest, string>;
  readonly compileCel: (value: string) => Result<CelTest, string>;
};

/** The error while the libraries are on their way; the same text compiles once they have come. */
const NOT_LOADED = 'expressions are still being loaded';

let engine: ExpressionEngine | undefined;
let fetchEngine: (() => void) | undefined;
const waiting = new Set<() => void>();

/** Called once, by expressions.ts. */
export function provideExpressions(loaded: ExpressionEngine): void {
  engine = loaded;
  for (const listener of waiting) listener();
  waiting.clear();
}

export function expressionsLoaded(): boolean {
  return engine !== undefined;
}

/** Calls `listener` once when the libraries are there; gives back how to stop waiting. */
export function whenExpressionsLoaded(listener: () => void): () => void {
  if (engine !== undefined) {
    listener();
    return () => undefined;
  }
  waiting.add(listener);
  return () => {
    waiting.delete(listener);
  };
}

/** Says how to fetch the libraries; called at most once, and never when they are there already. */
export function fetchExpressionsWith(fetch: () => void): void {
  fetchEngine = fetch;
}

function missed<T>(): Result<T, string> {
  const fetch = fetchEngine;
  fetchEngine = undefined;
  fetch?.();
  return err(NOT_LOADED);
}

/** Finds the expression anywhere in the text; anchors make it match whole. The error is Go's text. */
export function compileRegex(value: string): Result<RegexTest, string> {
  return engine === undefined ? missed() : engine.compileRegex(value);
}

/** An expression that gives a bool. */
export function compileCel(value: string): Result<CelTest, string> {
  return engine === undefined ? missed() : engine.compileCel(value);
}
