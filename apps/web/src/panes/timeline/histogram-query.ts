// What the timeline asks the engine, and the answer in the timeline's own terms.

import type { HistogramAnswer, HistogramQuery, Nanos } from '../../engine/protocol.ts';
import { type Histogram, OTHERS } from './bars.ts';
import { agentStory } from './agent-marks.ts';
import { ceilTo, floorTo } from './brush.ts';
import type { Dimension } from './dimensions.ts';
import { msOf, nsOf } from './domain.ts';
import type { Span } from './time-scale.ts';

/** The span that is asked for grows in steps of so many bars: sliding by one bar asks the same question. */
const STEP_BARS = 8;

/** `until` is the pause; without one a running chart asks up to whatever is newest. */
export function histogramQuery(
  dimension: Dimension,
  filter: string,
  span: Span,
  bucketMs: number,
  running: boolean,
  until: Nanos | undefined,
): HistogramQuery {
  const stepMs = STEP_BARS * bucketMs;
  const endNs = running ? undefined : nsOf(ceilTo(span.endMs, stepMs));
  return {
    kind: 'histogram',
    field: dimension.field,
    bucketNs: nsOf(bucketMs),
    sinceNs: nsOf(floorTo(span.startMs, stepMs)),
    untilNs: until === undefined || (endNs !== undefined && endNs < until) ? endNs : until,
    filter,
    agents: true,
  };
}

/** Values that the dimension does not show are left out, those without a name of their own are put together. */
export function histogramOf(answer: HistogramAnswer, dimension: Dimension): Histogram {
  return {
    startMs: msOf(answer.fromNs),
    bucketMs: msOf(answer.bucketNs),
    buckets: answer.buckets,
    series: answer.series.flatMap(({ value, counts }) => {
      const name = value === undefined ? OTHERS : dimension.nameOf(value);
      return name === undefined ? [] : [{ value: name, counts }];
    }),
    lost: answer.lost,
    gaps: answer.gaps
      .filter(({ refilled }) => refilled !== true)
      .map(({ fromNs, toNs }) => ({ fromMs: msOf(fromNs), toMs: msOf(toNs) })),
    agents: agentStory(answer.agents),
  };
}
