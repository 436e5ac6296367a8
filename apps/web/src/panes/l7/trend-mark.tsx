// Calls over time as a line, from nothing at its foot to the most of this row at its top. Open where nobody looked.

import { line } from 'd3-shape';
import type { TrendTimes } from '../../engine/protocol.ts';
import { trendText } from './trend-words.ts';

const WIDTH_PX = 88;
const HEIGHT_PX = 16;

export type TrendMarkProps = {
  readonly counts: Uint32Array;
  readonly times: TrendTimes;
  readonly call: string;
  readonly calls: string;
};

export function TrendMark({ counts, times, call, calls }: TrendMarkProps) {
  const text = trendText(counts, times, { call, calls });
  return (
    <svg
      role="img"
      aria-label={text}
      width={WIDTH_PX}
      height={HEIGHT_PX}
      className="block text-text2"
      fill="none"
    >
      <title>{text}</title>
      <path d={`M0 ${HEIGHT_PX - 0.5}H${WIDTH_PX}`} stroke="var(--fs-line)" />
      <path d={trendPath(counts, times)} stroke="currentColor" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}

/** A bucket stands at its middle. One alone between two that nobody saw is a dot. */
export function trendPath(counts: Uint32Array, { buckets, unseen }: TrendTimes): string {
  const most = Math.max(1, ...counts);
  const draw = line<number>()
    .defined((_, i) => !unseen.includes(i))
    .x((_, i) => ((i + 0.5) / buckets) * WIDTH_PX)
    .y((count) => HEIGHT_PX - 1 - (count / most) * (HEIGHT_PX - 2))
    .digits(1);
  return draw([...counts]) ?? '';
}
