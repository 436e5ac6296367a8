import { useState } from 'react';

/** The first of the values that have the same key: what is worked out from it need not be worked out again. */
export function useHeld<T>(value: T, key: string): T {
  const [held, setHeld] = useState({ value, key });
  if (held.key === key) return held.value;
  setHeld({ value, key });
  return value;
}
