// One protocol: its totals at the head, how its calls are put together, and the table.

import type { CallsAnswer } from '../../engine/protocol.ts';
import { navigate, useView } from '../../view-state/index.ts';
import { formatExact, formatRate, Segmented } from '../../widgets/index.ts';
import { CallTable } from './call-table.tsx';
import type { ProtocolView } from './protocols/protocol-view.ts';
import { TONE } from './protocols/tone.ts';
import { callCount, spanSeconds } from './words.ts';

export type ProtocolSectionProps = { readonly view: ProtocolView; readonly answer: CallsAnswer };

export function ProtocolSection({ view, answer }: ProtocolSectionProps) {
  const { callsBy, callsOnly } = useView();
  const { total, groups, distinct, spanNs, times } = answer;
  const seconds = spanSeconds(spanNs);
  const calls = callCount(total);
  return (
    <section aria-label={view.title} className="border-b border-line pb-3">
      <header className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-3.5 py-1">
        <h3 className="text-body font-semibold @max-4xl:flex-1">{view.title}</h3>
        <dl className="flex min-w-0 flex-1 flex-wrap gap-x-4 text-note @max-4xl:order-last @max-4xl:basis-full">
          <Figure label={view.calls} value={formatExact(calls)} look={TONE.plain} />
          <Figure label="rate" value={`${formatRate(calls / seconds)}/s`} look={TONE.plain} />
          {view.stats(total).map(({ label, value, tone }) => (
            <Figure key={label} label={label} value={value} look={TONE[tone]} />
          ))}
        </dl>
        <Segmented
          small
          label={`${view.title} calls`}
          value={callsBy}
          segments={[
            { value: 'call', label: view.byCall },
            { value: 'client', label: 'By client' },
            { value: 'server', label: 'By server' },
          ]}
          onChange={(value) => navigate({ callsBy: value, callsOpen: [] })}
        />
      </header>
      {groups.length > 0 && (
        <CallTable view={view} by={callsBy} groups={groups} seconds={seconds} times={times} />
      )}
      {distinct === 0 && (
        <p className="px-3.5 text-cell text-text3">
          {callsOnly === 'slow'
            ? `No ${view.call} took longer than 100 ms.`
            : `No ${view.call} failed or was denied.`}
        </p>
      )}
      {distinct > groups.length && (
        <p className="px-3.5 pt-1.5 text-note text-text3">
          and {formatExact(distinct - groups.length)} more; a filter brings them up
        </p>
      )}
    </section>
  );
}

function Figure({
  label,
  value,
  look,
}: {
  readonly label: string;
  readonly value: string;
  readonly look: string;
}) {
  return (
    <div className="flex gap-1.5 whitespace-nowrap">
      <dt className="text-text3">{label}</dt>
      <dd className={`font-semibold ${look}`}>{value}</dd>
    </div>
  );
}
