// Answers seek queries: the next row of a kind, in time order, and which of how many it is.

import { CELL, type FlowStore, placesOf, searchRows } from '@finderscope/flow-store';
import type { SeekAnswer, SeekQuery } from '../protocol.ts';
import type { World } from '../session/world.ts';
import { rowsWithin } from './counting.ts';
import { toRowId } from './row-id.ts';
import { searchTexts } from './row-text.ts';

const DROPPED = 2;
const NOTHING: SeekAnswer = { kind: 'seek', row: undefined, index: 0, count: 0 };

export function answerSeek(world: World, query: SeekQuery): SeekAnswer {
  const { store, lists } = world;
  const rows = rowsWithin(world, lists.get(query.filter), query.window);
  const places = hits(store, rows, query.want);
  if (places.length === 0) return NOTHING;
  const from = query.from === undefined ? -1 : startOf(store, rows, query.from);
  const which = query.backwards
    ? lastBefore(places, query.from === undefined ? rows.length : from)
    : firstAfter(places, from);
  const place = places[which];
  const id32 = place === undefined ? undefined : rows[place];
  if (id32 === undefined) return { ...NOTHING, count: places.length };
  return { kind: 'seek', row: toRowId(store.table.widen(id32)), index: which + 1, count: places.length };
}

/** Where to look from: the row itself, or the place it would have by time when the filter hides it. */
function startOf(store: FlowStore, rows: Uint32Array, from: number): number {
  const { table } = store;
  if (!table.holds(from)) return -1;
  const exact = rows.indexOf(from >>> 0);
  if (exact >= 0) return exact;
  const time = store.timeNs(from & table.mask);
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (store.timeNs((rows[middle] ?? 0) & table.mask) < time) low = middle + 1;
    else high = middle;
  }
  return low - 0.5;
}

function firstAfter(places: Uint32Array, from: number): number {
  return places.findIndex((place) => place > from);
}

function lastBefore(places: Uint32Array, from: number): number {
  return places.findLastIndex((place) => place < from);
}

function hits(store: FlowStore, rows: Uint32Array, want: SeekQuery['want']): Uint32Array {
  if ('text' in want) return searchRows(store.table, rows, searchTexts(store), want.text);
  const hit = new Uint8Array(rows.length);
  const { table, shapes } = store;
  if ('drop' in want) {
    const column = table.cells[CELL.shape] ?? new Uint32Array(0);
    rows.forEach((id32, i) => {
      hit[i] = shapes.get(column[id32 & table.mask] ?? 0, 'verdict') === DROPPED ? 1 : 0;
    });
  } else {
    const isWanted = hasUuid(store, want.uuid);
    rows.forEach((id32, i) => {
      hit[i] = isWanted(id32 & table.mask) ? 1 : 0;
    });
  }
  return placesOf(hit);
}

/** A flow that is not held is looked for again and again while flows come: no text is made of a row that is another's. */
function hasUuid(store: FlowStore, uuid: string): (slot: number) => boolean {
  const word = Number.parseInt(uuid.slice(0, 8), 16) >>> 0;
  const first = store.table.cells[CELL.uuid0];
  const isPlain = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/.test(uuid);
  return (slot) => {
    // 0: the uuid is of another form and kept as text.
    const own = first?.[slot] ?? 0;
    return (!isPlain || own === 0 || own === word) && store.uuid(slot) === uuid;
  };
}
