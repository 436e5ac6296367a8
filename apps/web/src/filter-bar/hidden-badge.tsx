// How much is hidden, by what, and one click to reveal each. Nothing is hidden that is not listed here.

import { ChevronDown, EyeOff } from 'lucide-react';
import { useAnswer } from '../panes/pane.ts';
import { navigate } from '../view-state/index.ts';
import { Button, formatCount, formatExact, Popover } from '../widgets/index.ts';
import { bookEntries } from './books.ts';
import { type Exclusion, hiddenFilters, hiddenList } from './hidden.ts';
import { usePolledCounts } from './use-polled.ts';

const POLL_MS = 1000;

export type HiddenBadgeProps = {
  /** The filter in force. */
  readonly filter: string;
  readonly exclusions: readonly Exclusion[];
  /** The filter without any of them. */
  readonly withoutAll: string;
};

export function HiddenBadge({ filter, exclusions, withoutAll }: HiddenBadgeProps) {
  // The badge itself needs two counts; the rows are counted while the list is open.
  const counts = usePolledCounts(
    exclusions.length === 0 ? [] : hiddenFilters(filter, [], withoutAll),
    POLL_MS,
  );
  const total = exclusions.length === 0 ? 0 : hiddenList([], counts).total;
  return (
    <Popover
      label="Hidden flows"
      placement="bottom-end"
      className="w-105 max-w-[calc(100vw-16px)]"
      renderTrigger={(trigger) => (
        <Button {...trigger} className="h-8">
          <EyeOff size={14} aria-hidden className="text-text2" />
          <span className="max-desk:unseen">Hidden</span>{' '}
          <span className={total === 0 ? 'text-text3' : 'font-semibold'}>
            {total === undefined ? '…' : formatCount(total)}
          </span>
          <ChevronDown size={14} aria-hidden className="text-text3" />
        </Button>
      )}
    >
      {() => <HiddenRows filter={filter} exclusions={exclusions} withoutAll={withoutAll} />}
    </Popover>
  );
}

function HiddenRows({ filter, exclusions, withoutAll }: HiddenBadgeProps) {
  const counts = usePolledCounts(hiddenFilters(filter, exclusions, withoutAll), POLL_MS);
  const list = hiddenList(exclusions, counts);
  return (
    <div>
      <h2 className="border-b border-line px-3 py-2 text-cell font-semibold">
        {exclusions.length === 0
          ? 'Nothing is excluded'
          : `${list.total === undefined ? '…' : formatExact(list.total)} flows of this view are hidden`}
      </h2>
      <ul className="py-1">
        {list.rows.map((row) => (
          <li key={row.text} className="flex min-h-7 items-center gap-2 px-3 text-cell">
            <span className="min-w-0 truncate font-medium" title={row.text}>
              {row.text}
            </span>
            <span className="shrink-0 text-text3">your filter</span>
            <span className="flex-1" />
            <span className="shrink-0">{row.count === undefined ? '…' : formatExact(row.count)}</span>
            <Button
              kind="plain"
              small
              className="text-accent!"
              aria-label={`Show ${row.text}`}
              onClick={() => navigate({ filter: row.without })}
            >
              Show
            </Button>
          </li>
        ))}
        {exclusions.length === 0 && (
          <li className="px-3 py-1 text-cell text-text2">No part of the filter says not.</li>
        )}
      </ul>
      <Books filter={filter} />
    </div>
  );
}

function Books({ filter }: { readonly filter: string }) {
  const status = useAnswer({ kind: 'status', filter });
  if (status === undefined) return null;
  const { received, parts } = bookEntries(status.stats);
  return (
    <p data-testid="books" className="border-t border-line px-3 py-2 text-note text-text2">
      Received {formatExact(received)} ={' '}
      {parts.map((part) => `${part.label} ${formatExact(part.count)}`).join(' + ')}
    </p>
  );
}
