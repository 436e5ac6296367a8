// The chart as a table of a few rows, for a screen reader.

import { memo } from 'react';
import type { Zone } from '../../widgets/index.ts';
import { formatExact, formatSpan } from '../../widgets/index.ts';
import type { Bars } from './bars.ts';
import { useSettled } from '../settle.ts';
import { ceilTo, floorTo } from './brush.ts';
import type { Span } from './time-scale.ts';
import { agentWords, readBars, spanWords } from './words.ts';

const ROWS = 12;
/** Things that agents said which a row writes out. */
const SAID_A_ROW = 12;
const READING_MS = 2000;

export type BucketTableProps = {
  readonly bars: Bars;
  readonly span: Span;
  readonly nowMs: number;
  readonly title: string;
  readonly zone: Zone;
};

/** Read aloud, so it changes at the pace of reading and not with every count. */
export function BucketTable(props: BucketTableProps) {
  return <SettledTable {...useSettled(props, READING_MS)} />;
}

const SettledTable = memo(function SettledTable({ bars, span, nowMs, title, zone }: BucketTableProps) {
  const { bucketMs, layers, gaps, agents } = bars;
  const stepMs = ceilTo((span.endMs - span.startMs) / ROWS, bucketMs);
  const starts: number[] = [];
  for (let ms = floorTo(span.startMs, stepMs); ms < span.endMs; ms += stepMs) starts.push(ms);
  return (
    <div className="unseen">
      <table>
        <caption>Flows by {title} over time</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {layers.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">Lost</th>
            {gaps.length > 0 && <th scope="col">Not connected</th>}
            {agents.marks.length > 0 && <th scope="col">Told by agents</th>}
          </tr>
        </thead>
        <tbody>
          {starts.map((startMs) => {
            const part = { startMs, endMs: startMs + stepMs };
            const readout = readBars(bars, part, nowMs);
            return (
              <tr key={startMs}>
                <th scope="row">{spanWords(part, bucketMs, zone)}</th>
                {layers.map((layer) => (
                  <td key={layer.name}>
                    {formatExact(readout.rows.find((row) => row.layer === layer)?.count ?? 0)}
                  </td>
                ))}
                <td>{formatExact(readout.lost)}</td>
                {gaps.length > 0 && <td>{readout.unseenMs === 0 ? '' : formatSpan(readout.unseenMs)}</td>}
                {agents.marks.length > 0 && (
                  <td>{readout.events.length === 0 ? '' : agentWords(readout.events, SAID_A_ROW)}</td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {agents.unshown !== '' && <p>Agent events that are not shown: {agents.unshown}.</p>}
    </div>
  );
});
