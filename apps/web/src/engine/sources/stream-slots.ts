// Who may keep a stream open. Over HTTP/1.1 a browser has six connections to one server for all its tabs together; a
// seventh stream would wait for ever, and so would the page of a new tab. So four tabs stream and the others ask every
// second. A slot is a Web Lock: it is free again the moment its tab is gone, however that happened.

import type { TakeSlot } from '../session/env.ts';

const SLOTS = 4;

/**
 * Locks of the browser; undefined where it has none, which is the case on plain HTTP beyond localhost. Where it refuses
 * them, as it does with storage blocked or from a page that is being left, it is as if there were none.
 */
export function createSlots(locks: LockManager | undefined): TakeSlot {
  if (locks === undefined) return () => Promise.resolve(() => undefined);
  return async () => {
    for (let slot = 1; slot <= SLOTS; slot++) {
      const release = await tryLock(locks, `finderscope-stream-${slot}`).catch(() => () => undefined);
      if (release !== undefined) return release;
    }
    return undefined;
  };
}

function tryLock(locks: LockManager, name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const held = (lock: Lock | null): Promise<void> | undefined => {
      if (lock === null) {
        resolve(undefined);
        return undefined;
      }
      const { promise, resolve: release } = Promise.withResolvers<void>();
      resolve(release);
      return promise;
    };
    locks.request(name, { ifAvailable: true }, held).catch(reject);
  });
}
