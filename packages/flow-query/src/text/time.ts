// Moments as text, always in UTC. Fractions are cut, never rounded.

/** Formats of the CLI's --time-format. */
export const TIME_FORMATS = [
  'StampMilli',
  'YearMonthDay',
  'YearMonthDayHour',
  'YearMonthDayHourMinute',
  'RFC3339',
  'RFC3339Milli',
  'RFC3339Micro',
  'RFC3339Nano',
  'RFC1123Z',
] as const;

export type TimeFormat = (typeof TIME_FORMATS)[number];

/** A protobuf Timestamp, or nanoseconds since 1970. */
export type Moment = bigint | { readonly seconds: bigint; readonly nanos: number };

const NS_PER_S = 1_000_000_000n;
/** Years 1 to 9999, what a protobuf Timestamp can hold. */
const MIN_SECONDS = -62_135_596_800n;
const MAX_SECONDS = 253_402_300_799n;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

type SplitMoment = { readonly date: Date; readonly nanos: number };

function split(moment: Moment): SplitMoment | undefined {
  let seconds: bigint;
  let nanos: number;
  if (typeof moment === 'bigint') {
    nanos = Number(((moment % NS_PER_S) + NS_PER_S) % NS_PER_S);
    seconds = (moment - BigInt(nanos)) / NS_PER_S;
  } else ({ seconds, nanos } = moment);
  const valid = seconds >= MIN_SECONDS && seconds <= MAX_SECONDS && nanos >= 0 && nanos < 1e9;
  return valid ? { date: new Date(Number(seconds) * 1000), nanos } : undefined;
}

/** The first `digits` fraction digits without trailing zeros, with the dot; '' when they are all zero. */
function shortFraction(nanos: number, digits: number): string {
  const text = String(nanos).padStart(9, '0').slice(0, digits).replace(/0+$/, '');
  return text === '' ? '' : `.${text}`;
}

/** The moment in the format; `N/A` when there is none or it lies outside the years 1 to 9999. */
export function formatTime(moment: Moment | undefined, format: TimeFormat = 'StampMilli'): string {
  const parts = moment === undefined ? undefined : split(moment);
  if (parts === undefined) return 'N/A';
  const { date, nanos } = parts;
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const dayOfMonth = date.getUTCDate();
  const day = `${year}-${two(date.getUTCMonth() + 1)}-${two(dayOfMonth)}`;
  switch (format) {
    case 'StampMilli': {
      const milli = String(Math.floor(nanos / 1e6)).padStart(3, '0');
      return `${month} ${String(dayOfMonth).padStart(2, ' ')} ${clock}.${milli}`;
    }
    case 'YearMonthDay':
      return day;
    case 'YearMonthDayHour':
      return `${day}T${two(date.getUTCHours())}Z`;
    case 'YearMonthDayHourMinute':
      return `${day}T${clock.slice(0, 5)}Z`;
    case 'RFC3339':
      return `${day}T${clock}Z`;
    case 'RFC3339Milli':
      return `${day}T${clock}${shortFraction(nanos, 3)}Z`;
    case 'RFC3339Micro':
      return `${day}T${clock}${shortFraction(nanos, 6)}Z`;
    case 'RFC3339Nano':
      return `${day}T${clock}${shortFraction(nanos, 9)}Z`;
    case 'RFC1123Z':
      return `${WEEKDAYS[date.getUTCDay()] ?? ''}, ${two(dayOfMonth)} ${month} ${year} ${clock} +0000`;
  }
}

/** As protobuf's JSON writes a Timestamp: 0, 3, 6 or 9 fraction digits. undefined when it cannot say the moment. */
export function timestampJson(moment: Moment): string | undefined {
  const parts = split(moment);
  if (parts === undefined) return undefined;
  let fraction = String(parts.nanos).padStart(9, '0');
  for (let i = 0; i < 3 && fraction.endsWith('000'); i++) fraction = fraction.slice(0, -3);
  const whole = formatTime(moment, 'RFC3339').slice(0, -1);
  return fraction === '' ? `${whole}Z` : `${whole}.${fraction}Z`;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[-+]\d\d:\d\d)$/;

/** Reads RFC 3339 with up to nine fraction digits; undefined for anything else, such as the 31st of February. */
export function parseTimestamp(text: string): { seconds: bigint; nanos: number } | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, , , day = '', , , , fraction = '', zone = ''] = match;
  const asUtc = new Date(`${text.slice(0, 19)}Z`);
  if (Number.isNaN(asUtc.getTime()) || asUtc.getUTCDate() !== Number(day)) return undefined;
  const sign = zone.startsWith('-') ? -1 : 1;
  const [hours = 0, minutes = 0] = zone === 'Z' ? [] : zone.slice(1).split(':').map(Number);
  if (hours > 24 || minutes >= 60) return undefined;
  const seconds = BigInt(asUtc.getTime() / 1000 - sign * (hours * 3600 + minutes * 60));
  if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) return undefined;
  return { seconds, nanos: Number(fraction.padEnd(9, '0')) };
}
