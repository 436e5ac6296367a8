import { useCallback, useSyncExternalStore } from 'react';

/** A phone: one column. The same width as Tailwind's `max-tablet:`. */
export const PHONE = '(max-width: 719.98px)';

/** Whether the media query holds, following it. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
