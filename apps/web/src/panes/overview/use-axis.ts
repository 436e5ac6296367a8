import { useMemo, useState } from 'react';
import { useAnswer, useTimeRange } from '../pane.ts';
import { type Axis, axisOf } from './axis.ts';

/** Room for some seventy bars: what a panel has at its narrowest. */
const WIDTH_PX = 280;

/** The axis of all lanes, the same object while it stays the same; undefined without flows, null before it is known. */
export function useAxis(): Axis | undefined | null {
  const range = useTimeRange();
  const status = useAnswer({ kind: 'status', filter: '' });
  const [held, setHeld] = useState<Axis | undefined>(undefined);
  const axis = useMemo(
    () => (status === undefined ? undefined : axisOf(range, status, WIDTH_PX)),
    [range, status],
  );
  if (status === undefined) return null;
  if (axis === undefined || sameAxis(axis, held)) return axis === undefined ? undefined : held;
  setHeld(axis);
  return axis;
}

function sameAxis(a: Axis, b: Axis | undefined): boolean {
  return b !== undefined && a.fromNs === b.fromNs && a.bucketNs === b.bucketNs && a.buckets === b.buckets;
}
