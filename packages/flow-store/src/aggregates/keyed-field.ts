// A field whose values depend on one cell of the row: whatever is counted by it is counted by that cell's key first, and
// turned into values once per key.

import { assert } from '@finderscope/base';
import type { PartRef } from '@finderscope/flow-query';
import { CELL, COLUMNS, DICT, type DictName, LINK_WIDTH, type ShapeName, TALK } from '../schema/columns.ts';
import type { DomainOf, FlowStore } from '../store/flow-store.ts';
import type { EntryOf } from '../store/domains.ts';
import { partColumn, type PartKeys } from '../store/part-columns.ts';
import { EPHEMERAL } from '../store/served-port.ts';

/** Values of a flow in terms of its parts. */
export type ValueField = {
  readonly reads: readonly PartRef[];
  /** Values of one flow, given the parts in the order of `reads`. Repeated values count once. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the types follow `reads`, as in flow-query's rules
  readonly valuesOf: (...parts: any[]) => readonly string[];
};

export type KeyedField = {
  readonly cell: number;
  readonly keys: Omit<PartKeys, 'read'>;
  readonly valuesOf: (key: number) => readonly string[];
};

/** undefined when the parts lie in more than one cell, as the ports of both ends do. */
export function keyedField(store: FlowStore, field: ValueField): KeyedField | undefined {
  const columns = field.reads.map((ref) => {
    const column = partColumn(store, ref);
    assert(column !== undefined, `${ref.part} has no column to count by`);
    return column;
  });
  const [first] = columns;
  if (first === undefined || columns.some(({ cell }) => cell !== first.cell)) return undefined;
  return {
    cell: first.cell,
    keys: first,
    valuesOf: (key) => field.valuesOf(...columns.map(({ read }) => read(key))),
  };
}

/** A field made of the small numbers of a flow. */
export function shapeField(
  store: FlowStore,
  valuesOf: (get: (name: ShapeName) => number) => readonly string[],
): KeyedField {
  const { shapes } = store;
  return {
    cell: CELL.shape,
    keys: { keyEnd: () => shapes.idEnd, epoch: () => shapes.epoch },
    valuesOf: (key) => valuesOf((name) => shapes.get(key, name)),
  };
}

/** A field made of the entries of one dictionary column; flows without one have no value. */
export function entryField<N extends DictName>(
  store: FlowStore,
  name: N,
  valuesOf: (entry: EntryOf<DomainOf<N>>) => readonly string[],
): KeyedField {
  const isLink = DICT[name] < LINK_WIDTH;
  const tuples = isLink ? store.links : store.extras;
  const place = isLink ? DICT[name] : DICT[name] - LINK_WIDTH;
  const dictionary = store.dictionaries[COLUMNS[name].domain];
  return {
    cell: isLink ? CELL.link : CELL.extra,
    keys: { keyEnd: () => tuples.idEnd, epoch: () => tuples.epoch },
    valuesOf: (key) => {
      const entry = dictionary.value(tuples.at(key, place));
      return entry === undefined ? [] : valuesOf(entry as EntryOf<DomainOf<N>>);
    },
  };
}

/** The port served, see store/served-port.ts; `ephemeral` is the word for all that clients are given. */
export function servedPortField(store: FlowStore, ephemeral: string): KeyedField {
  const { talks } = store;
  return {
    cell: CELL.talk,
    keys: { keyEnd: () => talks.idEnd, epoch: () => talks.epoch },
    valuesOf: (key) => {
      const port = talks.at(key, TALK.port);
      return port === 0 ? [] : [port === EPHEMERAL ? ephemeral : String(port - 1)];
    },
  };
}
