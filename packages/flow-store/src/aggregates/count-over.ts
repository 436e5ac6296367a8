// Counts over rows given.

import type { FlowTable } from '../store/flow-table.ts';
import type { Aggregate } from './aggregate.ts';

const CHUNK = 8192;

/** Shows the rows (low 32 bits of row ids) to an aggregate that has not counted them yet. */
export function countOver<A extends Aggregate>(table: FlowTable, rows: Uint32Array, aggregate: A): A {
  const slots = new Uint32Array(Math.min(CHUNK, rows.length));
  for (let from = 0; from < rows.length; from += CHUNK) {
    const count = Math.min(CHUNK, rows.length - from);
    for (let i = 0; i < count; i++) slots[i] = rows[from + i]! & table.mask;
    aggregate.add(slots, count);
  }
  return aggregate;
}
