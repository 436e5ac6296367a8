// Puts rows with equal cells together: the one kernel behind grouping, sorting by text and counting values. Whatever
// is computed from these cells is then computed once per group instead of once per row.

import type { FlowTable } from '../store/flow-table.ts';

export type RowGroups = {
  /** Group by place in `rows`. */
  readonly groupOf: Uint32Array;
  /** A slot of each group: that of its first row in `rows`. */
  readonly leaders: Uint32Array;
  /** Rows per group. */
  readonly sizes: Uint32Array;
};

/** What rows of a group share: the value of a cell, or the class that the value falls into. */
export type RowKey = {
  readonly cell: number;
  /** By value of the cell; every value is a class of its own when left out. */
  readonly classes?: Uint32Array;
};

/** Groups `rows` (low 32 bits of row ids) by the keys. */
export function groupRows(table: FlowTable, rows: Uint32Array, keys: readonly RowKey[]): RowGroups {
  const plain = keys.filter(({ classes }) => classes === undefined);
  const columns = plain.map(({ cell }) => table.cells[cell]!);
  const classed = keys.flatMap(({ cell, classes }) =>
    classes === undefined ? [] : [{ column: table.cells[cell]!, classes }],
  );
  const { mask } = table;
  const groupOf = new Uint32Array(rows.length);
  let leaders = new Uint32Array(256);
  let sizes = new Uint32Array(256);
  let hashes = new Int32Array(256);
  let slots = new Uint32Array(1024);
  let groups = 0;
  for (let i = 0; i < rows.length; i++) {
    const slot = rows[i]! & mask;
    const hash = hashCells(columns, classed, slot);
    let at = hash & (slots.length - 1);
    let group = 0;
    for (;;) {
      const entry = slots[at]!;
      if (entry === 0) break;
      if (hashes[entry - 1] === hash && sameCells(columns, classed, leaders[entry - 1]!, slot)) {
        group = entry;
        break;
      }
      at = (at + 1) & (slots.length - 1);
    }
    if (group === 0) {
      if (groups === leaders.length) {
        leaders = doubled(leaders);
        sizes = doubled(sizes);
        const more = new Int32Array(hashes.length * 2);
        more.set(hashes);
        hashes = more;
      }
      leaders[groups] = slot;
      hashes[groups] = hash;
      group = ++groups;
      slots[at] = group;
      if (groups * 2 > slots.length) slots = rehash(hashes, groups, slots.length * 4);
    }
    groupOf[i] = group - 1;
    sizes[group - 1]!++;
  }
  return { groupOf, leaders: leaders.subarray(0, groups), sizes: sizes.subarray(0, groups) };
}

type Classed = { readonly column: Uint32Array; readonly classes: Uint32Array };

function hashCells(columns: readonly Uint32Array[], classed: readonly Classed[], slot: number): number {
  let hash = 0;
  for (let c = 0; c < columns.length; c++) {
    hash = Math.imul(hash ^ columns[c]![slot]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (let c = 0; c < classed.length; c++) {
    const { column, classes } = classed[c]!;
    hash = Math.imul(hash ^ classes[column[slot]!]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function sameCells(
  columns: readonly Uint32Array[],
  classed: readonly Classed[],
  a: number,
  b: number,
): boolean {
  for (let c = 0; c < columns.length; c++) if (columns[c]![a] !== columns[c]![b]) return false;
  for (let c = 0; c < classed.length; c++) {
    const { column, classes } = classed[c]!;
    if (classes[column[a]!] !== classes[column[b]!]) return false;
  }
  return true;
}

function doubled(from: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(from.length * 2);
  to.set(from);
  return to;
}

function rehash(hashes: Int32Array, groups: number, size: number): Uint32Array<ArrayBuffer> {
  const slots = new Uint32Array(size);
  for (let group = 0; group < groups; group++) {
    let at = hashes[group]! & (size - 1);
    while (slots[at] !== 0) at = (at + 1) & (size - 1);
    slots[at] = group + 1;
  }
  return slots;
}
