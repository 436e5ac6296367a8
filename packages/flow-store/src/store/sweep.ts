// Frees ids that no row holds any more: first tuples, from the columns, then dictionary entries, from the tuples that
// are left. The cost is one pass over four columns, paid when something has doubled since the last time: constant per
// flow in the long run, and memory stays within twice of what the rows need, however many pods come and go.

import { CELL, COLUMNS, DICT, DICT_NAMES, type Domain, LINK_WIDTH } from '../schema/columns.ts';
import type { ByteDictionary } from './byte-dictionary.ts';
import type { Dictionaries } from './domains.ts';
import type { FlowTable } from './flow-table.ts';
import type { TupleDictionary } from './tuple-dictionary.ts';

type Swept = {
  readonly table: FlowTable;
  readonly shapes: TupleDictionary;
  readonly links: TupleDictionary;
  readonly extras: TupleDictionary;
  readonly talks: TupleDictionary;
  readonly dictionaries: Dictionaries;
};

const PLACES_OF = new Map<Domain, number[]>();
for (const name of DICT_NAMES) {
  const { domain } = COLUMNS[name];
  PLACES_OF.set(domain, [...(PLACES_OF.get(domain) ?? []), DICT[name]]);
}
const DOMAINS = [...PLACES_OF.keys()];

/** True when enough has come in since the last sweep that looking for dead entries pays. */
export function wantsSweep(store: Swept): boolean {
  const { shapes, links, extras, talks, dictionaries } = store;
  if (shapes.wantsSweep || links.wantsSweep || extras.wantsSweep || talks.wantsSweep) return true;
  for (const domain of DOMAINS) if (dictionaries[domain].wantsSweep) return true;
  return false;
}

/** Sweeps the tuples, and the dictionaries that have grown enough, or `all` of them. */
export function sweep(store: Swept, all: boolean): void {
  const { table, shapes, links, extras, talks } = store;
  const liveLinks = mark(table, CELL.link, links.idEnd);
  const liveExtras = mark(table, CELL.extra, extras.idEnd);
  links.sweep(liveLinks);
  extras.sweep(liveExtras);
  shapes.sweep(mark(table, CELL.shape, shapes.idEnd));
  talks.sweep(mark(table, CELL.talk, talks.idEnd));
  for (const [domain, places] of PLACES_OF) {
    const dictionary: ByteDictionary<unknown> = store.dictionaries[domain];
    if (!all && !dictionary.wantsSweep) continue;
    const live = new Uint8Array(dictionary.idEnd);
    for (const place of places) {
      if (place < LINK_WIDTH) markPlace(live, links, liveLinks, place);
      else markPlace(live, extras, liveExtras, place - LINK_WIDTH);
    }
    dictionary.sweep(live);
  }
}

function mark(table: FlowTable, cell: number, idEnd: number): Uint8Array {
  const live = new Uint8Array(idEnd);
  const { mask, oldest, next } = table;
  const cells = table.cells[cell]!;
  for (let id = oldest; id < next; id++) live[cells[id & mask]!] = 1;
  return live;
}

function markPlace(live: Uint8Array, tuples: TupleDictionary, liveTuples: Uint8Array, place: number): void {
  for (let id = 1; id < liveTuples.length; id++) if (liveTuples[id] === 1) live[tuples.at(id, place)] = 1;
}
