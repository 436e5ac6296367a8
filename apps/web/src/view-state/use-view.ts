// The page's one view store and the hooks on it. Made on first use, so that tests can import this file without a page.

import { useSyncExternalStore } from 'react';
import { readSettings } from '../settings/store.ts';
import type { ViewNotice } from './query-string.ts';
import { createViewStore, type NavigateOptions, type ViewStore } from './store.ts';
import type { ViewPatch, ViewState } from './view-state.ts';

let pageStore: ViewStore | undefined;

function store(): ViewStore {
  pageStore ??= createViewStore(window, { zone: readSettings().zone });
  return pageStore;
}

/** The view, re-rendering when any of it changes. */
export function useView(): ViewState {
  return useSyncExternalStore(store().subscribe, store().view);
}

/** The view at this moment, for event handlers. */
export function currentView(): ViewState {
  return store().view();
}

/** Hears of a change before anything is drawn anew. Returns the end of it. */
export function onViewChange(listener: () => void): () => void {
  return store().subscribe(listener);
}

/** Changes whenever a whole view is opened: by the guide, by name. */
export function useOpenedViews(): number {
  return useSyncExternalStore(store().subscribe, store().opened);
}

/** Problems with the address as it was opened. */
export function useViewNotices(): readonly ViewNotice[] {
  return useSyncExternalStore(store().subscribe, store().notices);
}

/** The fragment of the address as text, '' without one; `readFragment` reads it. */
export function useHash(): string {
  return useSyncExternalStore(store().subscribe, store().hash);
}

/** The same at this moment, for event handlers. */
export function currentHash(): string {
  return store().hash();
}

/** Takes the fragment out of the address. */
export function dropHash(): void {
  store().dropHash();
}

/** Changes the view and the address; the only way to do so. Nothing happens when nothing changes. */
export function navigate(patch: ViewPatch, options?: NavigateOptions): void {
  store().navigate(patch, options);
}
