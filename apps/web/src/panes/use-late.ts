import { useEffect, useState } from 'react';

const AFTER_MS = 300;

/** True once `on` has held for 300 ms: what is quick shows no sign of waiting. */
export function useLate(on: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setTimeout(() => setLate(true), AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [on]);
  return on && late;
}
