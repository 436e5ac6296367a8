// The flow that travelled inside the address, above the list, as long as the source does not hold it: it is none of the
// rows that are counted.

import { Link2, X } from 'lucide-react';
import { dropHash, navigate, useView } from '../../view-state/index.ts';
import { IconButton, LongName } from '../../widgets/index.ts';
import { useLinkFlow } from '../link-flow.ts';
import { FlowArrow } from './flow-arrow.tsx';
import { TimeCell, type TimeStyle, VerdictCell } from './flow-cell.tsx';
import { arrowKind } from './row-tone.ts';

export function LinkRow({ time }: { readonly time: TimeStyle }) {
  const linked = useLinkFlow();
  const view = useView();
  if (linked.state !== 'read' || linked.held) return null;
  const { key, detail } = linked;
  const { row } = detail;
  const selected = view.flow === key;
  const putAway = (): void => {
    if (view.flow !== undefined && linked.details.has(view.flow)) {
      navigate({ flow: undefined, detail: false }, { replace: true });
    }
    dropHash();
  };
  return (
    <section
      aria-label="From the link"
      className={`flex shrink-0 items-center border-b border-line pr-2 ${selected ? 'bg-tint-selected' : 'bg-raised'}`}
    >
      <button
        type="button"
        aria-pressed={selected}
        onClick={() => navigate({ flow: key, detail: true })}
        className="focus-inside flex min-h-7 min-w-0 flex-1 items-center gap-3 overflow-hidden px-3.5 text-left text-cell hover:bg-hover max-tablet:min-h-11"
      >
        <span className="flex shrink-0 items-center gap-1.5 font-medium text-accent">
          <Link2 size={14} aria-hidden />
          From the link
        </span>
        <span className="flex shrink-0">
          <TimeCell timeNs={row.timeNs} time={time} />
        </span>
        <span className="shrink-0 max-tablet:hidden">
          <VerdictCell verdict={row.verdict} />
        </span>
        <span className="flex min-w-0 items-center gap-2 @max-3xl:hidden">
          <LongName {...row.source} />
          <FlowArrow kind={arrowKind(row)} />
          <LongName {...row.destination} />
        </span>
        <span className="truncate text-text2">{row.type}</span>
      </button>
      <IconButton label="Put the flow of the link away" small onClick={putAway}>
        <X size={14} aria-hidden />
      </IconButton>
    </section>
  );
}
