// The tests that need Hubble's own programs: a run of their own, started by `npm test -- --only hubble`.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['*.test.ts'],
    // Programs of a hundred megabytes start slowly, and share two cores with what they judge.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    setupFiles: [fileURLToPath(import.meta.resolve('@finderscope/flow-query/expressions'))],
  },
});
