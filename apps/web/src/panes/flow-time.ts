// Times as cells show them. Fractions are cut, not rounded, as the CLI does.

import type { Nanos } from '../engine/protocol.ts';
import { formatClock, type Zone } from '../widgets/index.ts';

const NS_PER_MS = 1_000_000n;

/** "12:06:05.974"; "–" when the flow holds no time. */
export function clockText(timeNs: Nanos | undefined, zone: Zone): string {
  return timeNs === undefined || dateOf(timeNs) === undefined ? '–' : formatClock(timeNs, zone);
}

/** "21 Nov 2026 12:06:05.974123456 UTC": the whole time, for tooltips and the detail panel. */
export function fullTimeText(timeNs: Nanos | undefined, zone: Zone): string {
  const date = dateOf(timeNs);
  if (timeNs === undefined || date === undefined) return 'This flow holds no time';
  const rest = pad(Number(((timeNs % NS_PER_MS) + NS_PER_MS) % NS_PER_MS), 6);
  const day = dayText(date, zone);
  return `${day} ${clockText(timeNs, zone)}${rest} ${zone === 'utc' ? 'UTC' : 'local time'}`;
}

/** "21 Nov 12:06:05.974", for places where the day is not plain. */
export function dayClockText(timeNs: Nanos | undefined, zone: Zone): string {
  const date = dateOf(timeNs);
  if (date === undefined) return '–';
  return `${dayText(date, zone).replace(/ \d+$/, '')} ${clockText(timeNs, zone)}`;
}

/**
 * Distance to a reference, "−1.02 s" before it and "+3.1 ms" after: milliseconds under a tenth of a second, then
 * seconds with three decimals, under a minute with two, then minutes, hours, days.
 */
export function distanceText(timeNs: Nanos | undefined, referenceNs: Nanos | undefined): string {
  if (timeNs === undefined || referenceNs === undefined) return '–';
  const distance = timeNs - referenceNs;
  const sign = distance < 0n ? '−' : '+';
  const ns = distance < 0n ? -distance : distance;
  if (ns < 100n * NS_PER_MS) return `${sign}${(Number(ns / 100_000n) / 10).toFixed(1)} ms`;
  const size = Number(ns / NS_PER_MS);
  if (size < 1000) return `${sign}${(size / 1000).toFixed(3)} s`;
  if (size < 60_000) return `${sign}${(Math.floor(size / 10) / 100).toFixed(2)} s`;
  const seconds = Math.floor(size / 1000);
  if (seconds < 3600) return `${sign}${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1440) return `${sign}${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
  const hours = Math.floor(minutes / 60);
  return `${sign}${String(Math.floor(hours / 24))} d ${String(hours % 24)} h`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dayText(date: Date, zone: Zone): string {
  const utc = zone === 'utc';
  const day = utc ? date.getUTCDate() : date.getDate();
  const month = utc ? date.getUTCMonth() : date.getMonth();
  const year = utc ? date.getUTCFullYear() : date.getFullYear();
  return `${String(day)} ${MONTHS[month] ?? ''} ${String(year)}`;
}

/** undefined without a time and for times beyond what a calendar holds. */
function dateOf(timeNs: Nanos | undefined): Date | undefined {
  if (timeNs === undefined) return undefined;
  const remainder = timeNs % NS_PER_MS;
  const ms = (timeNs - remainder) / NS_PER_MS - (remainder < 0n ? 1n : 0n);
  const date = new Date(Number(ms));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}
