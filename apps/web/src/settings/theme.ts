// Applies the theme to the document after public/theme.js did so for the first paint.

import { useEffect, useSyncExternalStore } from 'react';
import { useSettings } from './store.ts';

const LIGHT = '(prefers-color-scheme: light)';

function subscribeSystem(listener: () => void): () => void {
  const query = window.matchMedia(LIGHT);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** The theme on screen: the setting, or the system's where the setting says so. */
export function useTheme(): 'dark' | 'light' {
  const { theme } = useSettings();
  const systemIsLight = useSyncExternalStore(subscribeSystem, () => window.matchMedia(LIGHT).matches);
  if (theme !== 'system') return theme;
  return systemIsLight ? 'light' : 'dark';
}

/** Call once, in the shell. */
export function useAppliedTheme(): void {
  const theme = useTheme();
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
