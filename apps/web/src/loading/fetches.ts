// Code on its way, whoever asked for it.

const fetches = new Set<Promise<unknown>>();

/** The same promise; it counts as on its way until it is settled. */
export function trackFetch<T>(fetched: Promise<T>): Promise<T> {
  const ended = (): boolean => fetches.delete(fetched);
  fetches.add(fetched);
  // Both, so that a failure is told to whoever waits for `fetched`, and to nobody else.
  fetched.then(ended, ended);
  return fetched;
}

/** Whether code is on its way. */
export function isFetchingParts(): boolean {
  return fetches.size > 0;
}

/** Resolves when what is on its way has come, or could not be had. */
export async function partsFetched(): Promise<void> {
  await Promise.allSettled(fetches);
}
