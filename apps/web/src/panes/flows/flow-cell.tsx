// What one cell shows. The text a cell is copied and searched by is in columns.ts; this is only its looks. Cells have no
// `title` of their own: two hundred of them change many times a second, and only the one under the pointer is read.

import { verdictName } from '@finderscope/flow-query';
import type { FlowRow, Nanos, RowEnd } from '../../engine/protocol.ts';
import {
  LongName,
  losesMiddle,
  VerdictGlyph,
  verdictKind,
  VERDICT_INK,
  type Zone,
} from '../../widgets/index.ts';
import { clockText, distanceText, fullTimeText } from '../flow-time.ts';
import { ARROW_PX, type ColumnDef } from './columns.ts';
import { FlowArrow } from './flow-arrow.tsx';
import { arrowKind, rowTone } from './row-tone.ts';
import { summaryParts } from '../flow-summary.ts';

export type TimeStyle = {
  readonly zone: Zone;
  /** Set: times are distances to it. */
  readonly referenceNs: Nanos | undefined;
};

export type FlowCellProps = { readonly row: FlowRow; readonly column: ColumnDef; readonly time: TimeStyle };

export function FlowCell({ row, column, time }: FlowCellProps) {
  switch (column.kind) {
    case 'time':
      return <TimeCell timeNs={row.timeNs} time={time} />;
    case 'verdict':
      return <VerdictCell verdict={row.verdict} />;
    case 'end':
      return <EndCell row={row} side={column.side ?? 'source'} />;
    case 'summary':
      return <SummaryCell row={row} />;
    case 'type':
      return (
        <TextCell text={row.type} className={rowTone(row.verdict) === 'calm' ? 'text-text2' : 'text-text'} />
      );
    case 'stack':
      return <StackCell row={row} time={time} />;
    case 'mono':
      return <TextCell text={column.text(row)} className="font-mono text-mono text-text2" />;
    case 'text':
      return <TextCell text={column.text(row)} className="text-text2" />;
  }
}

export function TimeCell({ timeNs, time }: { readonly timeNs: Nanos | undefined; readonly time: TimeStyle }) {
  const text =
    time.referenceNs === undefined ? clockText(timeNs, time.zone) : distanceText(timeNs, time.referenceNs);
  return <span className="truncate font-mono text-mono text-text2">{text}</span>;
}

/** The whole of what a cell shows a part of, for the pointer. */
export function cellTitle(row: FlowRow, column: ColumnDef, zone: Zone): string {
  return column.kind === 'time' ? fullTimeText(row.timeNs, zone) : column.text(row);
}

export function VerdictCell({ verdict }: { readonly verdict: number }) {
  const kind = verdictKind(verdict);
  const calm = rowTone(verdict) === 'calm';
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <VerdictGlyph kind={kind} />
      <span className={`truncate ${calm ? 'text-text2' : `font-semibold ${VERDICT_INK[kind]}`}`}>
        {verdictName(verdict)}
      </span>
    </span>
  );
}

function EndCell({ row, side }: { readonly row: FlowRow; readonly side: 'source' | 'destination' }) {
  return (
    <>
      {side === 'destination' && (
        <span className="shrink-0" style={{ width: ARROW_PX }}>
          <FlowArrow kind={arrowKind(row)} />
        </span>
      )}
      <span className="min-w-0 flex-1">
        <EndName end={row[side]} />
      </span>
    </>
  );
}

function EndName({ end }: { readonly end: RowEnd }) {
  if (end.name === '') return <Absent />;
  // The CLI writes no port 0: a socket's source port is not known.
  const port = end.port === 0 ? undefined : end.port;
  return (
    <LongName
      namespace={end.namespace}
      name={end.name}
      titled={false}
      {...(port === undefined ? {} : { port })}
    />
  );
}

function StackCell({ row, time }: { readonly row: FlowRow; readonly time: TimeStyle }) {
  const kind = verdictKind(row.verdict);
  return (
    <span className="flex min-w-0 flex-1 flex-col">
      <span className="flex min-w-0 items-center gap-1.5">
        <VerdictGlyph kind={kind} />
        <span className="unseen">{verdictName(row.verdict)}</span>
        <StackEnd end={row.source} other={row.destination} />
        <FlowArrow kind={arrowKind(row)} />
        <StackEnd end={row.destination} other={row.source} />
      </span>
      <span className="flex min-w-0 items-center gap-2 pl-4.5 text-note">
        <span className="flex shrink-0">
          <TimeCell timeNs={row.timeNs} time={time} />
        </span>
        <span
          className={`truncate ${rowTone(row.verdict) !== 'calm' ? `font-semibold ${VERDICT_INK[kind]}` : 'text-text2'}`}
        >
          {row.type}
        </span>
        <SummaryCell row={row} />
      </span>
    </span>
  );
}

/** Two names share a line: a short one stays whole where the other can lose its middle. */
function StackEnd({ end, other }: { readonly end: RowEnd; readonly other: RowEnd }) {
  const whole = !losesMiddle(end.name) && losesMiddle(other.name);
  return (
    <span className={`min-w-0 ${whole ? 'max-w-3/5 shrink-0' : 'shrink'}`}>
      <EndName end={end} />
    </span>
  );
}

function SummaryCell({ row }: { readonly row: FlowRow }) {
  if (row.summary === '') return <Absent />;
  const { strong, text, note } = summaryParts(row);
  return (
    <span className="truncate text-text2">
      {strong !== '' && <span className="font-semibold text-text">{strong} </span>}
      {text}
      {note !== '' && <span className="text-text3"> {note}</span>}
    </span>
  );
}

function TextCell({ text, className }: { readonly text: string; readonly className: string }) {
  if (text === '') return <Absent />;
  return <span className={`truncate ${className}`}>{text}</span>;
}

function Absent() {
  return <span className="text-text3">–</span>;
}
