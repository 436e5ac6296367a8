// Ties the view to the browser's history. The address is the only copy: the store caches what it last read from it.

import { DEFAULT_VIEW, formatView, readView, type ReadView, type ViewNotice } from './query-string.ts';
import type { ViewPatch, ViewState } from './view-state.ts';

/** The part of `window` that is used; tests give their own. */
export type HistoryWindow = {
  readonly location: { readonly pathname: string; readonly search: string; readonly hash: string };
  readonly history: {
    pushState(data: unknown, unused: string, url: string): void;
    replaceState(data: unknown, unused: string, url: string): void;
  };
  addEventListener(type: 'popstate', listener: () => void): void;
};

export type NavigateOptions = {
  /** The step is not one to come back to: typing, dragging, following. */
  readonly replace?: boolean;
  /** A whole view is opened, as from its link: what was read in the one before is left. */
  readonly opens?: boolean;
};

export type ViewStore = {
  readonly view: () => ViewState;
  /** Problems with the address as it was last opened or come back to. */
  readonly notices: () => readonly ViewNotice[];
  /** `#...`, or '' without one. It stays through all navigation, until it is dropped. */
  readonly hash: () => string;
  /** Takes the fragment out of the address. */
  readonly dropHash: () => void;
  readonly navigate: (patch: ViewPatch, options?: NavigateOptions) => void;
  /** How many views were opened since the page was; the same view opened again counts. */
  readonly opened: () => number;
  /** Returns the end of the subscription. */
  readonly subscribe: (listener: () => void) => () => void;
};

/** `preferred` fills what an address without any query leaves open; a link that says anything ignores it. */
export function createViewStore(host: HistoryWindow, preferred: ViewPatch = {}): ViewStore {
  const listeners = new Set<() => void>();
  let current: ReadView = readAddress();
  let hash = host.location.hash;
  let opened = 0;

  function readAddress(): ReadView {
    if (host.location.search === '') return { view: { ...DEFAULT_VIEW, ...preferred }, notices: [] };
    return readView(host.location.search);
  }
  function publish(next: ReadView): void {
    current = next;
    for (const listener of listeners) listener();
  }
  host.addEventListener('popstate', () => {
    hash = host.location.hash;
    publish(readAddress());
  });

  return {
    view: () => current.view,
    notices: () => current.notices,
    hash: () => hash,
    dropHash: () => {
      hash = '';
      host.history.replaceState(null, '', `${host.location.pathname}${host.location.search}`);
      publish(current);
    },
    navigate: (patch, options = {}) => {
      const view = { ...current.view, ...patch };
      const search = formatView(view);
      if (options.opens === true) opened++;
      if (search === formatView(current.view)) {
        if (options.opens === true) publish(current);
        return;
      }
      const url = `${host.location.pathname}${search}${hash}`;
      if (options.replace === true) host.history.replaceState(null, '', url);
      else host.history.pushState(null, '', url);
      publish({ view, notices: current.notices });
    },
    opened: () => opened,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
