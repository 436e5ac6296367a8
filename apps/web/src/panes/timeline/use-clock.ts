import { useCallback, useEffect, useRef, useState } from 'react';
import type { Nanos, StatusAnswer } from '../../engine/protocol.ts';
import { clockOffset } from './clock.ts';
import { msOf } from './domain.ts';

/** The time of the cluster, or of the pause: a function that stays the same while neither jumps. */
export function useClock(status: StatusAnswer | undefined, pausedAtNs: Nanos | undefined): () => number {
  const [offsetMs, setOffsetMs] = useState(0);
  const facts = useRef({ skewMs: status?.clockSkewMs, newestMs: msOf(status?.newestNs) });
  useEffect(() => {
    facts.current = { skewMs: status?.clockSkewMs, newestMs: msOf(status?.newestNs) };
    setOffsetMs((before) => clockOffset(facts.current, Date.now(), before));
  }, [status]);
  return useCallback(
    () => (pausedAtNs === undefined ? Date.now() + offsetMs : msOf(pausedAtNs)),
    [offsetMs, pausedAtNs],
  );
}

/** Re-renders once a second, for what depends on the time and is not drawn on the canvas. */
export function useSeconds(on: boolean): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => setTick((tick) => tick + 1), 1000);
    return () => clearInterval(timer);
  }, [on]);
}
