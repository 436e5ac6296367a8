// The head of the grid: titles that sort, edges that resize, and titles that can be dragged to another place.
// Everything a pointer does here the keyboard does too, see grid-keys.ts.

import { ArrowDown, ArrowUp } from 'lucide-react';
import { type PointerEvent, useState } from 'react';
import type { RowsQuery } from '../../engine/protocol.ts';
import { clampWidth, type PlacedColumn } from './column-layout.ts';
import { ARROW_PX, type ColumnDef } from './columns.ts';

export type GridHeadProps = {
  readonly columns: readonly PlacedColumn[];
  readonly sort: RowsQuery['sort'];
  /** Undefined columns cannot be sorted by; live lists only by time. */
  readonly canSort: (column: ColumnDef) => boolean;
  readonly activeColumn: number | undefined;
  readonly idPrefix: string;
  readonly onSort: (column: ColumnDef) => void;
  readonly onResize: (column: ColumnDef, widthPx: number) => void;
  readonly onMove: (index: number, by: number) => void;
};

export function headId(idPrefix: string, column: string): string {
  return `${idPrefix}-head-${column}`;
}

export function GridHead(props: GridHeadProps) {
  const [dragged, setDragged] = useState<number | undefined>(undefined);
  return (
    <div role="row" aria-rowindex={1} className="flex h-6.5 border-b border-line2 bg-base">
      {props.columns.map((placed, index) => (
        <HeadCell
          key={placed.column.id}
          {...props}
          placed={placed}
          index={index}
          dragged={dragged === index}
          onDragStart={() => setDragged(index)}
          onDrop={() => {
            if (dragged !== undefined) props.onMove(dragged, index - dragged);
            setDragged(undefined);
          }}
          onDragEnd={() => setDragged(undefined)}
        />
      ))}
    </div>
  );
}

type HeadCellProps = GridHeadProps & {
  readonly placed: PlacedColumn;
  readonly index: number;
  readonly dragged: boolean;
  readonly onDragStart: () => void;
  readonly onDrop: () => void;
  readonly onDragEnd: () => void;
};

function HeadCell(props: HeadCellProps) {
  const { placed, index, sort, activeColumn, idPrefix } = props;
  const { column, widthPx } = placed;
  const sorted = column.sort !== undefined && column.sort === sort.key;
  const sortable = props.canSort(column);
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    // The keyboard reaches it through the grid's own focus, see grid-keys.ts.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={headId(idPrefix, column.id)}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      title={headTitle(column, sortable)}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', column.title);
        props.onDragStart();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        props.onDrop();
      }}
      onDragEnd={props.onDragEnd}
      onClick={() => {
        if (sortable) props.onSort(column);
      }}
      style={{ width: widthPx }}
      className={`relative flex shrink-0 items-center gap-1 pr-1 pl-2 text-head font-semibold text-text2 select-none first:pl-3.5 ${
        props.dragged ? 'opacity-50' : ''
      } ${sortable ? 'hover:text-text' : ''} ${index === activeColumn ? ACTIVE : ''}`}
    >
      {column.kind === 'end' && column.side === 'destination' && (
        <span className="shrink-0" style={{ width: ARROW_PX - 4 }} />
      )}
      <span className="truncate">{column.title}</span>
      {sorted && <Arrow size={12} aria-hidden className="shrink-0 text-text3" />}
      <ResizeEdge widthPx={widthPx} onResize={(px) => props.onResize(column, px)} />
    </div>
  );
}

const ACTIVE =
  'group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 group-focus-visible/grid:outline-accent';

function headTitle(column: ColumnDef, sortable: boolean): string {
  if (column.sort === undefined) return column.title;
  return sortable
    ? `Sort by ${column.title.toLowerCase()}`
    : `Pause to sort by ${column.title.toLowerCase()}`;
}

/** Drag the edge; the width is kept as a setting. Shift and an arrow key do the same on the focused head. */
function ResizeEdge({
  widthPx,
  onResize,
}: {
  readonly widthPx: number;
  readonly onResize: (px: number) => void;
}) {
  const [grip, setGrip] = useState<{ readonly x: number; readonly widthPx: number } | undefined>(undefined);
  function move(event: PointerEvent): void {
    if (grip !== undefined) onResize(clampWidth(grip.widthPx + event.clientX - grip.x));
  }
  return (
    <div
      aria-hidden="true"
      // A drag of the edge is not a drag of the column, nor of the next one: once the edge has moved on, the browser
      // would find that one where the button went down.
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setGrip({ x: event.clientX, widthPx });
      }}
      onPointerMove={move}
      onPointerUp={() => setGrip(undefined)}
      onPointerCancel={() => setGrip(undefined)}
      onClick={(event) => event.stopPropagation()}
      className="absolute inset-y-0 right-0 w-2 cursor-col-resize border-r border-transparent hover:border-line2"
    />
  );
}
