// Instants in the address: RFC 3339 in UTC with as many of the nine digits of a second as needed, because two flows
// can be one nanosecond apart and a Date holds only milliseconds.

import { err, ok, type Result } from '@finderscope/base';

const NS_PER_MS = 1_000_000n;
const NS_PER_S = 1_000_000_000n;
const FIRST_NS = -62_167_219_200n * NS_PER_S;
/** The last instant that an address can hold. */
export const LAST_INSTANT_NS = 253_402_300_800n * NS_PER_S - 1n;
const FORM = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;

/** The instant itself, or the first or last one that an address can hold: a flow may claim any time. */
export function nearestInstant(ns: bigint): bigint {
  return ns < FIRST_NS ? FIRST_NS : ns > LAST_INSTANT_NS ? LAST_INSTANT_NS : ns;
}

/** `2026-11-21T12:06:41.5Z` for an instant in ns since the epoch; years 0 to 9999. */
export function formatInstant(ns: bigint): string {
  const fraction = ((ns % NS_PER_S) + NS_PER_S) % NS_PER_S;
  const seconds = new Date(Number((ns - fraction) / NS_PER_MS)).toISOString().slice(0, 19);
  const digits = fraction.toString().padStart(9, '0').replace(/0+$/, '');
  return digits === '' ? `${seconds}Z` : `${seconds}.${digits}Z`;
}

export function parseInstant(text: string): Result<bigint, string> {
  const match = FORM.exec(text);
  const ms = match?.[1] === undefined ? Number.NaN : Date.parse(`${match[1]}Z`);
  // Date.parse moves 30 February into March; what does not come back as written was no date.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 19) !== match?.[1]) {
    return err('an instant is written as in 2026-11-21T12:06:41.123Z');
  }
  return ok(BigInt(ms) * NS_PER_MS + BigInt((match[2] ?? '').padEnd(9, '0')));
}
