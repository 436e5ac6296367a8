// Sorts row ids by time. What arrives is nearly sorted, or made of a few sorted runs (one per node), so runs are found
// and merged: sorted input costs one pass, and random input n log n without a call per comparison.
// Bench: query.rescan_1m.

import { CELL, REAL } from '../schema/columns.ts';
import type { FlowTable } from '../store/flow-table.ts';

const NANOS_PER_S = 1e9;
/** Nanoseconds in a float64 are exact up to this many seconds. */
const EXACT_SECONDS = 2 ** 53 / NANOS_PER_S - 1;

/** Sorts `ids` (low 32 bits) in place; rows of one time keep their order. */
export function sortByTime(table: FlowTable, ids: Uint32Array): void {
  const count = ids.length;
  if (count < 2) return;
  const seconds = table.reals[REAL.timeSeconds]!;
  const nanos = table.cells[CELL.timeNanos]!;
  const { mask } = table;
  let sorted = true;
  let least = seconds[ids[0]! & mask]!;
  let most = least;
  let before = least;
  let beforeNanos = nanos[ids[0]! & mask]! | 0;
  for (let i = 1; i < count; i++) {
    const slot = ids[i]! & mask;
    const now = seconds[slot]!;
    const nowNanos = nanos[slot]! | 0;
    if ((now - before) * NANOS_PER_S + (nowNanos - beforeNanos) < 0) sorted = false;
    if (now < least) least = now;
    if (now > most) most = now;
    before = now;
    beforeNanos = nowNanos;
  }
  if (sorted) return;
  if (most - least > EXACT_SECONDS) {
    const order = Array.from(ids);
    order.sort((a, b) => compareTime(table, a, b));
    ids.set(order);
    return;
  }
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const slot = ids[i]! & mask;
    keys[i] = (seconds[slot]! - least) * NANOS_PER_S + (nanos[slot]! | 0);
  }
  mergeRuns(keys, ids);
}

/** Order of two rows held: by time, then by arrival. */
export function compareTime(table: FlowTable, a: number, b: number): number {
  const seconds = table.reals[REAL.timeSeconds]!;
  const nanos = table.cells[CELL.timeNanos]!;
  const slotA = a & table.mask;
  const slotB = b & table.mask;
  // Exact where it matters: seconds that are far apart outweigh any nanoseconds, however they are rounded.
  const byTime =
    (seconds[slotA]! - seconds[slotB]!) * NANOS_PER_S + ((nanos[slotA]! | 0) - (nanos[slotB]! | 0));
  if (byTime !== 0) return byTime;
  return ((a - table.oldest) >>> 0) - ((b - table.oldest) >>> 0);
}

/** Merges neighbouring ascending runs, pass by pass, until one is left. Stable. */
function mergeRuns(keys: Float64Array, ids: Uint32Array): void {
  const count = keys.length;
  let starts = runStarts(keys);
  let from: Keyed = { keys, ids };
  let to: Keyed = { keys: new Float64Array(count), ids: new Uint32Array(count) };
  while (starts.length > 2) {
    const merged: number[] = [];
    for (let run = 0; run + 1 < starts.length; run += 2) {
      const low = starts[run]!;
      const middle = starts[run + 1]!;
      merged.push(low);
      mergeTwo(from, to, low, middle, starts[run + 2] ?? middle);
    }
    merged.push(count);
    starts = merged;
    const before: Keyed = from;
    from = to;
    to = before;
  }
  if (from.ids !== ids) ids.set(from.ids);
}

/** Where each ascending run begins, and the end of the last one. */
function runStarts(keys: Float64Array): number[] {
  const starts = [0];
  for (let i = 1; i < keys.length; i++) if (keys[i]! < keys[i - 1]!) starts.push(i);
  starts.push(keys.length);
  return starts;
}

type Keyed = { readonly keys: Float64Array; readonly ids: Uint32Array };

function mergeTwo(from: Keyed, to: Keyed, low: number, middle: number, high: number): void {
  const { keys, ids } = from;
  let a = low;
  let b = middle;
  for (let at = low; at < high; at++) {
    const takeA = a < middle && (b >= high || keys[a]! <= keys[b]!);
    const next = takeA ? a++ : b++;
    to.keys[at] = keys[next]!;
    to.ids[at] = ids[next]!;
  }
}
