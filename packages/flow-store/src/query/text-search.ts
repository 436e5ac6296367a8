// Rows of which some text holds a needle. The texts of a row come from a few groups of cells; each group's text is
// made and searched once per distinct combination.

import type { FlowTable } from '../store/flow-table.ts';
import { groupRows } from '../kernels/group-rows.ts';

export type RowText = {
  readonly cells: readonly number[];
  /** What a row shows of these cells. */
  readonly textOf: (slot: number) => string;
};

/** Places in `rows` of the rows of which one of the texts holds `needle`, without regard to case. */
export function searchRows(
  table: FlowTable,
  rows: Uint32Array,
  texts: readonly RowText[],
  needle: string,
): Uint32Array {
  const lower = needle.toLowerCase();
  const hit = new Uint8Array(rows.length);
  for (const { cells, textOf } of texts) {
    const { groupOf, leaders } = groupRows(
      table,
      rows,
      cells.map((cell) => ({ cell })),
    );
    const matches = Uint8Array.from(leaders, (slot) => (textOf(slot).toLowerCase().includes(lower) ? 1 : 0));
    for (let i = 0; i < rows.length; i++) hit[i]! |= matches[groupOf[i]!]!;
  }
  return placesOf(hit);
}

/** Places of the ones. */
export function placesOf(hit: Uint8Array): Uint32Array {
  let count = 0;
  for (let i = 0; i < hit.length; i++) count += hit[i]!;
  const out = new Uint32Array(count);
  let to = 0;
  for (let i = 0; i < hit.length; i++) if (hit[i] === 1) out[to++] = i;
  return out;
}
