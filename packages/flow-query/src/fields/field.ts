// A field of the filter language: what a person writes before the colon. One file per field in this folder, one
// row in registry.ts; parser, checker, completion, CLI flags and help derive from it.

import type { Result } from '@finderscope/base';
import type { FlowFilter } from '@finderscope/hubble-api';
import type { Side } from '../filter/rule.ts';

/**
 * `either`: the field speaks of an endpoint. `pod:x` means source or destination, `from-pod:` and `to-pod:` one of
 * them. One definition covers all three names.
 * `none`: the field speaks of the flow as a whole.
 */
export type FieldSides = 'either' | 'none';

/** A flag without value that stands for one value of the field: `--encrypted` for `encrypted:true`. */
export type FlagSwitch = {
  readonly flag: string;
  readonly short?: string;
  readonly value: string;
};

/** What a checked value does to the FlowFilter that its token belongs to. */
export type FieldEffect =
  | {
      /** Adds to, and reads back from, one repeated field; `side` means nothing to fields without sides. */
      readonly kind: 'list';
      readonly write: (filter: FlowFilter, value: string, side: Side) => void;
      /** The values set in `filter`, as canonical text. What text cannot hold may be missing or come out wrong. */
      readonly read: (filter: FlowFilter, side: Side) => readonly string[];
    }
  /** Goes in front of pod and service names once the whole filter is known. */
  | { readonly kind: 'namespace'; readonly namespaceOf: (value: string) => string }
  /** A whole FlowFilter of its own. */
  | { readonly kind: 'whole'; readonly parse: (value: string) => FlowFilter };

export type FieldDef = {
  /** The CLI's flag name without dashes: 'pod', 'http-status'. */
  readonly name: string;
  /** Other names a person may type; never printed. */
  readonly aliases: readonly string[];
  readonly sides: FieldSides;
  /** One-letter CLI flag, e.g. 'n' for namespace. */
  readonly short?: string;
  /** The CLI has a flag of this name that takes a value; what it cannot say is carried by --allowlist and --denylist. */
  readonly hasFlag: boolean;
  /** Flags without a value, such as --encrypted. */
  readonly switches?: readonly FlagSwitch[];
  /** Canonical values that the CLI's flag refuses although the API takes them. */
  readonly flagRefuses?: readonly string[];
  /** First CLI version with the flag, when later than 1.15. */
  readonly since?: string;
  /** One sentence for the help page and the completion list. */
  readonly doc: string;
  /** Whole tokens, the first of which shows best what the field is for. */
  readonly examples: readonly string[];
  /** Fixed values to offer, such as verdict names; values seen in the data come from the store. */
  readonly values?: readonly string[];
  /**
   * Checks one value and gives its canonical text, or says what is wrong in one sentence and what to write instead
   * in another ("9x is not an HTTP status. Write a code from 100 to 599 or a prefix with +, as in 404 or 5+.").
   */
  readonly check: (value: string) => Result<string, string>;
  readonly effect: FieldEffect;
};
