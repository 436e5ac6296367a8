// Slots where the browser has no locks, which is the case on plain HTTP beyond localhost. A database gets a new version
// only while nobody else has it open, and a browser closes what a tab has open when the tab is gone, however that
// happened. So whoever has given a slot's database a new version has it alone, and holds the slot until it closes it.
//
//   open(name)              which version it is; a new one is ours at once
//   open(name, version + 1) upgradeneeded: ours   blocked: somebody has it   neither: somebody waits for it before us
//
// An open request cannot be taken back. One that comes through after all is let go of, and until then its slot is not
// asked for again: tabs without a slot, which ask every second, cost nothing here.

import type { SessionEnv, TakeSlot } from '../session/env.ts';

export type Databases = Pick<IDBFactory, 'open'>;

/** A tab whose first flow waits for a slot waits no longer than this; a busy tab may answer later. */
export const ANSWER_MS = 500;

/** Somebody else was faster; or we have let go of it ourselves. */
const LATE: ReadonlySet<string | undefined> = new Set(['VersionError', 'AbortError']);

/** One slot for each name, for all tabs of one browser at this origin. Where it keeps no databases, a slot is always free. */
export function createDatabaseSlots(
  names: readonly string[],
  databases: Databases,
  after: SessionEnv['after'],
): TakeSlot {
  const unanswered = new Set<string>();
  return () => {
    const { promise, resolve } = Promise.withResolvers<(() => void) | undefined>();
    const open = new Set(names.filter((name) => !unanswered.has(name)));
    let isOver = false;
    const settle = (release: (() => void) | undefined): void => {
      isOver = true;
      cancel();
      resolve(release);
    };
    const cancel = after(ANSWER_MS, () => settle(undefined));
    const refuse = (name: string): void => {
      open.delete(name);
      if (open.size === 0 && !isOver) settle(undefined);
    };
    const tryOne = async (name: string): Promise<void> => {
      unanswered.add(name);
      const outcome = await openAlone(databases, name, {
        isWanted: () => !isOver,
        blocked: () => refuse(name),
      });
      unanswered.delete(name);
      if (outcome === 'refused') refuse(name);
      else if (isOver) outcome?.close();
      else settle(() => outcome?.close());
    };
    if (open.size === 0) settle(undefined);
    for (const name of open) void tryOne(name);
    return promise;
  };
}

type Asking = { readonly isWanted: () => boolean; readonly blocked: () => void };

/** The database while this tab has it alone; undefined where there are none. */
async function openAlone(
  databases: Databases,
  name: string,
  asking: Asking,
): Promise<IDBDatabase | 'refused' | undefined> {
  const known = await openOnce(databases, name, undefined, asking);
  if (known.state !== 'shared') return outcomeOf(known);
  const { version } = known.database;
  known.database.close();
  if (!asking.isWanted()) return 'refused';
  const ours = await openOnce(databases, name, version + 1, asking);
  if (ours.state === 'shared') ours.database.close();
  return outcomeOf(ours);
}

type Opened =
  | { readonly state: 'alone'; readonly database: IDBDatabase }
  /** At the version that it has had before, whoever else has it. */
  | { readonly state: 'shared'; readonly database: IDBDatabase }
  | { readonly state: 'failed'; readonly error: string | undefined };

function outcomeOf(opened: Opened): IDBDatabase | 'refused' | undefined {
  if (opened.state === 'failed') return LATE.has(opened.error) ? 'refused' : undefined;
  return opened.state === 'alone' ? opened.database : 'refused';
}

function openOnce(
  databases: Databases,
  name: string,
  version: number | undefined,
  { isWanted, blocked }: Asking,
): Promise<Opened> {
  return new Promise((resolve) => {
    let state: 'alone' | 'shared' = 'shared';
    try {
      const request = databases.open(name, version);
      request.addEventListener('upgradeneeded', () => {
        if (isWanted()) state = 'alone';
        else request.transaction?.abort();
      });
      request.addEventListener('blocked', blocked);
      request.addEventListener('success', () => resolve({ state, database: request.result }));
      request.addEventListener('error', () => resolve({ state: 'failed', error: request.error?.name }));
    } catch (error) {
      resolve({ state: 'failed', error: error instanceof DOMException ? error.name : undefined });
    }
  });
}
