import { useEffect, useState } from 'react';

/** True once the text has not changed for `ms`. */
export function useRested(text: string, ms: number): boolean {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return rested === text;
}
