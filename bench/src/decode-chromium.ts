// decode.columns and decode.protobuf_es in Chromium: page/decode.ts, built by Vite and run in a worker.

import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { withPage } from './browser.ts';
import { Child } from './child.ts';
import { type Bench, median } from './measure.ts';

const root = fileURLToPath(new URL('../page', import.meta.url));
const outDir = fileURLToPath(new URL('../../.cache/bench-page', import.meta.url));

type Rates = { readonly columns: readonly number[]; readonly objects: readonly number[] };

export const DECODE_CHROMIUM: Bench = {
  name: 'decode.chromium',
  run: async () => {
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      worker: { format: 'es' },
      build: { outDir, emptyOutDir: true, target: 'es2024', rollupOptions: { input: `${root}/decode.html` } },
    });
    const server = new Child('flow-server.ts', ['0']);
    try {
      const { port = 0 } = await server.next();
      const { columns, objects } = await withPage(async (page) => {
        await page.goto(`http://127.0.0.1:${port}/decode.html`);
        return await page.evaluate<Rates>('window.rates');
      });
      const unit = 'flows/s';
      const baseline = median(objects);
      return [
        { name: 'decode.columns.chromium', unit, value: median(columns), baseline },
        { name: 'decode.protobuf_es.chromium', unit, value: baseline },
      ];
    } finally {
      await server.stop();
    }
  },
};
