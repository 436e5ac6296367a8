// From counts per value to the stacks that are drawn: values with a look of their own, the largest others in greys,
// the rest as one. Done once per answer of the engine, never per frame.

import type { AgentStory } from './agent-marks.ts';
import type { Dimension, Look, Side } from './dimensions.ts';
import type { Ink } from './ink.ts';

/** Flows per bucket of time, as the engine counted them. */
export type Histogram = {
  /** Start of the first bucket, a multiple of `bucketMs`. */
  readonly startMs: number;
  readonly bucketMs: number;
  readonly buckets: number;
  readonly series: readonly { readonly value: string; readonly counts: ArrayLike<number> }[];
  /** Flows that were lost before they reached the page, per bucket. */
  readonly lost: ArrayLike<number>;
  /** Spans without a connection; open while it is still missing. */
  readonly gaps: readonly { readonly fromMs: number; readonly toMs: number | undefined }[];
  readonly agents: AgentStory;
};

/** One layer of the stacks. */
export type Layer = {
  readonly name: string;
  readonly side: Side;
  readonly ink: Ink;
  readonly glyph: Look['glyph'];
  readonly counts: Float64Array;
  readonly total: number;
};

export type Bars = Omit<Histogram, 'series'> & {
  /** From the zero line outwards. */
  readonly layers: readonly Layer[];
  /** Largest rate of a bar on each side, flows a second. */
  readonly maxPerS: Readonly<Record<Side, number>>;
};

/** A value overtakes another in the stack when it is that much larger: two of a size do not swap colours. */
const OVERTAKES = 1.25;
/** Name of all values that have no layer of their own. */
export const OTHERS = 'others';

/** `ranking` is the order of the last time, updated in place. */
export function stackHistogram(histogram: Histogram, dimension: Dimension, ranking: string[]): Bars {
  const layers = [...lookedLayers(histogram, dimension), ...rankedLayers(histogram, dimension, ranking)];
  const { series: _, ...rest } = histogram;
  return { ...rest, layers, maxPerS: maxRates(layers, histogram.buckets, histogram.bucketMs) };
}

function lookedLayers({ series, buckets }: Histogram, { lookOf }: Dimension): readonly Layer[] {
  const byLook = new Map<Look, { name: string; counts: Float64Array }>();
  for (const { value, counts } of series) {
    const look = value === OTHERS ? undefined : lookOf(value);
    if (look === undefined) continue;
    const layer = byLook.get(look) ?? { name: value, counts: new Float64Array(buckets) };
    addInto(layer.counts, counts);
    byLook.set(look, layer);
  }
  return [...byLook]
    .sort(([a], [b]) => a.order - b.order)
    .map(([{ side, ink, glyph }, { name, counts }]) => ({
      name,
      side,
      ink,
      glyph,
      counts,
      total: sum(counts),
    }));
}

function rankedLayers(
  { series, buckets }: Histogram,
  { lookOf, rankedSide, rankedInks }: Dimension,
  ranking: string[],
): readonly Layer[] {
  const plain = series.filter(({ value }) => lookOf(value) === undefined && value !== OTHERS);
  const totals = new Map(plain.map(({ value, counts }) => [value, sum(counts)]));
  rank(ranking, totals);
  const named = ranking.slice(0, rankedInks.length - 1);
  const others = new Float64Array(buckets);
  const layers: Layer[] = [];
  const inkAt = (place: number): Ink => rankedInks[place] ?? { token: '--fs-ctl' };
  for (const { value, counts } of series) {
    if (value === OTHERS || (lookOf(value) === undefined && !named.includes(value))) addInto(others, counts);
  }
  for (const [place, name] of named.entries()) {
    const counts = new Float64Array(buckets);
    addInto(counts, plain.find(({ value }) => value === name)?.counts ?? []);
    layers.push({ name, side: rankedSide, ink: inkAt(place), glyph: undefined, counts, total: sum(counts) });
  }
  const total = sum(others);
  if (total > 0)
    layers.push({
      name: OTHERS,
      side: rankedSide,
      ink: inkAt(rankedInks.length - 1),
      glyph: undefined,
      counts: others,
      total,
    });
  return layers;
}

/** Puts the values in order of their totals, moving only what clearly overtook the one before it. */
function rank(ranking: string[], totals: ReadonlyMap<string, number>): void {
  const kept = ranking.filter((value) => totals.has(value));
  const fresh = [...totals.keys()].filter((value) => !kept.includes(value));
  fresh.sort((a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0) || (a < b ? -1 : 1));
  ranking.length = 0;
  for (const value of [...kept, ...fresh]) {
    let place = ranking.length;
    while (place > 0 && (totals.get(value) ?? 0) > (totals.get(ranking[place - 1] ?? '') ?? 0) * OVERTAKES)
      place--;
    ranking.splice(place, 0, value);
  }
}

function maxRates(layers: readonly Layer[], buckets: number, bucketMs: number): Record<Side, number> {
  const max = { up: 0, down: 0 };
  for (const side of ['up', 'down'] as const) {
    const mine = layers.filter((layer) => layer.side === side);
    for (let i = 0; i < buckets; i++) {
      let total = 0;
      for (const { counts } of mine) total += counts[i] ?? 0;
      max[side] = Math.max(max[side], (total * 1000) / bucketMs);
    }
  }
  return max;
}

function addInto(target: Float64Array, counts: ArrayLike<number>): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + (counts[i] ?? 0);
}

function sum(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] ?? 0;
  return total;
}
