// `window.finderscope`: what tests and measurements may ask the page.

import type { Engine, Stats } from '../engine/protocol.ts';

export type PageApi = {
  /** The counters at this moment. */
  readonly stats: () => Promise<Stats>;
  /** Resolves when everything received is stored, every open question is answered and the answers are drawn. */
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
      await engine.idle();
      await drawn();
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
