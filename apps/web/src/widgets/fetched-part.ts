// Parts of the page whose code is fetched when they are first drawn.

import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { trackFetch } from '../loading/fetches.ts';

const loads: (() => Promise<unknown>)[] = [];

/** `load` is called when the part is first drawn; until then the nearest Suspense stands in. */
export function fetchedPart<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  loads.push(load);
  return lazy(() => trackFetch(load().then((part) => ({ default: part }))));
}

/** Fetches one after the other what has not been drawn yet, so that its first use need not wait. */
export async function prefetchParts(): Promise<void> {
  for (const load of loads) {
    await idleTime();
    try {
      await load();
    } catch {
      // The server is away just now. What is drawn later asks for itself, and says when it cannot be had.
      return;
    }
  }
}

/** Safari has no idle callbacks. */
function idleTime(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve());
    else setTimeout(resolve, 200);
  });
}
