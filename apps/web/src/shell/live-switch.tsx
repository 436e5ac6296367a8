import { Pause, Play } from 'lucide-react';
import { useAnswer, useFilter, useMoment } from '../panes/pane.ts';
import { useView } from '../view-state/index.ts';
import { formatClock, formatCount, Kbd, Segmented } from '../widgets/index.ts';
import { usePageActions } from './page-actions.ts';

/** Live or paused; while paused, how many matching flows wait. */
export function LiveSwitch() {
  const { pausedAtNs, zone } = useView();
  const { handlers } = usePageActions();
  const newer = useNewer();
  const paused = pausedAtNs !== undefined;
  const live = {
    value: 'live',
    label: paused ? (
      <>
        <Play size={14} aria-hidden className="text-accent" />
        <span className="text-accent">
          {newer === undefined || newer === 0 ? 'Go live' : `${formatCount(newer)} new`}
        </span>
      </>
    ) : (
      <>
        <span aria-hidden className="size-2 rounded-full bg-accent" />
        <span className="text-accent">Live</span>
      </>
    ),
  } as const;
  const pause = {
    value: 'paused',
    label: (
      <>
        <Pause size={14} aria-hidden />
        {paused ? (
          <>
            <span className="max-tablet:unseen">Paused</span>
            <span className="font-normal text-text2 max-wide:hidden">
              {formatClock(pausedAtNs, zone).slice(0, 8)}
            </span>
          </>
        ) : (
          <>
            <span className="max-tablet:unseen">Pause</span>
            <span className="max-wide:hidden">
              <Kbd>Space</Kbd>
            </span>
          </>
        )}
      </>
    ),
  } as const;
  return (
    <Segmented
      label="Live or paused"
      value={paused ? 'paused' : 'live'}
      segments={paused ? [pause, live] : [live, pause]}
      accent={!paused}
      onChange={(value) => {
        if ((value === 'paused') !== paused) handlers['toggle-pause']();
      }}
    />
  );
}

/** Matching rows that came after the pause; undefined while live and on a link to a paused view. */
function useNewer(): number | undefined {
  const filter = useFilter();
  const { paused, upTo } = useMoment();
  const { pausedAtNs } = useView();
  const answer = useAnswer(
    paused && upTo !== undefined
      ? {
          kind: 'rows',
          filter,
          sinceNs: undefined,
          untilNs: pausedAtNs,
          upTo,
          sort: { key: 'time', descending: false },
          group: false,
          at: { from: 0, count: 0 },
        }
      : undefined,
  );
  return answer?.newer;
}
