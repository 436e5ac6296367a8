// From the parsed filter to what the bar shows: tokens with their text and with the filter that would be left without
// them, and every exclusion with what revealing it leaves. Removing a part changes nothing of the others.

import {
  formatQuery,
  parseQuery,
  type ItemNode,
  type Problem,
  type TokenNode,
} from '@finderscope/flow-query';
import type { BarToken, PlacedProblem } from './bar-token.ts';
import type { Span } from './draft.ts';
import type { Exclusion } from './hidden.ts';

export type ReadBar = {
  readonly tokens: readonly BarToken[];
  readonly problems: readonly PlacedProblem[];
  readonly exclusions: readonly Exclusion[];
  /** The filter without any exclusion. */
  readonly withoutAll: string;
};

export function readBar(filter: string, problems: readonly Problem[]): ReadBar {
  const { items } = parseQuery(filter).query;
  const negated = items.filter((item) => item.kind !== 'broken' && item.negated);
  return {
    tokens: items.map((item) => barToken(filter, item, problems, cutSpan(filter, item))),
    problems,
    exclusions: negated.flatMap((item) => exclusionsOf(filter, item)),
    withoutAll: formatQuery({ items: items.filter((item) => !negated.includes(item)), problems: [] }),
  };
}

function barToken(filter: string, item: ItemNode, problems: readonly Problem[], without: string): BarToken {
  const { from, to } = item;
  const shared = { from, to, text: filter.slice(from, to), without };
  switch (item.kind) {
    case 'broken':
      return { kind: 'broken', ...shared };
    case 'token':
      return {
        kind: 'term',
        ...shared,
        not: item.negated,
        key: item.key.name,
        values: item.values.map((value) => value.value),
        broken: problems.some((problem) => problem.from < to && problem.to > from),
      };
    case 'group':
      return {
        kind: 'group',
        ...shared,
        not: item.negated,
        alternatives: item.alternatives.map((members, at) =>
          members.map((member, index) => {
            const left = item.alternatives
              .map((other, place) => (place === at ? other.filter((_, other) => other !== index) : other))
              .filter((other) => other.length > 0);
            const inner = replaceSpan(
              filter,
              item,
              left.length === 0 ? [] : [{ ...item, alternatives: left }],
            );
            return barToken(filter, member, problems, inner);
          }),
        ),
      };
  }
}

/** One exclusion for each value: each can be revealed by itself. A group is one. */
function exclusionsOf(filter: string, item: ItemNode): readonly Exclusion[] {
  if (item.kind !== 'token' || item.values.length === 1) {
    return [{ text: filter.slice(item.from, item.to), without: cutSpan(filter, item) }];
  }
  return item.values.map((value, at) => {
    const one: TokenNode = { ...item, values: [value] };
    const rest: TokenNode = { ...item, values: item.values.filter((_, index) => index !== at) };
    return { text: formatQuery({ items: [one], problems: [] }), without: replaceSpan(filter, item, [rest]) };
  });
}

function cutSpan(filter: string, span: Span): string {
  return replaceSpan(filter, span, []);
}

function replaceSpan(filter: string, { from, to }: Span, items: readonly ItemNode[]): string {
  const parts = [filter.slice(0, from).trim(), formatQuery({ items, problems: [] }), filter.slice(to).trim()];
  return parts.filter((part) => part !== '').join(' ');
}
