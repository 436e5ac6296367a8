import { enumNumber } from '@finderscope/flow-query';
import { VerdictSchema } from '@finderscope/hubble-api';
import { Minus, Plus } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import { valueFilterText } from '../filter-bar/value-filter.ts';
import { currentView, navigate } from '../view-state/index.ts';
import {
  cutWidth,
  formatExact,
  losesMiddle,
  NAME_TAIL,
  VERDICT_FILL,
  VerdictGlyph,
  verdictKind,
  widthsIn,
} from '../widgets/index.ts';
import { toggleValue } from '../filter-bar/toggle-value.ts';
import type { FacetRow } from './facet-rows.ts';
import type { FacetDef } from './facets.ts';

export type FacetRowProps = {
  readonly facet: FacetDef;
  readonly row: FacetRow;
  /** Of the longest bar, 0 to 1. */
  readonly share: number;
  /** Reached by Tab; the other rows by arrow keys from there. */
  readonly first: boolean;
  readonly widthPx: number;
  /** Of the widths of letters: another one, and the name is cut anew. */
  readonly fonts: number;
};

/** Beside name and count: what keeps them from each other and from the ends of the row. */
const PADDING_PX = 18;

/** The same for every row: React need not look at them again. */
const PLUS = <Plus size={12} aria-hidden />;
const MINUS = <Minus size={12} aria-hidden />;

/** 24 px: bar behind, glyph, name, count; + and − under the pointer. On a phone 44 px. */
export const FacetRowView = memo(function FacetRowView({ facet, row, share, first, widthPx }: FacetRowProps) {
  const { label } = row;
  const excluded = row.state === 'excluded';
  const kind = facet.look === 'verdict' ? kindOf(row.value) : undefined;
  const pale = row.count === 0 && row.state === 'none';
  // What is excluded stands on a bar, where the palest ink cannot be read.
  const ink = pale ? 'text-text3' : excluded ? 'text-text2' : 'text-text';
  // A name without room loses its middle: DROP_REASON_UNKNOWN, and the pods of one workload.
  const tailFrom = losesMiddle(label) ? label.length - NAME_TAIL : label.length;
  const edit = (how: 'include' | 'exclude'): void =>
    navigate({
      filter: toggleValue(currentView().filter, { field: facet.field, value: row.value }, how),
    });
  const body = (
    <>
      {kind !== undefined && <VerdictGlyph kind={kind} />}
      <span
        className={`flex min-w-0 flex-1 text-left whitespace-nowrap ${ink} ${excluded ? 'line-through' : ''} ${row.state === 'included' ? 'font-medium' : ''}`}
      >
        <span
          className="truncate"
          style={{
            maxWidth: tailFrom < label.length ? headWidth(label, tailFrom, row.count, widthPx) : undefined,
          }}
        >
          {label.slice(0, tailFrom)}
        </span>
        {tailFrom < label.length && <span className="shrink-0">{label.slice(tailFrom)}</span>}
      </span>
    </>
  );
  const count = (
    <span
      className={`shrink-0 pl-1.5 max-tablet:inline-block max-tablet:min-w-14 max-tablet:text-right ${pale ? 'text-text3' : 'text-text2'}`}
    >
      {formatExact(row.count)}
    </span>
  );
  return (
    <li
      {...(row.filterable
        ? { 'data-filter': valueFilterText({ field: facet.field, value: row.value }) }
        : {})}
      className={`group relative flex h-6 items-center rounded-token pr-2 text-cell contain-layout contain-size max-tablet:h-11 ${
        row.state === 'included' ? 'bg-tint-selected' : 'hover:bg-hover'
      }`}
      title={row.value}
    >
      <span
        aria-hidden
        className="absolute inset-y-0.5 left-0 rounded-token"
        style={{
          // Laid out within the row, which contains it; a clip or transform of its own costs each frame more.
          width: `max(${share * 100}%, 2px)`,
          background: barColour(facet, kind, row.state),
          opacity: row.count > 0 ? 1 : 0,
        }}
      />
      {row.filterable ? (
        <>
          <button
            type="button"
            data-facet-item=""
            tabIndex={first ? 0 : -1}
            aria-pressed={row.state === 'included'}
            aria-label={`${label}, ${formatExact(row.count)} flows${excluded ? ', excluded' : ''}`}
            onClick={(event: MouseEvent) => edit(event.altKey ? 'exclude' : 'include')}
            className="focus-inside relative flex h-full min-w-0 flex-1 items-center gap-1.5 rounded-token pl-1"
          >
            {body}
          </button>
          <span className="relative flex w-0 shrink-0 overflow-hidden group-focus-within:w-10 group-hover:w-10 max-tablet:w-22">
            <RowTool label={`Only ${label}`} onClick={() => edit('include')}>
              {PLUS}
            </RowTool>
            <RowTool label={`Not ${label}`} onClick={() => edit('exclude')}>
              {MINUS}
            </RowTool>
          </span>
        </>
      ) : (
        <span className="relative flex h-full min-w-0 flex-1 items-center gap-1.5 pl-1">{body}</span>
      )}
      <span className="relative" aria-hidden={row.filterable}>
        {count}
      </span>
    </li>
  );
}, sameRow);

/** Each answer brings new objects for the same values. */
function sameRow(a: FacetRowProps, b: FacetRowProps): boolean {
  return (
    a.facet === b.facet &&
    a.row.value === b.row.value &&
    a.row.count === b.row.count &&
    a.row.state === b.row.state &&
    a.row.filterable === b.row.filterable &&
    a.row.label === b.row.label &&
    a.share === b.share &&
    a.widthPx === b.widthPx &&
    a.fonts === b.fonts &&
    a.first === b.first
  );
}

/** undefined when nothing is cut. */
function headWidth(label: string, tailFrom: number, count: number, widthPx: number): number | undefined {
  const widthOf = widthsIn('text-cell');
  const roomPx = widthPx - PADDING_PX - widthOf(formatExact(count)) - widthOf(label.slice(tailFrom));
  return cutWidth(label.slice(0, tailFrom), roomPx, widthOf);
}

/** For the pointer; the keyboard has f and x, and Alt with Enter. */
function RowTool({
  label,
  onClick,
  children,
}: {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      onClick={onClick}
      className="flex h-5 w-5 items-center justify-center rounded-token text-text2 hover:bg-token hover:text-text max-tablet:size-11"
    >
      {children}
    </button>
  );
}

function kindOf(verdict: string) {
  return verdictKind(enumNumber(VerdictSchema, verdict) ?? -1);
}

function barColour(
  facet: FacetDef,
  kind: ReturnType<typeof kindOf> | undefined,
  state: FacetRow['state'],
): string {
  const own =
    kind !== undefined ? VERDICT_FILL[kind] : facet.look === 'drop' ? VERDICT_FILL.dropped : undefined;
  if (state === 'excluded' || (own === undefined && state === 'none')) return 'var(--fs-line)';
  return `color-mix(in srgb, var(${own ?? '--fs-accent'}) 25%, transparent)`;
}
