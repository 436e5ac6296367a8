// The L7 pane: one section for each protocol that was spoken, or why there is none.

import type { CallsAnswer } from '../../engine/protocol.ts';
import { useSettings } from '../../settings/index.ts';
import { navigate, useView } from '../../view-state/index.ts';
import { formatExact, Segmented } from '../../widgets/index.ts';
import { FillButton } from '../fill-button.tsx';
import { useAnswer, useFilter, useMoment, useTimeRange } from '../pane.ts';
import { useLate } from '../use-late.ts';
import { NoL7 } from './no-l7.tsx';
import { PathSettings, TraceSettings } from './path-settings.tsx';
import { ProtocolSection } from './protocol-section.tsx';
import { PROTOCOL_VIEWS } from './protocols/index.ts';
import type { ProtocolView } from './protocols/protocol-view.ts';
import { callCount } from './words.ts';

/** Groups of a protocol; more would not be read. */
const SHOWN = 50;

export function L7Pane() {
  const { callsOnly } = useView();
  const answers = useCalls();
  const waiting = answers.some(({ answer }) => answer === undefined);
  const late = useLate(waiting);
  const spoken = answers.flatMap(({ view, answer }) =>
    answer === undefined || callCount(answer.total) === 0 ? [] : [{ view, answer }],
  );
  const calls = spoken.reduce((sum, { answer }) => sum + callCount(answer.total), 0);
  return (
    <section aria-label="L7" className="@container flex h-full min-h-0 min-w-0 flex-col bg-base">
      <header className="flex h-8.5 shrink-0 items-center gap-1 border-b border-line pr-2 pl-3.5 max-tablet:h-13">
        <h2 className="text-body font-semibold">L7</h2>
        <span className="ml-1.5 text-note whitespace-nowrap text-text3" data-testid="call-count">
          {waiting ? '' : `${formatExact(calls)} ${calls === 1 ? 'call' : 'calls'}`}
        </span>
        <span className="flex-1" />
        <Segmented
          small
          label="Calls shown"
          value={callsOnly}
          segments={[
            { value: 'all', label: 'All' },
            { value: 'errors', label: 'Errors', name: 'Only errors' },
            { value: 'slow', label: 'Slow', name: 'Only slow' },
          ]}
          onChange={(value) => navigate({ callsOnly: value })}
        />
        <PathSettings />
        <TraceSettings />
        <FillButton />
      </header>
      <div
        className="min-h-0 flex-1 overflow-y-auto"
        data-testid="l7-sections"
        data-shortcut-target="list"
        tabIndex={-1}
      >
        {waiting && late && <p className="px-3.5 py-3 text-cell text-text3">Reading what is held…</p>}
        {spoken.map(({ view, answer }) => (
          <ProtocolSection key={view.kind} view={view} answer={answer} />
        ))}
        {!waiting && spoken.length === 0 && <NoL7 />}
      </div>
    </section>
  );
}

type Asked = { readonly view: ProtocolView; readonly answer: CallsAnswer | undefined };

function useCalls(): readonly Asked[] {
  const { callsBy, callsOnly } = useView();
  const { pathRules } = useSettings();
  const { upTo } = useMoment();
  const filter = useFilter();
  const range = useTimeRange();
  const ask = (view: ProtocolView): Asked => ({
    view,
    // Always the same protocols in the same order.
    // eslint-disable-next-line react-hooks/rules-of-hooks
    answer: useAnswer({
      kind: 'calls',
      filter,
      protocol: view.kind,
      by: callsBy,
      rules: pathRules,
      only: callsOnly,
      limit: SHOWN,
      window: { ...range, upTo },
    }),
  });
  return PROTOCOL_VIEWS.map(ask);
}
