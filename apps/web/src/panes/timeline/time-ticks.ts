// Where the axis names a time, and in which words: as many ticks as fit, on round times of the zone.

import { timeTickInterval, utcTickInterval } from 'd3-time';
import { formatClock, type Zone } from '../../widgets/index.ts';
import type { Span } from './time-scale.ts';

export type Tick = { readonly ms: number; readonly text: string };

/** A label of eleven digits and the space around it. */
const TICK_ROOM_PX = 88;
const MAX_TICKS = 40;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** In order; none for a span that no calendar holds. */
export function timeTicks({ startMs, endMs }: Span, widthPx: number, zone: Zone): readonly Tick[] {
  const start = new Date(startMs);
  const end = new Date(endMs);
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime())) return [];
  const count = Math.max(1, Math.floor(widthPx / TICK_ROOM_PX));
  const interval = zone === 'utc' ? utcTickInterval(start, end, count) : timeTickInterval(start, end, count);
  if (interval === null) return [];
  const dates = interval.range(start, end).slice(0, MAX_TICKS);
  const stepMs = dates.length < 2 ? endMs - startMs : (dates[1]?.getTime() ?? 0) - (dates[0]?.getTime() ?? 0);
  return dates.map((date) => ({ ms: date.getTime(), text: tickText(date, stepMs, zone) }));
}

/** As much of the time as the step needs: "21 Nov", "12:04", "12:01:30" or "12:01:30.500". */
function tickText(date: Date, stepMs: number, zone: Zone): string {
  const clock = formatClock(BigInt(date.getTime()) * 1_000_000n, zone);
  if (clock === '00:00:00.000' && stepMs >= 60_000) return dayText(date, zone);
  if (stepMs >= 60_000) return clock.slice(0, 5);
  return stepMs >= 1000 ? clock.slice(0, 8) : clock;
}

function dayText(date: Date, zone: Zone): string {
  const [day, month] =
    zone === 'utc' ? [date.getUTCDate(), date.getUTCMonth()] : [date.getDate(), date.getMonth()];
  return `${String(day)} ${MONTHS[month] ?? ''}`;
}
