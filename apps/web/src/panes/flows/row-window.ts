// Which rows are needed for what the reader sees, and where they stay when the list changes under them.
//
//   total     |....................................................|
//   slice               |==========================|                   from, rows
//   on screen                  [............]                          topPx .. topPx + viewPx
//
// While the slice does not cover the screen the old rows stay drawn. When rows leave at the top of the list (eviction)
// or a filter changes, the row at the top of the screen is the anchor and keeps its pixel.

import type { FlowRow, RowId } from '../../engine/protocol.ts';

export type RowFrame = { readonly rowPx: number; readonly viewPx: number };

export type Slice = {
  readonly from: number;
  readonly rows: readonly FlowRow[];
  readonly total: number;
};

/** A row that keeps its pixel, and its place in the list when it was taken. */
export type Anchor = { readonly id: RowId; readonly index: number };

/** Rows beyond the screen on each side, so that ordinary scrolling needs no waiting. */
const MARGIN_ROWS = 24;

/** The row at a place of the list, if the slice reaches it. */
export function rowAt(slice: Slice | undefined, index: number): FlowRow | undefined {
  return slice?.rows[index - slice.from];
}

/** The slice to ask for. */
export function neededRows(
  topPx: number,
  frame: RowFrame,
): { readonly from: number; readonly count: number } {
  const first = Math.floor(Math.max(0, topPx) / frame.rowPx);
  const from = Math.max(0, first - MARGIN_ROWS);
  return { from, count: first - from + screenRows(frame) + MARGIN_ROWS };
}

/** Rows that can be seen at once, cut ones counted. */
export function screenRows(frame: RowFrame): number {
  return Math.ceil(frame.viewPx / frame.rowPx) + 1;
}

export function coversScreen(slice: Slice, topPx: number, frame: RowFrame): boolean {
  const first = Math.floor(topPx / frame.rowPx);
  const last = Math.min(slice.total, Math.ceil((topPx + frame.viewPx) / frame.rowPx));
  return first >= slice.from && last <= slice.from + slice.rows.length;
}

/** Whether the whole of a row is seen. */
export function isOnScreen(index: number, topPx: number, frame: RowFrame): boolean {
  return index * frame.rowPx >= topPx && (index + 1) * frame.rowPx <= topPx + frame.viewPx;
}

/** The first row that is wholly on screen, undefined when the slice does not reach it. */
export function anchorAt(slice: Slice, topPx: number, rowPx: number): Anchor | undefined {
  const index = Math.ceil(topPx / rowPx);
  const row = rowAt(slice, index);
  return row === undefined ? undefined : { id: row.id, index };
}

/** The position that brings a row into sight with the least movement. */
export function topToShow(index: number, topPx: number, frame: RowFrame): number {
  const rowTop = index * frame.rowPx;
  if (rowTop < topPx) return rowTop;
  const rowEnd = rowTop + frame.rowPx;
  return rowEnd > topPx + frame.viewPx ? rowEnd - frame.viewPx : topPx;
}

/**
 * A slice taken from the other end of the list, in list order: the newest rows of a list that grows at its end are
 * the first ones of the same list upside down.
 */
export function turnSlice(slice: Slice): Slice {
  return {
    from: Math.max(0, slice.total - slice.from - slice.rows.length),
    rows: slice.rows.toReversed(),
    total: slice.total,
  };
}
