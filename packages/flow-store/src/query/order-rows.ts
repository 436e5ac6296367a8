// A sorted or grouped arrangement of rows that are sorted by time.

import { CELL, DICT, type DictName, LINK_WIDTH } from '../schema/columns.ts';
import { groupRows, type RowKey } from '../kernels/group-rows.ts';
import { FIRST_EPHEMERAL_PORT } from '../store/served-port.ts';
import type { FlowStore } from '../store/flow-store.ts';
import type { FlowTable } from '../store/flow-table.ts';
import { TupleDictionary } from '../store/tuple-dictionary.ts';

/** What two rows must share to be one row when grouped, beside their shape and the ports that are not ephemeral. */
const IDENTITY: readonly DictName[] = [
  'source',
  'destination',
  'sourceService',
  'destinationService',
  'sourceNames',
  'destinationNames',
  'sourceIp',
  'destinationIp',
  'ethernet',
  'summary',
  'dnsSource',
  'httpMethod',
  'httpUrl',
  'dnsQuery',
];

/** Classes of ports (kept as port + 1) in which the ephemeral ones are one. */
const PORT_CLASSES = Uint32Array.from({ length: 0x10001 }, (_, port) =>
  port > FIRST_EPHEMERAL_PORT ? 0x10001 : port,
);

/** Classes of tuples that are alike in some of their numbers. */
function classesOf(tuples: TupleDictionary, places: readonly number[]): Uint32Array {
  const parts = new TupleDictionary(places.length);
  const part = new Int32Array(places.length);
  const classes = new Uint32Array(tuples.idEnd);
  for (let id = 1; id < classes.length; id++) {
    for (let i = 0; i < places.length; i++) part[i] = tuples.at(id, places[i]!);
    classes[id] = parts.intern(part, 0, 0);
  }
  return classes;
}

function identityKeys(store: FlowStore): readonly RowKey[] {
  const places = IDENTITY.map((name) => DICT[name]);
  const links = places.filter((place) => place < LINK_WIDTH);
  const extras = places.filter((place) => place >= LINK_WIDTH).map((place) => place - LINK_WIDTH);
  return [
    { cell: CELL.shape },
    { cell: CELL.link, classes: classesOf(store.links, links) },
    { cell: CELL.extra, classes: classesOf(store.extras, extras) },
    { cell: CELL.sourcePort, classes: PORT_CLASSES },
    { cell: CELL.destinationPort, classes: PORT_CLASSES },
  ];
}

export type GroupedRows = {
  /** The newest row of each group, sorted by time. */
  readonly rows: Uint32Array;
  readonly counts: Uint32Array;
};

/** One row per kind of flow; `rows` is sorted by time, and so is the answer. */
export function groupIdentical(store: FlowStore, rows: Uint32Array): GroupedRows {
  const { groupOf, sizes } = groupRows(store.table, rows, identityKeys(store));
  const out = new Uint32Array(sizes.length);
  const counts = new Uint32Array(sizes.length);
  const done = new Uint8Array(sizes.length);
  let to = sizes.length;
  for (let i = rows.length - 1; to > 0; i--) {
    const group = groupOf[i]!;
    if (done[group] === 1) continue;
    done[group] = 1;
    out[--to] = rows[i]!;
    counts[to] = sizes[group]!;
  }
  return { rows: out, counts };
}

/**
 * Places of `rows` (sorted by time) in the order of a text that depends on `cells` alone, ascending, rows of one text
 * by time.
 */
export function orderByText(
  table: FlowTable,
  rows: Uint32Array,
  cells: readonly number[],
  textOf: (slot: number) => string,
): Uint32Array {
  const { groupOf, leaders } = groupRows(
    table,
    rows,
    cells.map((cell) => ({ cell })),
  );
  const texts = Array.from(leaders, textOf);
  const byText = Array.from(texts.keys()).sort((a, b) => compareText(texts[a]!, texts[b]!));
  const rank = new Uint32Array(texts.length);
  let last = -1;
  for (const [i, group] of byText.entries()) {
    const same = i > 0 && texts[group] === texts[byText[i - 1]!];
    if (!same) last++;
    rank[group] = last;
  }
  // rank and place in one exact float64: a sort of numbers is an order of magnitude faster than one by comparison
  const keys = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) keys[i] = rank[groupOf[i]!]! * PLACES + i;
  keys.sort();
  const places = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) places[i] = keys[i]! % PLACES;
  return places;
}

const PLACES = 2 ** 27;

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
