// The place that a plan is made for: the size of the pane, once it rests. A splitter that is dragged arranges nothing
// on its way.

import { useEffect } from 'react';
import type { LayoutInput } from '../layout/plan.ts';

export type Place = LayoutInput['place'];

const REST_MS = 300;

/** Sets `place` at once the first time that the pane has a size, and then whenever its size rests. */
export function useLayoutPlace(
  place: Place | undefined,
  setPlace: (place: Place) => void,
  widthPx: number,
  heightPx: number,
): void {
  if (place === undefined && heightPx > 0) setPlace({ w: widthPx, h: heightPx });
  const isOther = heightPx > 0 && place !== undefined && (place.w !== widthPx || place.h !== heightPx);
  useEffect(() => {
    if (!isOther) return undefined;
    const timer = setTimeout(() => setPlace({ w: widthPx, h: heightPx }), REST_MS);
    return () => clearTimeout(timer);
  }, [isOther, setPlace, widthPx, heightPx]);
}
