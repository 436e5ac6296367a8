// What became of the flow, when, which of the drops it is, and the way to the next one.

import { dropReasonText } from '@finderscope/flow-query';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Engine, FlowRow } from '../../engine/protocol.ts';
import { navigate } from '../../view-state/index.ts';
import {
  formatExact,
  IconButton,
  VERDICT_INK,
  VerdictGlyph,
  verdictKind,
  type Zone,
} from '../../widgets/index.ts';
import { clockText, fullTimeText } from '../flow-time.ts';
import { useEngine, useFilter, useMoment, useStepDrop, useTimeRange } from '../pane.ts';
import { panelTitle } from './panel-title.ts';

export type PanelHeadProps = {
  readonly row: FlowRow;
  /** Not held: it has no place among the drops. */
  readonly fromLink: boolean;
  readonly zone: Zone;
};

export function PanelHead({ row, fromLink, zone }: PanelHeadProps) {
  const engine = useEngine();
  const filter = useFilter();
  const place = useDropPlace(engine, filter, row, fromLink);
  const kind = verdictKind(row.verdict);
  const calm = kind !== 'dropped' && kind !== 'audit' && kind !== 'error';
  const step = useStepDrop();
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4 max-tablet:hidden">
      <VerdictGlyph kind={kind} sizePx={14} />
      <h2 className={`truncate text-why font-semibold ${calm ? 'text-text' : VERDICT_INK[kind]}`}>
        {panelTitle(row, dropReasonText)}
      </h2>
      <time
        className="font-mono text-mono whitespace-nowrap text-text2"
        title={fullTimeText(row.timeNs, zone)}
      >
        {clockText(row.timeNs, zone)}
      </time>
      <span className="flex-1" />
      {place !== undefined && (
        <span
          className="text-note whitespace-nowrap text-text3 max-desk:hidden"
          title={`Drop ${formatExact(place.index)} of ${formatExact(place.count)} that match`}
        >
          {formatExact(place.index)} of {formatExact(place.count)}
        </span>
      )}
      <span className="flex shrink-0">
        <IconButton label="Previous drop" shortcut="p" small onClick={() => step(true)}>
          <ChevronUp size={15} aria-hidden />
        </IconButton>
        <IconButton label="Next drop" shortcut="n" small onClick={() => step(false)}>
          <ChevronDown size={15} aria-hidden />
        </IconButton>
        <IconButton label="Close" shortcut="Esc" small onClick={() => navigate({ detail: false })}>
          <X size={15} aria-hidden />
        </IconButton>
      </span>
    </header>
  );
}

/** Which of how many drops this row is; undefined for rows that are none. */
function useDropPlace(
  engine: Engine,
  filter: string,
  row: FlowRow,
  fromLink: boolean,
): { readonly index: number; readonly count: number } | undefined {
  const [place, setPlace] = useState<
    { readonly id: number; readonly index: number; readonly count: number } | undefined
  >(undefined);
  const isDrop = verdictKind(row.verdict) === 'dropped' && !fromLink;
  const { sinceNs, untilNs } = useTimeRange();
  const { upTo } = useMoment();
  useEffect(() => {
    if (!isDrop) return undefined;
    let wanted = true;
    // Its place is one after that of the drop before it.
    void engine
      .ask({
        kind: 'seek',
        filter,
        from: row.id,
        backwards: true,
        want: { drop: true },
        window: { sinceNs, untilNs, upTo },
      })
      .then((before) => {
        if (wanted)
          setPlace({
            id: row.id,
            index: before.row === undefined ? 1 : before.index + 1,
            count: before.count,
          });
      });
    return () => {
      wanted = false;
    };
  }, [engine, filter, row.id, isDrop, sinceNs, untilNs, upTo]);
  return place?.id === row.id && isDrop && place.index <= place.count ? place : undefined;
}
