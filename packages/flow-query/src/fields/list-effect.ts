// Effects of fields whose values land in one repeated field of FlowFilter.

import type { FlowFilter } from '@finderscope/hubble-api';
import type { Side } from '../filter/rule.ts';
import type { FieldEffect } from './field.ts';

type ListOf<Item> = (filter: FlowFilter, side: Side) => Item[];

/** The list holds the text itself. */
export function textList(list: ListOf<string>): FieldEffect {
  return itemList(
    list,
    (value) => value,
    (item) => item,
  );
}

/**
 * The list holds something made of the text. `parse` meets only canonical values; `print` is its inverse as far as
 * text can go.
 */
export function itemList<Item>(
  list: ListOf<Item>,
  parse: (value: string) => Item,
  print: (item: Item) => string,
): FieldEffect {
  return {
    kind: 'list',
    write: (filter, value, side) => {
      list(filter, side).push(parse(value));
    },
    read: (filter, side) => list(filter, side).map(print),
  };
}
