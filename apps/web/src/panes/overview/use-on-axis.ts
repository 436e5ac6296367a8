import { useMemo, useState } from 'react';
import type { HistogramAnswer } from '../../engine/protocol.ts';
import type { TimeRange } from '../../view-state/index.ts';
import { useAnswered } from '../pane.ts';
import { type Axis, histogramFor } from './axis.ts';

/** Counts over time, and the axis that they were asked for. */
export type OnAxis = { readonly axis: Axis; readonly answer: HistogramAnswer };

/**
 * Counts of a field on the axis; undefined before the first answer. An answer to an older question is of another time or
 * in other buckets: laid out on the new axis it would say that there is nothing. So until the new answer is there, the
 * one before stays, with its own axis.
 */
export function useOnAxis(axis: Axis, range: TimeRange, filter: string, field: string): OnAxis | undefined {
  const { answer, isCurrent } = useAnswered(histogramFor(axis, range, filter, field));
  const [held, setHeld] = useState<OnAxis | undefined>(undefined);
  const fresh = useMemo(
    () => (answer === undefined || !isCurrent ? undefined : { axis, answer }),
    [answer, isCurrent, axis],
  );
  if (fresh !== undefined && fresh !== held) setHeld(fresh);
  return fresh ?? held;
}
