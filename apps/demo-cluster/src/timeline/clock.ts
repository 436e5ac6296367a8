// Wall-clock time, injected so that tests own it.

/** A moment as protobuf writes it; numbers, because nanoseconds since 1970 do not fit one exactly. */
export type Moment = { readonly seconds: number; readonly nanos: number };

export type Clock = {
  readonly now: () => Moment;
};

const NANOS = 1e9;

/** The system's clock, to the microsecond where it knows. */
export const SYSTEM_CLOCK: Clock = {
  now: () => {
    const ms = performance.timeOrigin + performance.now();
    const seconds = Math.floor(ms / 1000);
    return { seconds, nanos: Math.min(NANOS - 1, Math.floor((ms - seconds * 1000) * 1000) * 1000) };
  },
};

/** `moment` plus a number of nanoseconds, which may be negative. Exact while |ns| < 2^53. */
export function addNs(moment: Moment, ns: number): Moment {
  const wholeSeconds = Math.floor(ns / NANOS);
  const nanos = moment.nanos + (ns - wholeSeconds * NANOS);
  const carry = nanos >= NANOS ? 1 : 0;
  return { seconds: moment.seconds + wholeSeconds + carry, nanos: Math.floor(nanos - carry * NANOS) };
}

/** Nanoseconds from `start` to `end`. Exact within 104 days. */
export function nsBetween(start: Moment, end: Moment): number {
  return (end.seconds - start.seconds) * NANOS + (end.nanos - start.nanos);
}

/** Negative when `a` is earlier, 0 when equal. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.seconds === b.seconds ? a.nanos - b.nanos : a.seconds - b.seconds;
}
