// The bars in words: what the tooltip and a screen reader say.

import { fullTimeText } from '../flow-time.ts';
import { formatClock, formatExact, formatSpan, type Zone } from '../../widgets/index.ts';
import { eventCount, type EventMark, marksIn, saidText } from './agent-marks.ts';
import type { Bars, Layer } from './bars.ts';
import { nsOf } from './domain.ts';
import type { Span } from './time-scale.ts';

export type Readout = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly total: number;
  /** Layers with something in them, the largest first. */
  readonly rows: readonly { readonly layer: Layer; readonly count: number }[];
  readonly lost: number;
  /** Length of the connection that was missing in it. */
  readonly unseenMs: number;
  /** What agents told in it. */
  readonly events: readonly EventMark[];
};

/** Things that agents said which are read out before the rest is counted. */
const SAID_ALOUD = 3;

/** What the bars of a span hold, in whole buckets. */
export function readBars(bars: Bars, { startMs, endMs }: Span, nowMs: number): Readout {
  const first = Math.max(0, Math.floor((startMs - bars.startMs) / bars.bucketMs));
  const last = Math.min(bars.buckets, Math.ceil((endMs - bars.startMs) / bars.bucketMs));
  const rows = bars.layers
    .map((layer) => ({ layer, count: sumOf(layer.counts, first, last) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const unseenMs = bars.gaps.reduce((total, { fromMs, toMs = nowMs }) => {
    return total + Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs));
  }, 0);
  return {
    fromMs: startMs,
    toMs: endMs,
    total: rows.reduce((total, { count }) => total + count, 0),
    rows,
    lost: sumOf(bars.lost, first, last),
    unseenMs,
    events: marksIn(bars.agents.marks, { startMs, endMs }),
  };
}

/** "12:04:10 to 12:04:12", with as many digits as the bars are fine. */
export function spanWords({ startMs, endMs }: Span, bucketMs: number, zone: Zone): string {
  return `${timeWords(startMs, bucketMs, zone)} to ${timeWords(endMs, bucketMs, zone)}`;
}

export function timeWords(ms: number, bucketMs: number, zone: Zone): string {
  if (bucketMs >= 3_600_000) return fullTimeText(nsOf(ms), zone).replace(/ (\d\d:\d\d):.*$/, ' $1');
  const clock = formatClock(nsOf(ms), zone);
  return bucketMs >= 1000 ? clock.slice(0, 8) : clock;
}

/** "12:04:10 to 12:04:12: 34 flows. FORWARDED 30, DROPPED 4. 3 lost." */
export function sentenceOf(readout: Readout, bucketMs: number, zone: Zone): string {
  const { fromMs, toMs, total, rows, lost, unseenMs } = readout;
  const parts = [
    `${spanWords({ startMs: fromMs, endMs: toMs }, bucketMs, zone)}: ${flowCount(total)}.`,
    ...(rows.length === 0
      ? []
      : [`${rows.map(({ layer, count }) => `${layer.name} ${formatExact(count)}`).join(', ')}.`]),
    ...(lost === 0 ? [] : [`${formatExact(lost)} lost.`]),
    ...(unseenMs === 0 ? [] : [`Not connected for ${formatSpan(unseenMs)}.`]),
    ...(readout.events.length === 0 ? [] : [`${agentWords(readout.events, SAID_ALOUD)}.`]),
  ];
  return parts.join(' ');
}

/** `4 agent events: POLICY_UPDATED (...) on 3 nodes; 1 more` */
export function agentWords(events: readonly EventMark[], most: number): string {
  const all = events.reduce((sum, { count }) => sum + count, 0);
  const said = events.flatMap((event) => event.said).slice(0, most);
  const more = all - said.reduce((sum, { count }) => sum + count, 0);
  const words = [...said.map(saidText), ...(more > 0 ? [`${formatExact(more)} more`] : [])];
  return `${eventCount(all)}: ${words.join('; ')}`;
}

export function flowCount(count: number): string {
  return count === 1 ? '1 flow' : `${formatExact(count)} flows`;
}

function sumOf(counts: ArrayLike<number>, first: number, last: number): number {
  let total = 0;
  for (let i = first; i < last; i++) total += counts[i] ?? 0;
  return total;
}
