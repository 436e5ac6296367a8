// The time window in words, and from what a person types.

import { err, ok, type Result } from '@finderscope/base';
import type { TimeWindow } from '../view-state/index.ts';
import { formatClock, formatDay, formatSpan, type Zone } from '../widgets/index.ts';

const NS_PER_MS = 1_000_000n;

/** What the menu offers, in ms. */
export const WINDOW_SPANS: readonly number[] = [30_000, 60_000, 300_000, 900_000, 3_600_000];

/** `Last 5 min`, `12:06:41 to 12:07:00`, `since 12:06:41`; for all that is held how much that is. */
export function windowText(window: TimeWindow | undefined, heldMs: number | undefined, zone: Zone): string {
  if (window === undefined) return heldMs === undefined ? 'All held' : `Last ${formatSpan(heldMs)}`;
  if (window.kind === 'last') return `Last ${formatSpan(window.spanMs)}`;
  const { sinceNs, untilNs } = window;
  if (sinceNs === undefined) return untilNs === undefined ? 'All held' : `until ${clock(untilNs, zone)}`;
  if (untilNs === undefined) return `since ${clock(sinceNs, zone)}`;
  return `${clock(sinceNs, zone)} to ${clock(untilNs, zone)}`;
}

/** To the second, or to the millisecond where that is not nothing. */
function clock(ns: bigint, zone: Zone): string {
  return formatClock(ns, zone).replace(/\.000$/, '');
}

/** As `readTime` reads it: `2026-11-21 12:06:41.5`. */
export function timeText(ns: bigint, zone: Zone): string {
  return `${formatDay(ns, zone)} ${clock(ns, zone)}`;
}

const TIME = /^(?:(\d{4})-(\d\d)-(\d\d)[ T])?(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?$/;

/** An instant as a person types it, in the zone on screen; a time without a day is of the day of `nearNs`. */
export function readTime(text: string, zone: Zone, nearNs: bigint): Result<bigint, string> {
  const match = TIME.exec(text.trim());
  if (match === null) return err('Write a time as in 12:06:41 or 2026-11-21 12:06:41.');
  const [year, month, day] = formatDay(nearNs, zone).split('-').map(Number);
  const part = (at: number, fallback = 0): number => (match[at] === undefined ? fallback : Number(match[at]));
  const parts = [part(1, year), part(2, month) - 1, part(3, day), part(4), part(5), part(6)] as const;
  const ms = Number((match[7] ?? '').padEnd(3, '0'));
  const date = zone === 'utc' ? new Date(Date.UTC(...parts, ms)) : new Date(...parts, ms);
  const ns = BigInt(date.getTime()) * NS_PER_MS;
  // 25:00 and 30 February roll over; what does not come back as written is no time.
  const written = [...parts.slice(0, 1), parts[1] + 1, ...parts.slice(2)].map((value) => pad(value));
  const back = `${formatDay(ns, zone)}-${formatClock(ns, zone).slice(0, 8)}`
    .split(/[-:]/)
    .map((value) => pad(Number(value)));
  return written.join() === back.join() ? ok(ns) : err('There is no such time.');
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** Both ends as typed; an empty one is open. */
export function readWindow(
  since: string,
  until: string,
  zone: Zone,
  nearNs: bigint,
): Result<TimeWindow, string> {
  const from = readEnd(since, zone, nearNs);
  if (!from.ok) return from;
  const to = readEnd(until, zone, nearNs);
  if (!to.ok) return to;
  if (from.value === undefined && to.value === undefined) return err('Write at least one of the two.');
  if (from.value !== undefined && to.value !== undefined && from.value >= to.value)
    return err('The end has to come after the beginning.');
  return ok({ kind: 'between', sinceNs: from.value, untilNs: to.value });
}

function readEnd(text: string, zone: Zone, nearNs: bigint): Result<bigint | undefined, string> {
  return text.trim() === '' ? ok(undefined) : readTime(text, zone, nearNs);
}
