// One row of the grid as elements that show one flow after the other. What a flow running by does not change is not
// touched: rows are compared by id, not by object, because each answer brings new objects for the same flows.

import type { FlowRow } from '../../engine/protocol.ts';
import { ACTIVE_RING, type DrawCell, fillCell } from './cell-elements.ts';
import type { PlacedColumn } from './column-layout.ts';
import type { TimeStyle } from './flow-cell.tsx';
import { makeText, setAttribute, setClass, setText } from './patch.ts';
import { type RowTone, rowTone } from './row-tone.ts';

/** A row on screen. */
export type RowView = {
  readonly row: FlowRow;
  /** Place in the whole list, from 0. */
  readonly index: number;
  readonly topPx: number;
  readonly selected: boolean;
  readonly found: boolean;
  /** Column the keyboard is in; undefined when it is in another row. */
  readonly activeColumn: number | undefined;
  /** The compact line instead of cells; undefined in table mode, '' while it is fetched. */
  readonly line: string | undefined;
};

/** What all rows on screen have in common. */
export type RowsFrame = {
  readonly columns: readonly PlacedColumn[];
  readonly rowPx: number;
  readonly time: TimeStyle;
  readonly idPrefix: string;
  /** Of the widths of letters. */
  readonly fonts: number;
};

export type RowElement = {
  readonly element: HTMLElement;
  readonly draw: (view: RowView, frame: RowsFrame) => void;
};

/** Id of the active cell, for aria-activedescendant; no other has one. */
export function cellId(idPrefix: string, rowId: number, column: string): string {
  return `${idPrefix}-${String(rowId)}-${column}`;
}

const ROW = 'absolute inset-x-0 top-0 flex contain-size contain-layout border-b border-line';
const TINT: Readonly<Record<RowTone, string>> = {
  calm: 'hover:bg-hover',
  dropped: 'bg-tint-dropped before:bg-dropped-fill',
  error: 'bg-tint-error before:bg-error-fill',
  audit: 'bg-tint-audit before:bg-audit-fill',
};
const EDGE = 'before:absolute before:inset-y-0 before:left-0 before:w-0.75';
const LINE =
  "flex min-w-0 flex-1 items-center px-2 pl-3.5 font-mono text-mono-small [font-feature-settings:'calt'_0] whitespace-pre text-text2";
const FOUND = 'outline-1 -outline-offset-1 outline-accent';
export function createRowElement(): RowElement {
  const element = document.createElement('div');
  element.setAttribute('role', 'row');
  let cells: Cells | undefined;
  let shown: { readonly view: RowView; readonly frame: RowsFrame } | undefined;
  return {
    element,
    draw: (view, frame) => {
      if (shown !== undefined && sameFrame(shown.frame, frame) && sameRow(shown.view, view)) return;
      if (cells === undefined || !cells.fit(view, frame)) {
        cells = view.line === undefined ? createCells(frame) : createLineCell();
        element.replaceChildren(...cells.elements);
      }
      drawFrame(element, view, frame, shown);
      cells.draw(view, frame);
      shown = { view, frame };
    },
  };
}

function drawFrame(
  element: HTMLElement,
  view: RowView,
  { rowPx }: RowsFrame,
  shown: { readonly view: RowView; readonly frame: RowsFrame } | undefined,
): void {
  const { index, topPx, selected, found } = view;
  const tone = rowTone(view.row.verdict);
  const look = selected ? 'bg-tint-selected before:bg-accent' : TINT[tone];
  const edge = selected || tone !== 'calm' ? EDGE : '';
  setClass(element, `${ROW} ${found ? FOUND : ''} ${edge} ${look}`);
  setAttribute(element, 'aria-rowindex', String(index + 2));
  setAttribute(element, 'aria-selected', String(selected));
  setAttribute(element, 'data-row', String(index));
  setAttribute(element, 'data-tone', tone);
  if (shown?.view.topPx !== topPx) element.style.transform = `translateY(${String(topPx)}px)`;
  if (shown?.frame.rowPx === rowPx) return;
  element.style.height = `${String(rowPx)}px`;
  // Less the border: cells inherit it, so that their texts stand in the middle.
  element.style.lineHeight = `${String(rowPx - 1)}px`;
}

type Cells = {
  readonly elements: readonly HTMLElement[];
  /** Whether they can show this at all. */
  readonly fit: (view: RowView, frame: RowsFrame) => boolean;
  readonly draw: (view: RowView, frame: RowsFrame) => void;
};

type Cell = { readonly element: HTMLElement; readonly draw: DrawCell };

function createCells({ columns }: RowsFrame): Cells {
  const cells = columns.map(({ column }, at): Cell => {
    const element = createCellElement(at);
    return { element, draw: fillCell(element, column) };
  });
  let active: HTMLElement | undefined;
  let placed: readonly PlacedColumn[] | undefined;
  let shown: number | undefined;
  return {
    elements: cells.map(({ element }) => element),
    fit: (view, frame) => view.line === undefined && sameKinds(columns, frame.columns),
    draw: ({ row, activeColumn }, frame) => {
      for (const [at, { element, draw }] of cells.entries()) {
        const widthPx = frame.columns[at]?.widthPx ?? 0;
        if (placed !== frame.columns) element.style.width = `${String(widthPx)}px`;
        // Given by the pointer, of the flow that stood here then.
        if (shown !== row.id && element.hasAttribute('title')) element.removeAttribute('title');
        draw(row, frame.time, widthPx);
      }
      placed = frame.columns;
      shown = row.id;
      const next = activeColumn === undefined ? undefined : cells[activeColumn]?.element;
      if (active !== undefined && active !== next) {
        active.removeAttribute('id');
        active.removeAttribute('data-active');
      }
      active = next;
      const column = activeColumn === undefined ? undefined : columns[activeColumn]?.column;
      if (next === undefined || column === undefined) return;
      setAttribute(next, 'id', cellId(frame.idPrefix, row.id, column.id));
      setAttribute(next, 'data-active', '');
    },
  };
}

function createCellElement(at: number): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', 'gridcell');
  element.setAttribute('aria-colindex', String(at + 1));
  element.setAttribute('data-column', String(at));
  return element;
}

/** The row as `hubble observe` prints it. */
function createLineCell(): Cells {
  const element = createCellElement(0);
  const text = makeText();
  const box = document.createElement('span');
  box.className = 'truncate';
  box.append(text);
  element.append(box);
  element.className = `${LINE} ${ACTIVE_RING}`;
  return {
    elements: [element],
    fit: ({ line }) => line !== undefined,
    draw: ({ row, activeColumn, line = '' }, { idPrefix }) => {
      element.id = cellId(idPrefix, row.id, 'line');
      setAttribute(element, 'data-active', activeColumn === undefined ? undefined : '');
      element.title = line;
      setText(text, line === '' ? '…' : line);
    },
  };
}

function sameKinds(a: readonly PlacedColumn[], b: readonly PlacedColumn[]): boolean {
  return a === b || (a.length === b.length && a.every(({ column }, at) => column === b[at]?.column));
}

function sameFrame(a: RowsFrame, b: RowsFrame): boolean {
  return (
    a.columns === b.columns &&
    a.rowPx === b.rowPx &&
    a.time === b.time &&
    a.idPrefix === b.idPrefix &&
    a.fonts === b.fonts
  );
}

function sameRow(a: RowView, b: RowView): boolean {
  return (
    a.row.id === b.row.id &&
    a.row.count === b.row.count &&
    a.row.timeNs === b.row.timeNs &&
    a.index === b.index &&
    a.topPx === b.topPx &&
    a.selected === b.selected &&
    a.found === b.found &&
    a.activeColumn === b.activeColumn &&
    a.line === b.line
  );
}
