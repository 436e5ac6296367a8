// Which cell the keyboard is in. It holds on to the flow, not to its number in the list, which changes as flows come
// and go.

import type { RowId } from '../../engine/protocol.ts';
import type { GridFocus } from './grid-keys.ts';
import type { Slice } from './row-window.ts';

export type FocusedCell = GridFocus & {
  /** The flow in that row when the keyboard came there; undefined for the head. */
  readonly id: RowId | undefined;
};

export const NO_FOCUS: FocusedCell = { row: -1, column: 0, id: undefined };

/** Where the cell is now; where it was while its row is not among those known. */
export function placeFocus(focused: FocusedCell, slice: Slice | undefined): GridFocus {
  const { row, column, id } = focused;
  if (id === undefined || slice === undefined) return { row, column };
  const at = slice.rows.findIndex((candidate) => candidate.id === id);
  return { row: at === -1 ? Math.min(row, slice.total - 1) : slice.from + at, column };
}

/** Where the keyboard starts on coming to the grid: at the newest row while following, else at the first on screen. */
export function startRow(slice: Slice, topPx: number, rowPx: number, following: boolean): number {
  return following ? slice.total - 1 : Math.min(slice.total - 1, Math.ceil(topPx / rowPx));
}
