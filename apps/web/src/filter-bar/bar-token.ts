// The filter text as the bar shows it. Spans are positions in the text.

import type { Span } from './draft.ts';

type Shared = Span & {
  /** As it stands in the filter. */
  readonly text: string;
  /** The filter without it. */
  readonly without: string;
};

export type TermToken = Shared & {
  readonly kind: 'term';
  readonly not: boolean;
  readonly key: string;
  readonly values: readonly string[];
  /** A value is none, or two tokens cannot stand together. */
  readonly broken: boolean;
};

/** What the language cannot read. */
export type BrokenToken = Shared & { readonly kind: 'broken' };

/** ( a b or c ): alternatives between parentheses, each a list of tokens that must all hold. */
export type GroupToken = Shared & {
  readonly kind: 'group';
  readonly not: boolean;
  readonly alternatives: readonly (readonly BarToken[])[];
};

export type BarToken = TermToken | BrokenToken | GroupToken;

/** A problem of the text, placed. */
export type PlacedProblem = Span & { readonly message: string };
