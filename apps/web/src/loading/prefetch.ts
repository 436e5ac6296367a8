// What is fetched while nobody waits for it, so that its first use need not wait.

const loads: (() => Promise<unknown>)[] = [];

/** `load` is called by `prefetchAll`, unless something called it before: code is fetched once. */
export function prefetchLater(load: () => Promise<unknown>): void {
  loads.push(load);
}

/** One after the other. */
export async function prefetchAll(): Promise<void> {
  for (const load of loads) {
    await idleTime();
    try {
      await load();
    } catch {
      // The server is away just now. Whoever needs it asks again, and says when it cannot be had.
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
