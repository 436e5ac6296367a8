// `window.finderscope`: what tests and measurements may ask the page.

import type { Engine, Stats } from '../engine/protocol.ts';
import { isFetchingParts, partsFetched } from '../loading/fetches.ts';
import { valuesSettled } from '../panes/settle.ts';

export type PageApi = {
  /** The counters at this moment. */
  readonly stats: () => Promise<Stats>;
  /**
   * Resolves when everything received is stored, the code of what is open has come, every open question is answered
   * and the answers are drawn.
   */
  readonly idle: () => Promise<void>;
};

declare global {
  interface Window {
    finderscope?: PageApi;
  }
}

/** Returns the end of it. */
export function installPageApi(engine: Engine): () => void {
  const api: PageApi = {
    stats: () => engine.stats(),
    idle: async () => {
      // What has come is drawn, and may then ask: a part its first questions, a status shown those of panes.
      do {
        await partsFetched();
        await drawn();
        await engine.idle();
        await drawn();
        if (!(await valuesSettled())) continue;
        await drawn();
        await engine.idle();
        await drawn();
      } while (isFetchingParts());
    },
  };
  window.finderscope = api;
  return () => {
    if (window.finderscope === api) delete window.finderscope;
  };
}

/** Two frames: React commits in the first, the browser has painted by the second. A hidden tab has no frames. */
function drawn(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
