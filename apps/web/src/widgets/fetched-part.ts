// Parts of the page whose code is fetched when they are first drawn.

import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

const fetches = new Set<Promise<unknown>>();

/** `load` is called when the part is first drawn; until then the nearest Suspense stands in. */
export function fetchedPart<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(() => {
    const fetched = load()
      .then((part) => ({ default: part }))
      .finally(() => fetches.delete(fetched));
    fetches.add(fetched);
    return fetched;
  });
}

/** Whether code of a part is on its way. */
export function isFetchingParts(): boolean {
  return fetches.size > 0;
}

/** Resolves when the parts on their way have come, or could not be had. */
export async function partsFetched(): Promise<void> {
  await Promise.allSettled(fetches);
}
