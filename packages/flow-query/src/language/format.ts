// Query to its canonical text: one space between parts, `not` for negation, quotes only where needed.

import type { ItemNode, Query } from './query.ts';
import { quoteFurtherValue, quoteValue } from './quote.ts';

/** `parseQuery` of the result gives the same query but for offsets, and formatting it again the same text. */
export function formatQuery(query: Query): string {
  return formatItems(query.items);
}

/** The canonical text of one part. */
export function formatItem(item: ItemNode): string {
  const not = item.negated ? 'not ' : '';
  switch (item.kind) {
    case 'token':
      return `${not}${formatToken(
        item.key.name,
        item.values.map(({ value }) => value),
      )}`;
    case 'group':
      return `${not}( ${item.alternatives.map(formatItems).join(' or ')} )`;
    case 'broken':
      return `${not}${item.text}`;
  }
}

/** `key:a or b`; at least one value. */
export function formatToken(key: string, values: readonly string[]): string {
  return `${key}:${values.map((value, index) => (index === 0 ? quoteValue(value) : quoteFurtherValue(value))).join(' or ')}`;
}

function formatItems(items: readonly ItemNode[]): string {
  return items.map(formatItem).join(' ');
}
