// The rail, open or closed. Where it lies and whether it is open is the shell's to say.

import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useFilter } from '../panes/pane.ts';
import { IconButton } from '../widgets/index.ts';
import { facetRows, matchingFlows } from './facet-rows.ts';
import { FacetSection } from './facet-section.tsx';
import { FACETS } from './facets.ts';
import { type CountsByFacet, useFacetCounts } from './use-facet-counts.ts';

export type RailProps = {
  readonly open: boolean;
  readonly onToggle: () => void;
};

/** 208 px wide, 40 closed; on a phone as wide as the page, and closed not there at all. */
export function Rail({ open, onToggle }: RailProps) {
  return open ? <OpenRail onClose={onToggle} /> : <ClosedRail onOpen={onToggle} />;
}

function ClosedRail({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <div className="flex w-10 shrink-0 flex-col items-center border-r border-line bg-base pt-1 max-tablet:hidden">
      <IconButton label="Show facets" shortcut="[" aria-expanded={false} onClick={onOpen}>
        <PanelLeftOpen size={16} aria-hidden />
      </IconButton>
      <span aria-hidden className="mt-2 text-cell text-text2 [writing-mode:vertical-rl]">
        Facets
      </span>
    </div>
  );
}

function OpenRail({ onClose }: { readonly onClose: () => void }) {
  const filter = useFilter();
  const counts = useFacetCounts(FACETS, filter);
  const [find, setFind] = useState<string | undefined>(undefined);
  const matching = matchingIn(counts, filter);
  return (
    <section
      aria-label="Facets"
      className="flex w-52 shrink-0 flex-col border-r border-line bg-base max-tablet:w-full max-tablet:border-r-0"
    >
      <div className="flex h-8.5 shrink-0 items-center gap-1 border-b border-line pr-1.5 pl-3 max-tablet:h-11">
        {find === undefined ? (
          <h2 className="flex-1 text-body font-semibold">Facets</h2>
        ) : (
          <FindField value={find} onChange={setFind} />
        )}
        {find === undefined && (
          <IconButton label="Search all facets" small onClick={() => setFind('')}>
            <Search size={15} aria-hidden />
          </IconButton>
        )}
        <IconButton label="Hide facets" shortcut="[" small aria-expanded onClick={onClose}>
          <PanelLeftClose size={15} aria-hidden />
        </IconButton>
      </div>
      <div
        role="toolbar"
        aria-label="Values"
        aria-orientation="vertical"
        tabIndex={-1}
        onKeyDown={moveFocus}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain"
      >
        {counts !== undefined &&
          FACETS.map((facet) => {
            const counted = counts.get(facet.id);
            return (
              counted && (
                <FacetSection
                  key={facet.id}
                  facet={facet}
                  counts={counted}
                  filter={filter}
                  matching={matching}
                  find={find?.trim() ?? ''}
                />
              )
            );
          })}
      </div>
    </section>
  );
}

function matchingIn(counts: CountsByFacet | undefined, filter: string): number {
  const verdict = FACETS.find(({ id }) => id === 'verdict');
  const counted = verdict && counts?.get(verdict.id);
  return verdict === undefined || counted === undefined
    ? 0
    : matchingFlows(facetRows(verdict, counted, filter).rows);
}

function FindField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
}) {
  return (
    <input
      // eslint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was pressed
      autoFocus
      type="search"
      aria-label="Search all facets"
      placeholder="Search all facets"
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
      className="-ml-1.5 h-6.5 min-w-0 flex-1 rounded-button border border-ctl bg-canvas px-1.5 text-cell text-text placeholder:text-text3"
    />
  );
}

/** Up, down, Home and End go through heads and rows; left and right close and open a section by its head. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-facet-item]')];
  const at = items.findIndex((item) => item === document.activeElement);
  const expanded = items[at]?.getAttribute('aria-expanded') ?? null;
  if (
    (event.key === 'ArrowLeft' && expanded === 'true') ||
    (event.key === 'ArrowRight' && expanded === 'false')
  ) {
    event.preventDefault();
    items[at]?.click();
    return;
  }
  const to = targetOf(event.key, at, items);
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  to.focus();
}

function targetOf(key: string, at: number, items: readonly HTMLElement[]): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[at + 1];
    case 'ArrowUp':
      return items[at - 1];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return undefined;
  }
}
