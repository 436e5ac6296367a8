// The time that all lanes of the overview share: equal buckets, laid out against the epoch.

import type { HistogramQuery, Nanos } from '../../engine/protocol.ts';
import type { TimeRange } from '../../view-state/index.ts';
import { chooseBarMs } from '../bar-width.ts';

export type Axis = {
  /** Beginning of the first bucket, a whole multiple of `bucketNs`. */
  readonly fromNs: Nanos;
  readonly bucketNs: Nanos;
  readonly buckets: number;
};

/** What the flows held span; undefined without flows. */
export type Held = { readonly oldestNs: Nanos | undefined; readonly newestNs: Nanos | undefined };

const NS_PER_MS = 1_000_000n;

/**
 * The window looked at, where it leaves an end open up to what is held, in buckets that `widthPx` has room for.
 * undefined when nothing is held.
 */
export function axisOf(range: TimeRange, held: Held, widthPx: number): Axis | undefined {
  const since = range.sinceNs ?? held.oldestNs;
  const until = range.untilNs ?? held.newestNs;
  if (since === undefined || until === undefined) return undefined;
  const spanNs = until > since ? until - since : 0n;
  const bucketNs = BigInt(chooseBarMs(Number(spanNs / NS_PER_MS), widthPx)) * NS_PER_MS;
  const first = floorDiv(since, bucketNs);
  const buckets = Number(floorDiv(until > since ? until : since, bucketNs) - first) + 1;
  return { fromNs: first * bucketNs, bucketNs, buckets };
}

/** The question whose answer fits the axis; an open end stays open, so that the question stays the same. */
export function histogramFor(axis: Axis, range: TimeRange, filter: string, field: string): HistogramQuery {
  return {
    kind: 'histogram',
    filter,
    field,
    bucketNs: axis.bucketNs,
    sinceNs: range.sinceNs === undefined ? undefined : axis.fromNs,
    untilNs: range.untilNs,
  };
}

function floorDiv(value: bigint, by: bigint): bigint {
  const whole = value / by;
  return value % by < 0n ? whole - 1n : whole;
}
