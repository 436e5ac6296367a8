// Times of flows. They are nanoseconds since the epoch; the screen shows milliseconds, cut, never rounded up.

const NS_PER_MS = 1_000_000n;
const NO_TIME = '–';

export type Zone = 'utc' | 'local';

/** `12:06:38.242`; – for an instant that no calendar holds. */
export function formatClock(ns: bigint, zone: Zone): string {
  const date = dateOf(ns);
  if (date === undefined) return NO_TIME;
  return zone === 'utc'
    ? clock(date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds())
    : clock(date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds());
}

/** `2026-11-21`; – for an instant that no calendar holds. */
export function formatDay(ns: bigint, zone: Zone): string {
  const date = dateOf(ns);
  if (date === undefined) return NO_TIME;
  return zone === 'utc'
    ? day(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
    : day(date.getFullYear(), date.getMonth(), date.getDate());
}

function dateOf(ns: bigint): Date | undefined {
  // Division of bigints cuts towards zero; flows before 1970 exist only in broken input and may be one ms off.
  const date = new Date(Number(ns / NS_PER_MS));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function clock(h: number, m: number, s: number, ms: number): string {
  return `${pad(h, 2)}:${pad(m, 2)}:${pad(s, 2)}.${pad(ms, 3)}`;
}

function day(year: number, month: number, date: number): string {
  return `${pad(year, 4)}-${pad(month + 1, 2)}-${pad(date, 2)}`;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
