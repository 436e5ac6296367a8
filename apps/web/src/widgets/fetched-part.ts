// Parts of the page whose code is fetched when they are first drawn.

import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { trackFetch } from '../loading/fetches.ts';
import { prefetchLater } from '../loading/prefetch.ts';

/**
 * `load` is called when the part is first drawn, or fetched ahead when the page is idle; until it is here the
 * nearest Suspense stands in.
 */
export function fetchedPart<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  prefetchLater(load);
  return lazy(() => trackFetch(load().then((part) => ({ default: part }))));
}
