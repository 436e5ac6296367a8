// Workers as entries of the page's own build. Vite builds each worker for itself, so that what page and worker share
// (the filter language, the descriptors of Hubble's messages) is fetched twice under two names. As entries of one build
// they share chunks: fetched once, and by then in the browser's cache.

import { basename } from 'node:path';
import type { ModulePreloadOptions, Plugin } from 'vite';

const NEW_WORKER = /new Worker\(\s*new URL\(\s*'(\.[^']+)'\s*,\s*import\.meta\.url\s*\)/g;

/** For builds alone: in development Vite serves workers as they are. */
export function workerChunks(): Plugin {
  return {
    name: 'finderscope:worker-chunks',
    apply: 'build',
    // Before Vite's own plugin, which then finds no worker any more.
    enforce: 'pre',
    transform: {
      filter: { code: 'new Worker(' },
      async handler(code, id) {
        const places = [...code.matchAll(NEW_WORKER)];
        if (places.length === 0) return undefined;
        let replaced = code;
        for (const [place, path = ''] of places) {
          const entry = await this.resolve(path, id);
          if (entry === null) this.error(`no worker at ${path}`);
          const name = basename(path, '.ts');
          const reference = this.emitFile({ type: 'chunk', id: entry.id, name });
          replaced = replaced.replace(place, `new Worker(import.meta.ROLLUP_FILE_URL_${reference}`);
        }
        return { code: replaced, map: null };
      },
    },
  };
}

/** What is fetched together with a part that comes later. A worker has no document to put preload links into. */
export const modulePreload: ModulePreloadOptions = {
  resolveDependencies: (_file, dependencies, { hostId }) =>
    /(^|[/.])worker-[^/]*$/.test(hostId) ? [] : dependencies,
};
