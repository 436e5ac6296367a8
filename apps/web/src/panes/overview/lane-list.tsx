// Small multiples: one lane per value over the same time, each on its own scale, which its peak tells. As a table for a
// screen reader.

import type { HistogramAnswer } from '../../engine/protocol.ts';
import { useView } from '../../view-state/index.ts';
import {
  formatClock,
  formatCount,
  formatExact,
  formatRate,
  VerdictGlyph,
  type Zone,
} from '../../widgets/index.ts';
import type { Axis } from './axis.ts';
import { ChoiceButton } from '../../filter-bar/choice-button.tsx';
import { flowsText } from './flows-text.ts';
import { lanePath } from './lane-path.ts';
import { gapsOn, type Lane } from './lanes.ts';

const HEIGHT_PX = 22;
const TABLE_ROWS = 8;

export type LaneListProps = {
  readonly title: string;
  readonly axis: Axis;
  readonly answer: HistogramAnswer;
  readonly lanes: readonly Lane[];
  /** The labels are long. */
  readonly wide?: boolean;
};

export function LaneList({ title, axis, answer, lanes, wide = false }: LaneListProps) {
  const { zone } = useView();
  const gaps = gapsOn(axis, answer);
  const endNs = axis.fromNs + axis.bucketNs * BigInt(axis.buckets);
  return (
    <>
      <ul className="flex flex-col gap-0.5">
        {lanes.map((lane, index) => (
          <li key={lane.id}>
            <ChoiceButton
              choice={lane.choice}
              said={`${flowsText(lane.total)}, at most ${formatRate(lane.peakPerS)} a second`}
              first={index === 0}
              className="flex h-8 w-full items-center gap-2 px-1.5 text-cell max-tablet:h-11"
            >
              <span className={`flex ${wide ? 'w-44' : 'w-34'} shrink-0 items-center gap-1.5`}>
                {lane.glyph !== undefined && <VerdictGlyph kind={lane.glyph} />}
                <span className={`truncate ${lane.total === 0 ? 'text-text3' : 'text-text'}`}>
                  {lane.label}
                </span>
              </span>
              <span className="relative h-5.5 min-w-0 flex-1 border-b border-line">
                {gaps.map(({ from, to }) => (
                  <span
                    key={from}
                    className="hatched absolute inset-y-0"
                    style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
                  />
                ))}
                <svg
                  aria-hidden="true"
                  viewBox={`0 0 ${axis.buckets} ${HEIGHT_PX}`}
                  preserveAspectRatio="none"
                  className="absolute inset-0 size-full"
                >
                  <path d={lanePath(lane.counts, HEIGHT_PX)} fill={`var(${lane.ink})`} />
                </svg>
              </span>
              <span aria-hidden className="flex w-17 shrink-0 flex-col text-right">
                <span className={`leading-4 ${lane.total === 0 ? 'text-text3' : 'text-text'}`}>
                  {formatCount(lane.total)}
                </span>
                <span className="text-head leading-3.5 text-text3">
                  {lane.total === 0 ? '' : `≤ ${formatRate(lane.peakPerS)}/s`}
                </span>
              </span>
            </ChoiceButton>
          </li>
        ))}
      </ul>
      <p className={`mt-1 flex justify-between pr-19 text-axis text-text3 ${wide ? 'pl-47' : 'pl-37'}`}>
        <span>{timeText(axis.fromNs, zone)}</span>
        <span>{timeText(endNs, zone)}</span>
      </p>
      <LaneTable title={title} axis={axis} lanes={lanes} zone={zone} />
    </>
  );
}

function timeText(ns: bigint, zone: Zone): string {
  return formatClock(ns, zone).slice(0, 8);
}

function LaneTable({
  title,
  axis,
  lanes,
  zone,
}: {
  readonly title: string;
  readonly axis: Axis;
  readonly lanes: readonly Lane[];
  readonly zone: Zone;
}) {
  const step = Math.max(1, Math.ceil(axis.buckets / TABLE_ROWS));
  const starts = Array.from({ length: Math.ceil(axis.buckets / step) }, (_, i) => i * step);
  return (
    <div className="unseen">
      <table>
        <caption>{title} over time</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            {lanes.map(({ id, label }) => (
              <th key={id} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {starts.map((start) => (
            <tr key={start}>
              <th scope="row">{timeText(axis.fromNs + axis.bucketNs * BigInt(start), zone)}</th>
              {lanes.map(({ id, counts }) => (
                <td key={id}>
                  {formatExact(counts.subarray(start, start + step).reduce((sum, count) => sum + count, 0))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
