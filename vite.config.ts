// Builds apps/web into apps/web/dist and runs every unit test of the repository.
// `base` is relative: one build works on any sub-path, as a gateway behind an ingress needs.

import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { boundFirstLoad } from './vite.first-load.ts';
import { modulePreload, workerChunks } from './vite.workers.ts';

const repository = fileURLToPath(new URL('.', import.meta.url));

/** In development the page comes from Vite and everything else from the gateway. */
const gateway = process.env['FINDERSCOPE_DEV_GATEWAY'] ?? 'http://localhost:12000';
const proxied = '^/(api/|healthz|observer\\.|peer\\.|grpc\\.|finderscope\\.)';

/** The page's entry and the engine's worker, without which no row is drawn. */
const FIRST_LOAD = ['/apps/web/index.html', '/apps/web/src/engine/worker.ts'];
const FIRST_LOAD_MAX_KB = 285;

export default defineConfig({
  root: `${repository}apps/web`,
  base: './',
  plugins: [react(), tailwindcss(), workerChunks(), boundFirstLoad(FIRST_LOAD, FIRST_LOAD_MAX_KB)],
  worker: { format: 'es' },
  server: { proxy: { [proxied]: { target: gateway } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2024',
    modulePreload,
    // Inlined fonts and images would need data: in the content security policy.
    assetsInlineLimit: 0,
  },
  test: {
    root: repository,
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}', 'scripts/*.test.mjs'],
    environment: 'node',
    // Nothing waits that long; a busy machine with all workers running may.
    testTimeout: 20_000,
  },
});
