// What time it is for the chart: that of the flows, which is this machine's but where the clocks of the nodes differ.

/**
 * A difference below this is the way of the flows through the network and no other clock; and an offset in use stays
 * while the measured one is that near, or the chart would tremble.
 */
const SAME_CLOCK_MS = 2000;
/** Flows older than any chart shows by itself were not made now: they come from a file or a replay. */
const PAST_MS = 24 * 3_600_000;

export type ClockFacts = {
  /** Flow time minus this machine's time at arrival, median; undefined while not known. */
  readonly skewMs: number | undefined;
  readonly newestMs: number | undefined;
};

/** What to add to this machine's time; `before` is the offset so far. */
export function clockOffset({ skewMs, newestMs }: ClockFacts, machineMs: number, before: number): number {
  if (skewMs === undefined) {
    return newestMs !== undefined && machineMs - newestMs > PAST_MS ? newestMs - machineMs : before;
  }
  if (Math.abs(skewMs - before) < SAME_CLOCK_MS) return before;
  return Math.abs(skewMs) < SAME_CLOCK_MS ? 0 : skewMs;
}
