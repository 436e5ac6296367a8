import { useEffect, useRef, useState } from 'react';

/**
 * The value, changing at most once per `ms`: the first change shows at once, of those that follow the latest wins.
 * Numbers that flicker cannot be read.
 */
export function useSettled<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const changedMs = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    latest.current = value;
    if (value === shown || timer.current !== undefined) return;
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        changedMs.current = performance.now();
        setShown(latest.current);
      },
      Math.max(0, changedMs.current + ms - performance.now()),
    );
  }, [value, shown, ms]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return shown;
}
