// What a filter text says, with the place of each part. Offsets count UTF-16 units from the start of the text, `to`
// is the first one behind.

import type { KeyDef } from '../fields/key.ts';

export type Span = { readonly from: number; readonly to: number };

/** Something wrong at a place. `message` says what is wrong, then what to write. */
export type Problem = Span & {
  readonly code: ProblemCode;
  readonly message: string;
};

export type ProblemCode =
  | 'bad-value'
  | 'missing-value'
  | 'unknown-key'
  | 'bare-word'
  | 'flag'
  | 'unclosed-quote'
  | 'after-quote'
  | 'unclosed-group'
  | 'empty-group'
  | 'stray-close'
  | 'too-deep'
  | 'misplaced-or'
  | 'misplaced-not'
  /** Flags that the CLI refuses to combine, or namespaces that contradict each other. */
  | 'conflict'
  /** A negation that Hubble's filters cannot say. */
  | 'inexpressible'
  | 'too-many'
  /** The server would refuse the filter. */
  | 'refused'
  /** A command line that is not `hubble observe`, or a part of it that makes no sense. */
  | 'command'
  | 'unknown-flag';

export type ValueNode = Span & {
  /** Canonical where the field took it, else what was written, without quotes. */
  readonly value: string;
  readonly valid: boolean;
};

/** `key:value` or `key:value or value`. */
export type TokenNode = Span & {
  readonly kind: 'token';
  readonly negated: boolean;
  readonly key: KeyDef;
  /** The key as written, without colon. */
  readonly keySpan: Span;
  /** At least one. */
  readonly values: readonly ValueNode[];
};

/** `( a b )`, all of, or `( a or b )`, one of. */
export type GroupNode = Span & {
  readonly kind: 'group';
  readonly negated: boolean;
  /** Joined by `or`; inside one all must hold. None of them is empty, but the list may be. */
  readonly alternatives: readonly (readonly ItemNode[])[];
};

/** What could not be read; it always has a problem. `text` reads the same when parsed again. */
export type BrokenNode = Span & {
  readonly kind: 'broken';
  readonly negated: boolean;
  readonly text: string;
  /** Without the `not` before it. */
  readonly wordSpan: Span;
};

export type ItemNode = TokenNode | GroupNode | BrokenNode;

/** A parsed text. With problems it has no meaning as a filter, but can still be shown, edited and formatted. */
export type Query = {
  readonly items: readonly ItemNode[];
  readonly problems: readonly Problem[];
};
