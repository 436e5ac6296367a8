// Tells the engine of a changed filter before the page is drawn with it: what somebody waits for is found meanwhile.

import type { Engine } from '../engine/protocol.ts';

export type FilterViews = {
  readonly view: () => { readonly filter: string };
  /** Hears of a change before anything is drawn anew. */
  readonly subscribe: (listener: () => void) => () => void;
};

/** Returns the end of it. */
export function expectFilters(engine: Pick<Engine, 'expect'>, views: FilterViews): () => void {
  let told = views.view().filter;
  return views.subscribe(() => {
    const { filter } = views.view();
    if (filter === told) return;
    told = filter;
    // Not looked into here: to find out that it is none takes as long as to begin with it.
    engine.expect(filter);
  });
}
