// The page's settings: read once, written through, followed when another tab changes them.

import { useSyncExternalStore } from 'react';
import { parseSettings, type Settings } from './schema.ts';

const KEY = 'finderscope.settings';

/** The part of `Storage` that is used. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

export type SettingsStore = {
  readonly read: () => Settings;
  /** False when the browser refused to store; the settings then hold for this page only. */
  readonly change: (patch: Partial<Settings>) => boolean;
  /** Reads storage again: another tab wrote. */
  readonly refresh: () => void;
  readonly subscribe: (listener: () => void) => () => void;
};

export function createSettingsStore(storage: SettingsStorage | undefined): SettingsStore {
  const listeners = new Set<() => void>();
  let current = parseSettings(storage?.getItem(KEY) ?? null);
  function publish(next: Settings): void {
    current = next;
    for (const listener of listeners) listener();
  }
  return {
    read: () => current,
    change: (patch) => {
      publish({ ...current, ...patch });
      return store(storage, JSON.stringify(current));
    },
    refresh: () => publish(parseSettings(storage?.getItem(KEY) ?? null)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function store(storage: SettingsStorage | undefined, text: string): boolean {
  if (storage === undefined) return false;
  try {
    storage.setItem(KEY, text);
    return true;
  } catch (error) {
    // Full or forbidden: the caller says so.
    if (error instanceof DOMException) return false;
    throw error;
  }
}

/** localStorage, or undefined where the browser forbids it to this page. */
function openStorage(): SettingsStorage | undefined {
  try {
    return window.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

let pageStore: SettingsStore | undefined;

function settings(): SettingsStore {
  if (pageStore === undefined) {
    const created = createSettingsStore(openStorage());
    window.addEventListener('storage', (event) => {
      if (event.key === KEY || event.key === null) created.refresh();
    });
    pageStore = created;
  }
  return pageStore;
}

export function readSettings(): Settings {
  return settings().read();
}

export function useSettings(): Settings {
  return useSyncExternalStore(settings().subscribe, settings().read);
}

/** False when the browser refused to store. */
export function changeSettings(patch: Partial<Settings>): boolean {
  return settings().change(patch);
}
