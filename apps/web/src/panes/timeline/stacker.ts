// Stacks with a memory: the order of values and the ends of the scales stay while they serve, from answer to answer.

import { type Bars, type Histogram, stackHistogram } from './bars.ts';
import type { Ceilings } from './bar-list.ts';
import type { Dimension } from './dimensions.ts';
import { niceCeiling } from './rate-scale.ts';

export type Stacked = { readonly bars: Bars; readonly ceilings: Ceilings };

export type Stacker = (histogram: Histogram, dimension: Dimension) => Stacked;

/** The same histogram and dimension give the same stacks, made once. */
export function createStacker(): Stacker {
  let last:
    | { readonly histogram: Histogram; readonly dimension: Dimension; readonly stacked: Stacked }
    | undefined;
  let ranking: string[] = [];
  return (histogram, dimension) => {
    if (last?.histogram === histogram && last.dimension === dimension) return last.stacked;
    const fresh =
      last === undefined || last.dimension !== dimension || last.histogram.bucketMs !== histogram.bucketMs;
    if (last?.dimension !== dimension) ranking = [];
    const bars = stackHistogram(histogram, dimension, ranking);
    const before = fresh ? { up: 0, down: 0 } : last?.stacked.ceilings;
    const ceilings = {
      up: niceCeiling(bars.maxPerS.up, before?.up),
      down: niceCeiling(bars.maxPerS.down, before?.down),
    };
    const stacked = { bars, ceilings };
    last = { histogram, dimension, stacked };
    return stacked;
  };
}
