import { useMemo, useSyncExternalStore } from 'react';
import { createPalette, type Palette } from './ink.ts';

const root = (): HTMLElement => document.documentElement;

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(root(), { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** Colours of the theme that is on the document at this moment, not of the one that was chosen. */
export function usePalette(): Palette {
  const theme = useSyncExternalStore(subscribe, () => root().dataset['theme'] ?? '');
  return useMemo(() => paletteOf(theme), [theme]);
}

/** Tokens are read when they are first used, and only while their theme is on the document. */
function paletteOf(_theme: string): Palette {
  const style = getComputedStyle(root());
  return createPalette((token) => style.getPropertyValue(token));
}
