// One row of the grid. Drawn again only when what it shows changes: rows are compared by id, not by object, because
// each answer brings new objects for the same flows.

import { memo } from 'react';
import type { FlowRow as FlowRowData } from '../../engine/protocol.ts';
import type { PlacedColumn } from './column-layout.ts';
import { FlowCell, type TimeStyle } from './flow-cell.tsx';
import { type RowTone, rowTone } from './row-tone.ts';

export type FlowRowProps = {
  readonly row: FlowRowData;
  /** Place in the whole list, from 0. */
  readonly index: number;
  readonly columns: readonly PlacedColumn[];
  readonly rowPx: number;
  readonly topPx: number;
  readonly selected: boolean;
  readonly found: boolean;
  /** Column the keyboard is in; undefined when it is in another row. */
  readonly activeColumn: number | undefined;
  readonly time: TimeStyle;
  /** The compact line instead of cells; undefined in table mode, '' while it is fetched. */
  readonly line: string | undefined;
  readonly idPrefix: string;
};

const TINT: Readonly<Record<RowTone, string>> = {
  calm: 'hover:bg-hover',
  dropped: 'bg-tint-dropped before:bg-dropped-fill',
  error: 'bg-tint-error before:bg-error-fill',
  audit: 'bg-tint-audit before:bg-audit-fill',
};

const EDGE = 'before:absolute before:inset-y-0 before:left-0 before:w-0.75';

/** Id of the active cell, for aria-activedescendant; no other has one. */
export function cellId(idPrefix: string, rowId: number, column: string): string {
  return `${idPrefix}-${String(rowId)}-${column}`;
}

export const FlowRow = memo(function FlowRow(props: FlowRowProps) {
  const { row, index, rowPx, topPx, selected, found, line } = props;
  const tone = rowTone(row.verdict);
  const look = selected ? 'bg-tint-selected before:bg-accent' : TINT[tone];
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-row={index}
      data-tone={tone}
      style={{ height: rowPx, transform: `translateY(${String(topPx)}px)` }}
      className={`absolute inset-x-0 top-0 flex contain-strict border-b border-line ${found ? 'outline-1 -outline-offset-1 outline-accent' : ''} ${selected || tone !== 'calm' ? EDGE : ''} ${look}`}
    >
      {line === undefined ? <Cells {...props} /> : <LineCell {...props} line={line} />}
    </div>
  );
}, sameRow);

function Cells({ row, columns, activeColumn, time, idPrefix }: FlowRowProps) {
  return columns.map(({ column, widthPx }, at) => {
    return (
      <div
        key={column.id}
        {...(at === activeColumn ? { id: cellId(idPrefix, row.id, column.id) } : {})}
        role="gridcell"
        aria-colindex={at + 1}
        data-column={at}
        style={{ width: widthPx }}
        className={`relative flex shrink-0 items-center overflow-hidden pr-1 pl-2 text-cell first:pr-0 first:pl-3.5 ${
          at === activeColumn ? ACTIVE : ''
        }`}
      >
        <FlowCell row={row} column={column} time={time} />
      </div>
    );
  });
}

/** The ring lies inside the cell, and only while the grid has the keyboard. */
const ACTIVE =
  'group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 group-focus-visible/grid:outline-accent';

function LineCell({ row, line, activeColumn, idPrefix }: FlowRowProps & { readonly line: string }) {
  return (
    <div
      id={cellId(idPrefix, row.id, 'line')}
      role="gridcell"
      aria-colindex={1}
      data-column={0}
      title={line}
      className={`flex min-w-0 flex-1 items-center px-2 pl-3.5 font-mono text-mono-small [font-feature-settings:'calt'_0] whitespace-pre text-text2 ${
        activeColumn === undefined ? '' : ACTIVE
      }`}
    >
      <span className="truncate">{line === '' ? '…' : line}</span>
    </div>
  );
}

function sameRow(a: FlowRowProps, b: FlowRowProps): boolean {
  return (
    a.row.id === b.row.id &&
    a.row.count === b.row.count &&
    a.row.timeNs === b.row.timeNs &&
    a.index === b.index &&
    a.columns === b.columns &&
    a.rowPx === b.rowPx &&
    a.topPx === b.topPx &&
    a.selected === b.selected &&
    a.found === b.found &&
    a.activeColumn === b.activeColumn &&
    a.time === b.time &&
    a.line === b.line
  );
}
