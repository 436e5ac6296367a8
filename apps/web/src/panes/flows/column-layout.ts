// Widths of the columns on screen. A column has the width a person gave it, else its own; what is missing is taken
// from the columns nobody touched, down to their least, and what is left over goes to those that grow. Past that the
// table scrolls sideways.

import type { ColumnDef } from './columns.ts';

export type ColumnWidths = Readonly<Record<string, number>>;

export type PlacedColumn = { readonly column: ColumnDef; readonly widthPx: number };

export const LEAST_PX = 40;
export const MOST_PX = 1200;

/** Widths in whole pixels, in the order given; their sum is at least `availablePx`. */
export function placeColumns(
  columns: readonly ColumnDef[],
  widths: ColumnWidths,
  availablePx: number,
): readonly PlacedColumn[] {
  const wished = columns.map((column) => ({
    column,
    widthPx: clampWidth(widths[column.id] ?? column.widthPx),
    touched: widths[column.id] !== undefined,
  }));
  const missing = sum(wished) - availablePx;
  if (missing > 0) return shrink(wished, missing);
  return grow(wished, -missing);
}

export function clampWidth(widthPx: number): number {
  return Math.round(Math.min(MOST_PX, Math.max(LEAST_PX, widthPx)));
}

type Wished = PlacedColumn & { readonly touched: boolean };

function shrink(wished: readonly Wished[], missing: number): readonly PlacedColumn[] {
  const spare = wished.map((item) => (item.touched ? 0 : Math.max(0, item.widthPx - item.column.minPx)));
  const total = spare.reduce((a, b) => a + b, 0);
  const share = total === 0 ? 0 : Math.min(1, missing / total);
  return wished.map(({ column, widthPx }, index) => ({
    column,
    widthPx: Math.ceil(widthPx - (spare[index] ?? 0) * share),
  }));
}

/** What is left over is shared out by weight; the last column that grows takes the odd pixels. */
function grow(wished: readonly Wished[], left: number): readonly PlacedColumn[] {
  const weights = wished.map((item) => (item.touched ? 0 : (item.column.grows ?? 0)));
  const total = weights.reduce((a, b) => a + b, 0);
  const odd = total === 0 ? wished.length - 1 : weights.findLastIndex((weight) => weight > 0);
  const shares = weights.map((weight) => (total === 0 ? 0 : Math.floor((left * weight) / total)));
  const rest = left - shares.reduce((a, b) => a + b, 0);
  return wished.map(({ column, widthPx }, index) => ({
    column,
    widthPx: widthPx + (shares[index] ?? 0) + (index === odd ? rest : 0),
  }));
}

function sum(items: readonly PlacedColumn[]): number {
  return items.reduce((total, item) => total + item.widthPx, 0);
}

/** The list with one item moved by some places, kept inside the list. */
export function moveItem<T>(items: readonly T[], index: number, by: number): readonly T[] {
  const target = Math.min(items.length - 1, Math.max(0, index + by));
  const item = items[index];
  if (item === undefined || target === index) return items;
  const rest = items.filter((_, at) => at !== index);
  return [...rest.slice(0, target), item, ...rest.slice(target)];
}
