// The parts of a text as a bar shows them, each with what is wrong inside it.

import { queryToFilters } from './compile.ts';
import { formatItem } from './format.ts';
import { parseQuery } from './parse.ts';
import type { ItemNode, Problem, Span } from './query.ts';

export type Token = Span & {
  /** Place among its siblings: what `removeToken` takes for tokens that are not inside a group. */
  readonly index: number;
  readonly negated: boolean;
  /** Canonical: 'not namespace:kube-system or observability'. */
  readonly text: string;
  /** What is wrong somewhere inside. */
  readonly problems: readonly Problem[];
} & (
    | {
        readonly kind: 'token';
        /** Canonical: 'from-pod'. */
        readonly key: string;
        /** Canonical, without quotes; any of them may hold. */
        readonly values: readonly string[];
      }
    | {
        readonly kind: 'group';
        /** Joined by or; inside one all must hold. */
        readonly alternatives: readonly (readonly Token[])[];
      }
    | { readonly kind: 'broken' }
  );

/** The tokens of a text, in order; they cover all of it but the spaces between. Conflicts count as problems too. */
export function queryTokens(text: string): readonly Token[] {
  const { query } = parseQuery(text);
  const filters = queryToFilters(query);
  return tokensOf(query.items, filters.ok ? [] : filters.error);
}

function tokensOf(items: readonly ItemNode[], problems: readonly Problem[]): readonly Token[] {
  return items.map((item, index): Token => {
    const inside = problems.filter(({ from, to }) => from >= item.from && to <= item.to);
    const { from, to, negated } = item;
    const common = { index, from, to, negated, text: formatItem(item), problems: inside };
    switch (item.kind) {
      case 'token':
        return {
          ...common,
          kind: 'token',
          key: item.key.name,
          values: item.values.map(({ value }) => value),
        };
      case 'group':
        return {
          ...common,
          kind: 'group',
          alternatives: item.alternatives.map((alternative) => tokensOf(alternative, inside)),
        };
      case 'broken':
        return { ...common, kind: 'broken' };
    }
  });
}
