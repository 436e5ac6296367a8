// From counts per value and time to lanes: one for each value that is told apart, all on the same axis.

import { assert } from '@finderscope/base';
import type { HistogramAnswer } from '../../engine/protocol.ts';
import type { VerdictKind } from '../../widgets/index.ts';
import type { Axis } from './axis.ts';
import type { Choice } from '../../filter-bar/choice.ts';

/** What a value of the field is on screen. */
export type LaneLook = {
  /** Values with the same id are one lane. */
  readonly id: string;
  readonly label: string;
  /** CSS variable of its bars. */
  readonly ink: string;
  /** Shape before the label. */
  readonly glyph?: VerdictKind;
  readonly choice: Choice;
};

export type Lane = LaneLook & {
  /** Flows per bucket of the axis. */
  readonly counts: Float64Array;
  readonly total: number;
  /** Flows a second of its fullest bucket. */
  readonly peakPerS: number;
};

/**
 * `looksOf` says which lanes a value counts in, none or several; '' is a flow without a value. Those of `always` come
 * first, in their order, also when they are empty; the others follow, most flows first.
 */
export function lanesOf(
  answer: HistogramAnswer,
  axis: Axis,
  looksOf: (value: string) => readonly LaneLook[],
  always: readonly LaneLook[],
): readonly Lane[] {
  const lanes = new Map<string, { readonly look: LaneLook; readonly counts: Float64Array }>(
    always.map((look) => [look.id, { look, counts: new Float64Array(axis.buckets) }]),
  );
  for (const { value, counts } of answer.series) {
    for (const look of value === undefined ? [] : looksOf(value)) {
      const lane = lanes.get(look.id) ?? { look, counts: new Float64Array(axis.buckets) };
      lanes.set(look.id, lane);
      addOn(axis, lane.counts, answer, counts);
    }
  }
  const seconds = Number(axis.bucketNs) / 1e9;
  const all = [...lanes.values()].map(({ look, counts }) => ({
    ...look,
    counts,
    total: counts.reduce((sum, count) => sum + count, 0),
    peakPerS: counts.reduce((most, count) => Math.max(most, count), 0) / seconds,
  }));
  const rest = all.slice(always.length).filter(({ total }) => total > 0);
  return [...all.slice(0, always.length), ...rest.toSorted((a, b) => b.total - a.total)];
}

/** Flows that were lost before they reached the page, within the axis. */
export function lostOn(axis: Axis, answer: HistogramAnswer): number {
  const counts = new Float64Array(axis.buckets);
  addOn(axis, counts, answer, answer.lost);
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Spans without a connection, as shares of the axis from 0 to 1. */
export function gapsOn(
  axis: Axis,
  { gaps }: HistogramAnswer,
): readonly { readonly from: number; readonly to: number }[] {
  const length = Number(axis.bucketNs) * axis.buckets;
  const shareOf = (ns: bigint): number => Math.min(1, Math.max(0, Number(ns - axis.fromNs) / length));
  return gaps
    .filter(({ refilled }) => refilled !== true)
    .map(({ fromNs, toNs }) => ({ from: shareOf(fromNs), to: toNs === undefined ? 1 : shareOf(toNs) }))
    .filter(({ from, to }) => to > from);
}

/** The answer has the buckets of the axis, or some before and after. */
function addOn(axis: Axis, target: Float64Array, answer: HistogramAnswer, counts: ArrayLike<number>): void {
  assert(answer.bucketNs === axis.bucketNs, 'an answer in other buckets');
  const shift = Number((answer.fromNs - axis.fromNs) / axis.bucketNs);
  for (let i = 0; i < counts.length; i++) {
    const at = i + shift;
    if (at >= 0 && at < target.length) target[at] = (target[at] ?? 0) + (counts[i] ?? 0);
  }
}
