// What a key does in the grid: a plain table from key to action, so that help, tests and the component agree.

/** Row and column as indices into the list and the columns shown; row -1 is the head. */
export type GridFocus = { readonly row: number; readonly column: number };

export type GridAction =
  | { readonly do: 'move'; readonly to: GridFocus }
  | { readonly do: 'open' }
  | { readonly do: 'menu' }
  | { readonly do: 'copy' }
  | { readonly do: 'sort' }
  | { readonly do: 'move-column'; readonly by: -1 | 1 }
  | { readonly do: 'resize-column'; readonly byPx: number };

export type GridShape = {
  readonly rows: number;
  readonly columns: number;
  /** Rows that Page Up and Page Down move by. */
  readonly pageRows: number;
};

export type KeyPress = {
  readonly key: string;
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
};

const RESIZE_STEP_PX = 16;

/** undefined: the key is not the grid's. f, x, d, n, p and the like belong to the shell. */
export function gridAction(press: KeyPress, focus: GridFocus, shape: GridShape): GridAction | undefined {
  const command = press.ctrl || press.meta;
  if (focus.row < 0) {
    const change = headAction(press);
    if (change !== undefined) return change;
  }
  if (press.alt) return undefined;
  const to = target(press.key, command, focus, shape);
  if (to !== undefined) return press.shift ? undefined : { do: 'move', to: clampFocus(to, shape) };
  if (press.key === 'ContextMenu' || (press.key === 'F10' && press.shift)) return { do: 'menu' };
  if (command) return press.key.toLowerCase() === 'c' ? { do: 'copy' } : undefined;
  return press.key === 'Enter' && focus.row >= 0 ? { do: 'open' } : undefined;
}

/** In the head Enter sorts, Alt and an arrow moves the column, Shift and an arrow changes its width. */
function headAction(press: KeyPress): GridAction | undefined {
  if (press.key === 'Enter' || press.key === ' ') return { do: 'sort' };
  const by = press.key === 'ArrowLeft' ? -1 : press.key === 'ArrowRight' ? 1 : undefined;
  if (by === undefined) return undefined;
  if (press.alt) return { do: 'move-column', by };
  return press.shift ? { do: 'resize-column', byPx: by * RESIZE_STEP_PX } : undefined;
}

function target(key: string, command: boolean, focus: GridFocus, shape: GridShape): GridFocus | undefined {
  const { row, column } = focus;
  switch (key) {
    case 'ArrowDown':
      return { row: row + 1, column };
    case 'ArrowUp':
      return { row: row - 1, column };
    case 'ArrowRight':
      return { row, column: column + 1 };
    case 'ArrowLeft':
      return { row, column: column - 1 };
    case 'PageDown':
      return { row: row + shape.pageRows, column };
    case 'PageUp':
      return { row: Math.max(0, row - shape.pageRows), column };
    case 'Home':
      return command ? { row: 0, column: 0 } : { row, column: 0 };
    case 'End':
      return { row: command ? shape.rows - 1 : row, column: shape.columns - 1 };
    default:
      return undefined;
  }
}

/** Inside the grid: the head is row -1, an empty list has only the head. */
export function clampFocus(focus: GridFocus, shape: GridShape): GridFocus {
  return {
    row: Math.min(shape.rows - 1, Math.max(-1, focus.row)),
    column: Math.min(Math.max(0, shape.columns - 1), Math.max(0, focus.column)),
  };
}
