// Which L7 protocols were seen, how long their answers took, and the classes of HTTP answers over time.

import { removeKeys } from '@finderscope/flow-query';
import type { QuantilesAnswer } from '../../../engine/protocol.ts';
import { formatExact, formatSpan } from '../../../widgets/index.ts';
import { useAnswer, useFilter, useMoment, useTimeRange } from '../../pane.ts';
import type { Axis } from '../axis.ts';
import type { Choice } from '../../../filter-bar/choice.ts';
import { ChoiceButton } from '../../../filter-bar/choice-button.tsx';
import { flowsText } from '../flows-text.ts';
import { LaneList } from '../lane-list.tsx';
import type { LaneLook } from '../lanes.ts';
import { Panel } from '../panel.tsx';
import { protocolName } from '../ports.ts';
import { useLanes } from '../use-lanes.ts';

const PROTOCOLS = ['dns', 'http', 'kafka'];
/** Neighbours differ in tone in both themes; the name stands under each. */
const INKS = ['--fs-ctl', '--fs-text2', '--fs-traced-fill'];
const ONLY_L7 = [{ field: 'protocol', is: 'one-of', values: PROTOCOLS }] as const;

const CLASS_INKS: ReadonlyMap<string, string> = new Map([
  ['2+', '--fs-forwarded-fill'],
  ['4+', '--fs-audit-fill'],
  ['5+', '--fs-dropped-fill'],
]);

function looksOf(value: string): readonly LaneLook[] {
  if (value === '') return [];
  return [
    {
      id: value,
      label: `HTTP ${value.charAt(0)}xx`,
      ink: CLASS_INKS.get(value) ?? '--fs-traced-fill',
      choice: [{ field: 'http-status', value }],
    },
  ];
}

const NONE: readonly LaneLook[] = [];

type Share = {
  readonly protocol: string;
  readonly label: string;
  readonly ink: string;
  readonly count: number;
  readonly share: number;
  readonly latency: string;
  readonly choice: Choice;
};

export function L7Panel({ axis }: { readonly axis: Axis }) {
  const { upTo } = useMoment();
  const query = {
    filter: removeKeys(useFilter(), ['protocol']),
    by: ['protocol'],
    where: ONLY_L7,
    limit: PROTOCOLS.length,
    window: { ...useTimeRange(), upTo },
  };
  const counted = useAnswer({ kind: 'top', ...query });
  const latencies = useAnswer({ kind: 'quantiles', ...query });
  const http = useLanes(axis, 'http-class', 'http-status', looksOf, NONE);
  const total = counted?.total ?? 0;
  const shares = PROTOCOLS.flatMap((protocol, place): readonly Share[] => {
    const count = counted?.groups.find(({ values }) => values[0] === protocol)?.count ?? 0;
    if (count === 0) return [];
    return [
      {
        protocol,
        label: protocolName(protocol),
        ink: INKS[place] ?? '--fs-ctl',
        count,
        share: count / total,
        latency: latencyText(latencies, protocol),
        choice: [{ field: 'protocol', value: protocol }],
      },
    ];
  });
  return (
    <Panel
      title="L7"
      note={total === 0 ? '' : flowsText(total)}
      waiting={counted === undefined || http === undefined}
      empty={
        total === 0
          ? 'No L7 flow seen. They appear where a policy has an HTTP, DNS or Kafka rule.'
          : undefined
      }
    >
      <div aria-hidden="true" className="mb-1.5 flex h-5 gap-0.5">
        {shares.map(({ protocol, ink, share }) => (
          <span
            key={protocol}
            className="min-w-0.5 rounded-token"
            style={{ flex: `${share} 0 0`, background: `var(${ink})` }}
          />
        ))}
      </div>
      <ul className="mb-2 flex flex-col">
        {shares.map(({ protocol, label, ink, count, share, latency, choice }, index) => (
          <li key={protocol} className="flex">
            <ChoiceButton
              choice={choice}
              said={`${flowsText(count)}, ${percent(share)}, ${latency}`}
              first={index === 0}
              className="flex h-6 flex-1 items-center gap-2 px-1.5 text-cell max-tablet:h-11"
            >
              <span aria-hidden className="size-2 rounded-token" style={{ background: `var(${ink})` }} />
              <span className="w-12 text-text">{label}</span>
              <span aria-hidden className="text-text">
                {formatExact(count)}
              </span>
              <span aria-hidden className="text-text2">
                {percent(share)}
              </span>
              <span aria-hidden className="flex-1 truncate text-right text-text2">
                {latency}
              </span>
            </ChoiceButton>
          </li>
        ))}
      </ul>
      {http !== undefined && http.lanes.length > 0 && (
        <LaneList title="HTTP answers" axis={http.axis} answer={http.answer} lanes={http.lanes} />
      )}
    </Panel>
  );
}

function latencyText(answer: QuantilesAnswer | undefined, protocol: string): string {
  const group = answer?.groups.find(({ values }) => values[0] === protocol);
  if (group === undefined) return 'no latency given';
  return `p50 ${latency(group.p50Ns)}, p95 ${latency(group.p95Ns)}`;
}

function latency(ns: number): string {
  return ns < 10_000_000 ? `${(ns / 1e6).toFixed(1)} ms` : formatSpan(ns / 1e6);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
