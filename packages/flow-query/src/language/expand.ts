// Query to what Hubble can be asked: alternatives of which one must hold, and exclusions of which none may.
//
//   a ( b or c ) not d not ( e f )   ->   alternatives [a b] [a c]   exclusions [d] [e f]
//
// Each `not` a person writes excludes on its own. (The CLI puts all its --not flags into one filter, so that two
// different ones exclude only what meets both; a pasted command keeps that meaning as `not ( a b )`.)

import { flagOf } from '../fields/key.ts';
import type { GroupNode, ItemNode, Problem, ProblemCode, Query, Span, TokenNode } from './query.ts';

/** Tokens that must all hold. Negation no longer counts: it is told by the list the set is in. */
export type TermSet = readonly TokenNode[];

export type Expanded = {
  /** At least one; a single empty set when nothing is asked for. */
  readonly alternatives: readonly TermSet[];
  readonly exclusions: readonly TermSet[];
  readonly problems: readonly Problem[];
};

/** Most alternatives that groups may multiply to. */
const MAX_COMBINED = 64;
/** Most alternatives in one group, and most exclusions: those only add up, so a pasted list may be longer. */
const MAX_LISTED = 512;

/** Skips broken nodes: they have their problems already. */
export function expandQuery(query: Query): Expanded {
  const sink: Sink = { exclusions: [], problems: [] };
  const alternatives = expandItems(query.items, sink, 'top');
  return { alternatives, exclusions: mergeByKey(sink.exclusions), problems: sink.problems };
}

type Sink = { readonly exclusions: TermSet[]; readonly problems: Problem[] };

/** Where items stand: where all of the query must hold, in one of several alternatives, or under a `not`. */
type Position = 'top' | 'alternative' | 'excluded';

function expandItems(items: readonly ItemNode[], sink: Sink, position: Position): readonly TermSet[] {
  let sets: readonly TermSet[] = [[]];
  for (const item of items) {
    if (item.kind === 'broken' || isWhole(item)) continue;
    if (item.negated) exclude(item, sink, position);
    else sets = combine(sets, expandItem(item, sink, position), item, sink);
  }
  // The same key twice means or, here too: whole filters side by side are alternatives of each other.
  const wholes = items.filter((item) => item.kind === 'token').filter(isWhole);
  for (const item of wholes.filter(({ negated }) => negated)) exclude(item, sink, position);
  const asked = wholes.filter(({ negated }) => !negated);
  const [first] = asked;
  return first === undefined
    ? sets
    : combine(
        sets,
        asked.flatMap((item) => expandItem(item, sink, position)),
        first,
        sink,
      );
}

function expandItem(item: TokenNode | GroupNode, sink: Sink, position: Position): readonly TermSet[] {
  if (item.kind === 'token') {
    return isWhole(item) ? item.values.map((value) => [{ ...item, values: [value] }]) : [[item]];
  }
  const [only, ...others] = item.alternatives;
  if (only === undefined) return [[]];
  if (others.length === 0) return expandItems(only, sink, position);
  const inside = position === 'excluded' ? 'excluded' : 'alternative';
  return item.alternatives.flatMap((items) => expandItems(items, sink, inside));
}

/** A value of such a token is a filter of its own, so each value is an alternative. */
function isWhole(item: ItemNode): boolean {
  return item.kind === 'token' && item.key.field.effect.kind === 'whole';
}

function exclude(item: TokenNode | GroupNode, sink: Sink, position: Position): void {
  if (position !== 'top') {
    const message =
      position === 'alternative'
        ? 'Hubble cannot exclude within one alternative. Write not outside the parentheses, or list what to include.'
        : 'Hubble cannot except something from an exclusion. Write what to include instead.';
    report(sink, item, 'inexpressible', message);
    return;
  }
  const sets = expandItem(item, sink, 'excluded').filter((set) => set.length > 0);
  if (sink.exclusions.length + sets.length > MAX_LISTED) {
    report(
      sink,
      item,
      'too-many',
      `This makes more than ${MAX_LISTED} exclusions. Exclude something more general.`,
    );
  } else sink.exclusions.push(...sets);
}

/** One of the left and one of the right. */
function combine(
  left: readonly TermSet[],
  right: readonly TermSet[],
  item: Span,
  sink: Sink,
): readonly TermSet[] {
  const count = left.length * right.length;
  const limit = left.length === 1 || right.length === 1 ? MAX_LISTED : MAX_COMBINED;
  if (count <= limit) return left.flatMap((a) => right.map((b) => [...a, ...b]));
  const message = `This makes ${count} alternatives, and ${limit} are the most. Use fewer or smaller groups.`;
  report(sink, item, 'too-many', message);
  return left;
}

function report(sink: Sink, { from, to }: Span, code: ProblemCode, message: string): void {
  sink.problems.push({ from, to, code, message });
}

/** Exclusions by one and the same key become one, as the CLI does with a repeated --not: fewer filters, same meaning. */
function mergeByKey(exclusions: readonly TermSet[]): readonly TermSet[] {
  const merged: TermSet[] = [];
  const indexOf = new Map<string, number>();
  for (const set of exclusions) {
    const name = singleFlag(set);
    const index = name === undefined ? undefined : indexOf.get(name);
    if (index !== undefined) merged[index] = [...(merged[index] ?? []), ...set];
    else {
      if (name !== undefined) indexOf.set(name, merged.length);
      merged.push(set);
    }
  }
  return merged;
}

/** The one flag that a set is made of; --encrypted and --unencrypted are two although their key is one. */
function singleFlag(set: TermSet): string | undefined {
  if (set.some(isWhole)) return undefined;
  const flags = new Set(
    set.flatMap(({ key, values }) => values.map(({ value }) => flagOf(key, value) ?? key.name)),
  );
  return flags.size === 1 ? [...flags][0] : undefined;
}
