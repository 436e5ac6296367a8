// One facet: head, rows, and the search for values that have no row.

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { changeSettings, useSettings } from '../settings/index.ts';
import { formatCount, useWidth, useWidthsEpoch } from '../widgets/index.ts';
import { type FacetCounts, type FacetRow, facetRows, shownRows } from './facet-rows.ts';
import { FacetRowView } from './facet-row.tsx';
import type { FacetDef } from './facets.ts';
import { steadyOrder } from '../panes/steady-order.ts';
import { useFoundValues } from './use-facet-counts.ts';

export type FacetSectionProps = {
  readonly facet: FacetDef;
  readonly counts: FacetCounts;
  /** The filter in force. */
  readonly filter: string;
  /** Flows that match the filter: what a bar of full width stands for, unless a facet's alternatives are more. */
  readonly matching: number;
  /** What is looked for in all facets; '' for nothing. */
  readonly find: string;
};

const DOWN = <ChevronDown size={14} aria-hidden />;
const RIGHT = <ChevronRight size={14} aria-hidden />;

/** Nothing at all while no flow has a value of this field and the filter names none. */
export function FacetSection({ facet, counts, filter, matching, find }: FacetSectionProps) {
  const { facets } = useSettings();
  const [search, setSearch] = useState<string | undefined>(undefined);
  const typed = find === '' ? search : find;
  const found = useFoundValues(facet, filter, typed);
  const all = facetRows(facet, counts, filter);
  const ordered = useSteadyRows(all.rows);
  if (all.distinct === 0) return null;
  const open = find !== '' || (facets[facet.id] ?? (facet.open ? 'open' : 'closed')) === 'open';
  const searched = typed === undefined ? undefined : found && searchRows(facet, found, filter, typed);
  if (find !== '' && searched !== undefined && searched.length === 0) return null;
  const rows = searched ?? shownRows({ rows: ordered, distinct: all.distinct });
  const more = all.distinct - rows.length;
  const headId = `facet-${facet.id}`;
  return (
    <section
      aria-labelledby={headId}
      className={`border-t border-line first:border-t-0 ${open ? 'pb-1.5' : ''}`}
    >
      <h3 id={headId}>
        <button
          type="button"
          data-facet-item=""
          aria-expanded={open}
          title={facet.about}
          onClick={() => changeSettings({ facets: { ...facets, [facet.id]: open ? 'closed' : 'open' } })}
          className="focus-inside flex h-7.5 w-full items-center gap-2 px-3 text-cell font-semibold text-text2 hover:text-text max-tablet:h-11"
        >
          {open ? DOWN : RIGHT}
          <span className="flex-1 text-left">{facet.title}</span>
          {(!open || more > 0) && (
            <span className="font-normal text-text3" title={`${all.distinct} values`}>
              {formatCount(all.distinct)}
            </span>
          )}
        </button>
      </h3>
      {open && (
        <>
          {search !== undefined && find === '' && (
            <SearchField title={facet.title} value={search} onChange={setSearch} />
          )}
          <FacetList facet={facet} rows={rows} matching={matching} />
          {search !== undefined && searched?.length === 0 && (
            <p className="px-3 py-0.5 text-note text-text3">No value holds that.</p>
          )}
          {search === undefined && find === '' && more > 0 && (
            <button
              type="button"
              data-facet-item=""
              onClick={() => setSearch('')}
              className="focus-inside block h-6 w-full px-3 text-left text-cell text-accent hover:underline max-tablet:h-11"
            >
              Search {formatCount(more)} more
            </button>
          )}
        </>
      )}
    </section>
  );
}

/** A bar is some 180 px long, and moves by whole ones. */
const BAR_STEPS = 200;
/** Left and right of the rows. */
const PADDING_PX = 16;

function FacetList({
  facet,
  rows,
  matching,
}: {
  readonly facet: FacetDef;
  readonly rows: readonly FacetRow[];
  readonly matching: number;
}) {
  const most = Math.max(1, matching, ...rows.map(({ count }) => count));
  const [measure, widthPx] = useWidth();
  const fonts = useWidthsEpoch();
  return (
    <ul ref={measure} className={`px-2 ${rows.length > 20 ? 'max-h-80 overflow-y-auto' : ''}`}>
      {rows.map((row, index) => (
        <FacetRowView
          key={row.value}
          facet={facet}
          row={row}
          share={Math.round((BAR_STEPS * row.count) / most) / BAR_STEPS}
          first={index === 0}
          widthPx={widthPx - PADDING_PX}
          fonts={fonts}
        />
      ))}
    </ul>
  );
}

function SearchField({
  title,
  value,
  onChange,
}: {
  readonly title: string;
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
}) {
  return (
    <div className="px-2 pb-1">
      <input
        // eslint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was pressed
        autoFocus
        type="search"
        aria-label={`Search ${title}`}
        placeholder="Search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onChange(undefined);
        }}
        onBlur={() => {
          if (value === '') onChange(undefined);
        }}
        className="h-7 w-full rounded-button border border-ctl bg-canvas px-2 text-cell text-text placeholder:text-text3 max-tablet:h-11"
      />
    </div>
  );
}

/** What the engine found, and of what only the filter names that which reads as typed. */
function searchRows(facet: FacetDef, found: FacetCounts, filter: string, typed: string): readonly FacetRow[] {
  const wanted = typed.trim().toLowerCase();
  return facetRows(facet, found, filter).rows.filter(
    ({ value, label }) => value.toLowerCase().includes(wanted) || label.toLowerCase().includes(wanted),
  );
}

/** Rows that do not change places with every count. */
function useSteadyRows(rows: readonly FacetRow[]): readonly FacetRow[] {
  const [held, setHeld] = useState<{ readonly from: string; readonly order: readonly string[] }>({
    from: '',
    order: [],
  });
  const fixed = rows.filter((row) => row.fixed);
  const ordered = steadyOrder(
    rows.filter((row) => !row.fixed),
    held.order,
  );
  const order = ordered.map(({ value }) => value);
  const from = order.join('\n');
  if (from !== held.from) setHeld({ from, order });
  return [...fixed, ...ordered];
}
