import { useCallback, useEffect, useState } from 'react';

const SHOWN_MS = 4_000;

/** One line to show and read out, gone after four seconds. Each `say` starts anew, also with the same words. */
export function useSaid(): { readonly said: string; readonly say: (message: string) => void } {
  const [last, setLast] = useState({ message: '' });
  useEffect(() => {
    if (last.message === '') return undefined;
    const timer = setTimeout(() => setLast({ message: '' }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  const say = useCallback((message: string) => setLast({ message }), []);
  return { said: last.message, say };
}
