// Who may keep a stream open. Over HTTP/1.1 a browser has six connections to one server for all its tabs together; a
// seventh stream would wait for ever, and so would the page of a new tab. So four tabs stream and the others ask every
// second. A slot is a Web Lock: it is free again the moment its tab is gone, however that happened. On plain HTTP beyond
// localhost browsers have no locks; there a slot is a database that a tab has for itself (database-slots.ts).

import type { SessionEnv, TakeSlot } from '../session/env.ts';
import type { Databases } from './database-slots.ts';

/** Two connections are left for pages, their questions, and what tabs without a slot ask. */
const SLOTS = Array.from({ length: 4 }, (_, at) => `finderscope-stream-${at + 1}`);

/** `locks` is undefined where the browser has none. Where it refuses them, every tab keeps its stream. */
export function createSlots(
  locks: LockManager | undefined,
  databases: Databases,
  after: SessionEnv['after'],
): TakeSlot {
  return locks === undefined ? databaseSlots(databases, after) : () => tryLocks(locks);
}

function databaseSlots(databases: Databases, after: SessionEnv['after']): TakeSlot {
  let take: TakeSlot | undefined;
  return async () => {
    // Without the code there is no slot, which holds nobody up: it is tried again a second later.
    const code = take === undefined ? await import('./database-slots.ts').catch(() => undefined) : undefined;
    take ??= code?.createDatabaseSlots(SLOTS, databases, after);
    return await take?.();
  };
}

/** Storage may be blocked, or the page is being left: it is as if there were no need for slots. */
async function tryLocks(locks: LockManager): Promise<(() => void) | undefined> {
  for (const slot of SLOTS) {
    const release = await tryLock(locks, slot).catch(() => () => undefined);
    if (release !== undefined) return release;
  }
  return undefined;
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
