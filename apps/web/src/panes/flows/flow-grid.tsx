// The grid: one scroller that is also the ARIA grid and has the keyboard, a head that stays, and a layer that holds the
// rows on screen and nothing else.
//
//   scroller (role=grid, tab stop)      its bar is as long as the list, up to the browser's limit
//     sheet                             bar height
//       head    sticky
//       layer   sticky, as high as the screen; rows are placed in it by transform
//
// Cells are not tab stops: the grid points at the active one (aria-activedescendant), so the focus is not lost when
// the row under it leaves the screen.

import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useId,
  useLayoutEffect,
  useRef,
} from 'react';
import type { FlowRow as FlowRowData, RowId } from '../../engine/protocol.ts';
import { valueFilterText } from '../../filter-bar/value-filter.ts';
import { useWidthsEpoch } from '../../widgets/index.ts';
import type { PlacedColumn } from './column-layout.ts';
import { cellTitle, type TimeStyle } from './flow-cell.tsx';
import { GridHead, type GridHeadProps, headId } from './grid-head.tsx';
import { startRow } from './grid-focus.ts';
import { type GridAction, gridAction, type GridFocus } from './grid-keys.ts';
import type { FeedSnapshot, RowFeed } from './row-feed.ts';
import { cellId, type RowsFrame, type RowView } from './row-element.ts';
import { createRowPool, type RowPool } from './row-pool.ts';
import { type RowFrame, screenRows, topToShow } from './row-window.ts';
import { barHeight, barTop, movedByReader, topAfterScroll } from './scroll-scale.ts';
import { usePress } from './use-press.ts';
import { useSize } from './use-size.ts';

export const HEAD_PX = 26;
const RULER_PX = 12;

export type CellPlace = { readonly row: FlowRowData; readonly column: number };

export type FlowGridProps = Pick<GridHeadProps, 'sort' | 'canSort' | 'onSort' | 'onResize' | 'onMove'> & {
  readonly feed: RowFeed;
  readonly snapshot: FeedSnapshot;
  readonly rowPx: number;
  /** Places the columns for a width in px. */
  readonly place: (availablePx: number) => readonly PlacedColumn[];
  readonly time: TimeStyle;
  readonly isSelected: (row: FlowRowData) => boolean;
  /** The hit that finding has come to. */
  readonly found: RowId | undefined;
  readonly focus: GridFocus;
  readonly onFocus: (focus: GridFocus) => void;
  /** The keyboard has been here before. */
  readonly touched: boolean;
  readonly onOpen: (row: FlowRowData) => void;
  readonly onMenu: (place: CellPlace, at: DOMRect) => void;
  readonly onCopy: (place: CellPlace) => void;
  /** Compact line of a row; undefined in table mode. */
  readonly lineOf: ((row: FlowRowData) => string) | undefined;
  readonly busy: boolean;
};

export function FlowGrid(props: FlowGridProps) {
  const { feed, snapshot, rowPx, focus, sort } = props;
  const idPrefix = useId();
  const fonts = useWidthsEpoch();
  const scroller = useRef<HTMLDivElement | null>(null);
  const [measure, size] = useSize();
  // The same at every render: a new one would measure the element again, which lays the page out.
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      return measure(element);
    },
    [measure],
  );
  const viewPx = Math.max(0, size.heightPx - HEAD_PX);
  // With the commit that knows the height: a scroll event that the browser has for it may be next, see useBarSync.
  useLayoutEffect(() => feed.resize({ rowPx, viewPx }), [feed, rowPx, viewPx]);
  const onScroll = useBarSync(
    scroller,
    feed,
    snapshot,
    { totalPx: snapshot.total * rowPx, viewPx },
    size.heightPx,
  );

  const columns = props.place(size.widthPx);
  const widthPx = columns.reduce((sum, column) => sum + column.widthPx, 0);
  const { drawn } = snapshot;
  const visible =
    drawn === undefined ? NO_ROWS : visibleRows(drawn, { rowPx, viewPx }, snapshot.following ? 0 : 1);
  const topPx = drawn?.topPx ?? 0;
  const layer = useRowLayer(
    visible.map(({ row, index }) => ({
      row,
      index,
      topPx: index * rowPx - topPx,
      selected: props.isSelected(row),
      found: row.id === props.found,
      activeColumn: index === focus.row ? focus.column : undefined,
      line: props.lineOf?.(row),
    })),
    { columns, rowPx, time: props.time, idPrefix, fonts },
  );
  const rowAt = (index: number) => drawn?.slice.rows[index - drawn.slice.from];
  const activeRow = focus.row < 0 ? undefined : rowAt(focus.row);
  const activeColumn = columns[focus.column]?.column;
  const activeFilter = activeRow === undefined ? undefined : activeColumn?.filter(activeRow);

  function act(action: GridAction): void {
    const place = activeRow === undefined ? undefined : { row: activeRow, column: focus.column };
    switch (action.do) {
      case 'move':
        props.onFocus(action.to);
        // Who walks about reads: the rows must not walk too.
        if (action.to.row >= 0) feed.setFollowing(false);
        if (action.to.row >= 0) feed.scrollTo(topToShow(action.to.row, snapshot.topPx, { rowPx, viewPx }));
        return;
      case 'open':
        if (place !== undefined) props.onOpen(place.row);
        return;
      case 'copy':
        if (place !== undefined) props.onCopy(place);
        return;
      case 'menu': {
        const cell = document.getElementById(activeId ?? '');
        if (place !== undefined && cell !== null) props.onMenu(place, cell.getBoundingClientRect());
        return;
      }
      case 'sort':
        if (activeColumn !== undefined && props.canSort(activeColumn)) props.onSort(activeColumn);
        return;
      case 'move-column':
        props.onMove(focus.column, action.by);
        props.onFocus({
          row: -1,
          column: Math.min(columns.length - 1, Math.max(0, focus.column + action.by)),
        });
        return;
      case 'resize-column': {
        const placed = columns[focus.column];
        if (placed !== undefined) props.onResize(placed.column, placed.widthPx + action.byPx);
      }
    }
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    // A selection of text is copied as such.
    const selecting = document.getSelection()?.isCollapsed === false;
    const action = gridAction(
      { key: event.key, ctrl: event.ctrlKey, meta: event.metaKey, alt: event.altKey, shift: event.shiftKey },
      focus,
      {
        rows: snapshot.total,
        columns: columns.length,
        pageRows: Math.max(1, Math.floor(viewPx / rowPx) - 1),
      },
    );
    if (action === undefined || (action.do === 'copy' && selecting)) return;
    event.preventDefault();
    act(action);
  }

  function placeOf(
    event: MouseEvent,
  ): { readonly place: CellPlace; readonly index: number; readonly cell: Element } | undefined {
    const cell = event.target instanceof Element ? event.target.closest('[data-column]') : null;
    const line = cell?.closest('[data-row]') ?? null;
    const index = Number(line?.getAttribute('data-row') ?? Number.NaN);
    const row = Number.isNaN(index) ? undefined : rowAt(index);
    if (cell === null || row === undefined) return undefined;
    return { place: { row, column: Number(cell.getAttribute('data-column')) }, index, cell };
  }

  const press = usePress(placeOf, ({ place, index }) => {
    // The list may have moved on since the press.
    const now = drawn?.slice.rows.findIndex(({ id }) => id === place.row.id) ?? -1;
    const row = drawn === undefined || now === -1 ? index : drawn.slice.from + now;
    props.onFocus({ row, column: place.column });
    props.onOpen(place.row);
  });

  // Rows that run by take the cell with them: without one on screen the grid itself shows that it has the focus.
  const drawnRow = visible.find(({ index }) => index === focus.row)?.row;
  const activeId =
    focus.row < 0
      ? activeColumn && headId(idPrefix, activeColumn.id)
      : drawnRow &&
        activeColumn &&
        cellId(idPrefix, drawnRow.id, props.lineOf === undefined ? activeColumn.id : 'line');

  return (
    <div
      ref={attach}
      role="grid"
      data-shortcut-target="list"
      tabIndex={0}
      aria-label="Flows"
      aria-rowcount={snapshot.total + 1}
      aria-colcount={columns.length}
      aria-busy={props.busy}
      aria-activedescendant={activeId}
      {...(activeFilter === undefined ? {} : { 'data-filter': valueFilterText(activeFilter) })}
      // The ruler has the right edge to itself, less what the bar in front of it takes.
      style={{ right: Math.max(0, RULER_PX - size.barPx) }}
      onFocus={(event) => {
        // Coming by keyboard for the first time: start where the reader looks.
        const { currentTarget, target } = event;
        if (target !== currentTarget || !currentTarget.matches(':focus-visible') || focus.row >= 0) return;
        if (drawn !== undefined && drawn.slice.total > 0 && !props.touched) {
          props.onFocus({
            row: startRow(drawn.slice, drawn.topPx, rowPx, snapshot.following && !sort.descending),
            column: 0,
          });
        }
      }}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => {
        const hit = props.lineOf === undefined ? placeOf(event) : undefined;
        const column = hit && columns[hit.place.column]?.column;
        if (hit === undefined || column === undefined) return;
        hit.cell.setAttribute('title', cellTitle(hit.place.row, column, props.time.zone));
      }}
      onPointerDown={press.onPointerDown}
      onPointerUp={press.onPointerUp}
      onClick={press.onClick}
      onContextMenu={(event) => {
        press.forget();
        const hit = placeOf(event);
        if (hit === undefined) return;
        event.preventDefault();
        feed.setFollowing(false);
        props.onFocus({ row: hit.index, column: hit.place.column });
        props.onMenu(hit.place, new DOMRect(event.clientX, event.clientY, 0, 0));
      }}
      className="group/grid absolute inset-y-0 left-0 overflow-auto [overflow-anchor:none] focus-visible:-outline-offset-2 focus-visible:[&[aria-activedescendant]]:outline-none"
    >
      <div
        role="presentation"
        style={{
          height: barHeight({ totalPx: snapshot.total * rowPx, viewPx }) + HEAD_PX,
          minWidth: widthPx,
        }}
      >
        <div role="rowgroup" className="sticky top-0 z-1" style={{ width: Math.max(widthPx, size.widthPx) }}>
          <GridHead
            columns={columns}
            sort={sort}
            canSort={props.canSort}
            activeColumn={focus.row < 0 ? focus.column : undefined}
            idPrefix={idPrefix}
            onSort={props.onSort}
            onResize={props.onResize}
            onMove={props.onMove}
          />
        </div>
        <div
          ref={layer}
          role="rowgroup"
          data-testid="flow-rows"
          className="sticky overflow-hidden"
          style={{ top: HEAD_PX, height: viewPx, width: Math.max(widthPx, size.widthPx) }}
        />
      </div>
    </div>
  );
}

/** The element that shows these rows; what it holds is drawn with each commit, and not by React. */
function useRowLayer(views: readonly RowView[], frame: RowsFrame): RefObject<HTMLDivElement | null> {
  const layer = useRef<HTMLDivElement | null>(null);
  const pool = useRef<RowPool | undefined>(undefined);
  useLayoutEffect(() => {
    if (layer.current === null) return;
    pool.current ??= createRowPool(layer.current);
    pool.current.draw(views, frame);
  });
  return layer;
}

const NO_ROWS: readonly { readonly row: FlowRowData; readonly index: number }[] = [];

/** The rows of the slice that are on screen, and as many beyond each edge: a reader scrolls them into sight. */
function visibleRows(
  drawn: {
    readonly slice: { readonly from: number; readonly rows: readonly FlowRowData[] };
    readonly topPx: number;
  },
  frame: RowFrame,
  beyond: number,
): readonly { readonly row: FlowRowData; readonly index: number }[] {
  const { from, rows } = drawn.slice;
  const first = Math.max(from, Math.floor(drawn.topPx / frame.rowPx) - beyond);
  const last = first + screenRows(frame) + 2 * beyond;
  return rows.slice(first - from, last - from).map((row, at) => ({ row, index: first + at }));
}

/** Keeps the bar where the feed is, and tells the feed when the reader moves it. */
function useBarSync(
  scroller: { readonly current: HTMLDivElement | null },
  feed: RowFeed,
  snapshot: FeedSnapshot,
  frame: { readonly totalPx: number; readonly viewPx: number },
  knownHeightPx: number,
): () => void {
  /** Where the bar was put last, and how high the box was then. */
  const lastBar = useRef({ px: 0, heightPx: 0 });
  const wanted = barTop(snapshot.topPx, frame);
  const scaled = frame.totalPx > barHeight(frame);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    // A scaled bar is put right when the reader rests (below); moving it under the pointer would fight the wheel.
    if (Math.abs(lastBar.current.px - wanted) < (scaled && !snapshot.following ? frame.viewPx : 1)) {
      lastBar.current = { px: lastBar.current.px, heightPx: knownHeightPx };
      return undefined;
    }
    const move = (): void => {
      element.scrollTop = wanted;
      // Not read back: that would lay the page out once more.
      lastBar.current = { px: wanted, heightPx: knownHeightPx };
    };
    if (!snapshot.following) {
      move();
      return undefined;
    }
    // Moving it lays the page out. Rows do not hang on the bar (their layer is sticky), so it follows in the next frame's
    // callbacks, when more may have changed: one layout for all of it.
    const next = requestAnimationFrame(move);
    return () => cancelAnimationFrame(next);
  }, [scroller, wanted, scaled, snapshot.following, frame.viewPx, knownHeightPx]);
  return () => {
    const element = scroller.current;
    if (element === null) return;
    const last = lastBar.current;
    const now = { px: element.scrollTop, heightPx: element.clientHeight };
    lastBar.current = now;
    if (movedByReader(last, now)) feed.scrollTo(topAfterScroll(snapshot.topPx, last.px, now.px, frame));
  };
}
