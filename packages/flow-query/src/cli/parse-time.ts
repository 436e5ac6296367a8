// What --since and --until take: a Go duration, meaning that long ago, or a moment in one of the CLI's layouts.

import { err, ok, type Result } from '@finderscope/base';

const UNIT_NS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

const ZONE = '(Z|[+-]\\d\\d:\\d\\d)';
/** YearMonthDay, then YearMonthDayHour, YearMonthDayHourMinute and RFC 3339, which need a zone. */
const MOMENT = new RegExp(
  `^(\\d{4})-(\\d\\d)-(\\d\\d)(?:T(\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9})\\d*)?)?)?${ZONE})?$`,
);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const RFC1123Z =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4})$/;

/** Nanoseconds since 1970; `nowNs` is what durations are taken from. */
export function parseCliTime(text: string, nowNs: bigint): Result<bigint, string> {
  const duration = parseGoDuration(text);
  if (duration !== undefined) return ok(nowNs - duration);
  const moment = parseMoment(text) ?? parseRfc1123z(text);
  return moment === undefined
    ? err(
        `${text === '' ? 'An empty value' : text} is not a time. Write how long ago, as in 90s or 1h30m, or a moment, as in 2026-05-04T12:00:00Z.`,
      )
    : ok(moment);
}

/** `1h43m`, `1.5s`, `-3s`, in nanoseconds, cut to a whole number; undefined for anything else. */
export function parseGoDuration(text: string): bigint | undefined {
  const negative = text.startsWith('-');
  const rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0n;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return undefined;
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of rest.matchAll(
    /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g,
  )) {
    const scale = UNIT_NS.get(unit) ?? 0n;
    total += BigInt(`0${whole}`) * scale + (BigInt(`0${fraction}`) * scale) / 10n ** BigInt(fraction.length);
  }
  // Go holds a duration in 63 bits.
  if (total >= 1n << 63n) return undefined;
  return negative ? -total : total;
}

function parseMoment(text: string): bigint | undefined {
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year = '',
    month = '',
    day = '',
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    zone = 'Z',
  ] = match;
  return utcNs([year, month, day, hour, minute, second].map(Number), fraction, zone);
}

function parseRfc1123z(text: string): bigint | undefined {
  const match = RFC1123Z.exec(text);
  if (match === null) return undefined;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '', zone = ''] = match;
  const number = MONTHS.indexOf(month) + 1;
  return utcNs([Number(year), number, ...[day, hour, minute, second].map(Number)], '', zone);
}

/** Year, month from 1, day, hour, minute, second; undefined when they are no moment, such as the 31st of February. */
function utcNs(parts: readonly number[], fraction: string, zone: string): bigint | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const valid =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  const offset = zoneMinutes(zone);
  if (!valid || offset === undefined) return undefined;
  const ms = BigInt(date.getTime() - offset * 60_000);
  return ms * 1_000_000n + BigInt(fraction.padEnd(9, '0') || '0');
}

function zoneMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const [, sign, hours = '', minutes = ''] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (sign === undefined || Number(hours) > 24 || Number(minutes) > 59) return undefined;
  const total = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -total : total;
}
