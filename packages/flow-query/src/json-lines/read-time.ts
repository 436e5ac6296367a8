// RFC 3339 in UTC, digit by digit.

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ZERO = 0x30;
/** `2026-01-15T10:00:00` */
export const SECONDS_LENGTH = 19;
const DASH = 0x2d;
const COLON = 0x3a;
const UPPER_T = 0x54;

/** The number in `count` digits at `at`, -1 when there is something else. */
export function readDigits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = bytes[i]! - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Seconds since 1970 of the 19 characters at `at`; -1 for no such time, and for those before 1970. */
export function readSeconds(bytes: Uint8Array, at: number): number {
  if (at + SECONDS_LENGTH > bytes.length) return -1;
  if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH || bytes[at + 10] !== UPPER_T) return -1;
  if (bytes[at + 13] !== COLON || bytes[at + 16] !== COLON) return -1;
  const year = readDigits(bytes, at, 4);
  const month = readDigits(bytes, at + 5, 2);
  const day = readDigits(bytes, at + 8, 2);
  const hour = readDigits(bytes, at + 11, 2);
  const minute = readDigits(bytes, at + 14, 2);
  const second = readDigits(bytes, at + 17, 2);
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
  return daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}

/** Counted in years that begin in March, so that the leap day is the last of its year. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}
