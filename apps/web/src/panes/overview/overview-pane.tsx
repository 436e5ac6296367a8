// The overview: one head, and panels side by side as the width allows.

import { barWords } from '../bar-width.ts';
import { useFilter, useTimeRange } from '../pane.ts';
import { FillButton } from '../fill-button.tsx';
import { useLate } from '../use-late.ts';
import { formatExact } from '../../widgets/index.ts';
import type { Axis } from './axis.ts';
import { flowsText } from './flows-text.ts';
import { lostOn } from './lanes.ts';
import { DeniedPairsPanel } from './panels/denied-pairs.tsx';
import { DnsErrorsPanel } from './panels/dns-errors.tsx';
import { DropReasonsPanel } from './panels/drop-reasons.tsx';
import { FlowTypesPanel } from './panels/flow-types.tsx';
import { L7Panel } from './panels/l7.tsx';
import { PortsPanel } from './panels/ports.tsx';
import { TalkersPanel } from './panels/talkers.tsx';
import { TcpFlagsPanel } from './panels/tcp-flags.tsx';
import { VerdictsPanel } from './panels/verdicts.tsx';
import { useAxis } from './use-axis.ts';
import { useOnAxis } from './use-on-axis.ts';

export function OverviewPane() {
  const axis = useAxis();
  return (
    <section aria-label="Overview" className="@container flex h-full min-h-0 min-w-0 flex-col bg-base">
      <header className="flex h-8.5 shrink-0 items-center gap-2 border-b border-line pr-2 pl-3.5 max-tablet:h-13">
        <h2 className="text-body font-semibold">Overview</h2>
        {axis !== undefined && axis !== null && <Counted axis={axis} />}
        <span className="flex-1" />
        <FillButton />
      </header>
      <div
        className="min-h-0 flex-1 overflow-y-auto"
        data-testid="overview-panels"
        data-shortcut-target="list"
        tabIndex={-1}
      >
        {axis === null ? (
          <Waiting />
        ) : axis === undefined ? (
          <p className="px-3.5 py-3 text-cell text-text2">
            <span className="font-semibold text-text">No flow has come yet.</span> The panels fill as flows
            arrive.
          </p>
        ) : (
          <div className="grid grid-cols-1 gap-px bg-line @3xl:grid-cols-2 @6xl:grid-cols-3">
            <VerdictsPanel axis={axis} />
            <FlowTypesPanel axis={axis} />
            <TcpFlagsPanel axis={axis} />
            <DropReasonsPanel axis={axis} />
            <DeniedPairsPanel />
            <DnsErrorsPanel />
            <TalkersPanel />
            <PortsPanel />
            <L7Panel axis={axis} />
          </div>
        )}
      </div>
    </section>
  );
}

function Waiting() {
  const late = useLate(true);
  return late ? <p className="px-3.5 py-3 text-cell text-text3">Reading what is held…</p> : null;
}

/** How many flows the panels speak of, and what of this time never came. */
function Counted({ axis }: { readonly axis: Axis }) {
  const shown = useOnAxis(axis, useTimeRange(), useFilter(), 'verdict');
  if (shown === undefined) return null;
  const { answer } = shown;
  const flows = answer.series.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0);
  const lost = lostOn(shown.axis, answer);
  const away = answer.gaps.some(({ refilled }) => refilled !== true);
  return (
    <p className="min-w-0 truncate text-note text-text3">
      {flowsText(flows)}
      {lost > 0 && <span className="text-audit">, {formatExact(lost)} lost on the way</span>}
      {away && ', hatched: not connected'}, 1 bar = {barWords(Number(shown.axis.bucketNs / 1_000_000n))}
    </p>
  );
}
