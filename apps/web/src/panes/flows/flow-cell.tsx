// How times and verdicts read, in cells (cell-elements.ts) and beside them. The text a cell is copied and searched by is
// in columns.ts. Cells have no `title` of their own: two hundred of them change many times a second, and only the one
// under the pointer is read.

import { verdictName } from '@finderscope/flow-query';
import type { FlowRow, Nanos } from '../../engine/protocol.ts';
import { VerdictGlyph, verdictKind, VERDICT_INK, type Zone } from '../../widgets/index.ts';
import { clockText, distanceText, fullTimeText } from '../flow-time.ts';
import type { ColumnDef } from './columns.ts';
import { rowTone } from './row-tone.ts';

export type TimeStyle = {
  readonly zone: Zone;
  /** Set: times are distances to it. */
  readonly referenceNs: Nanos | undefined;
};

export function TimeCell({ timeNs, time }: { readonly timeNs: Nanos | undefined; readonly time: TimeStyle }) {
  return <span className="truncate font-mono text-mono text-text2">{timeText(timeNs, time)}</span>;
}

export function timeText(timeNs: Nanos | undefined, { zone, referenceNs }: TimeStyle): string {
  return referenceNs === undefined ? clockText(timeNs, zone) : distanceText(timeNs, referenceNs);
}

/** The whole of what a cell shows a part of, for the pointer. */
export function cellTitle(row: FlowRow, column: ColumnDef, zone: Zone): string {
  return column.kind === 'time' ? fullTimeText(row.timeNs, zone) : column.text(row);
}

export function VerdictCell({ verdict }: { readonly verdict: number }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <VerdictGlyph kind={verdictKind(verdict)} />
      <span className={`truncate ${verdictLook(verdict)}`}>{verdictName(verdict)}</span>
    </span>
  );
}

/** Ink and weight of a written verdict: only what went wrong is loud. */
export function verdictLook(verdict: number): string {
  return rowTone(verdict) === 'calm' ? 'text-text2' : `font-semibold ${VERDICT_INK[verdictKind(verdict)]}`;
}
