// How the end-to-end tests run. The browser is the one that `npm test` found; FINDERSCOPE_CHROMIUM names another.

import { defineConfig } from '@playwright/test';

const executablePath = process.env['FINDERSCOPE_CHROMIUM'];
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  // What lies in hubble/ is vitest's. Twenty thousand flows a second need the machine for themselves: last and alone
  // (by itself: `--project alone --no-deps`).
  projects: [
    { name: 'page', testMatch: '*.spec.ts', testIgnore: ['load.spec.ts', 'chaos.spec.ts'] },
    { name: 'alone', testMatch: 'load.spec.ts', dependencies: ['page'] },
    // Ten minutes: only when they are asked for.
    ...(process.env['FINDERSCOPE_CHAOS_S'] === undefined
      ? []
      : [{ name: 'chaos', testMatch: 'chaos.spec.ts' }]),
  ],
  outputDir: '../test-results',
  // Each with a cluster and a gateway of its own; a page waits more than it works.
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  // A build server is shared with others: a test that fails is tried once more there, and named as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  // Axe looks at every state of a pane in one test, and a build server may be slow.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // The test run counts from the report; a person reads the list.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] === undefined ? 'list' : [['list'], ['json']],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    timezoneId: 'UTC',
    locale: 'en-GB',
    // Recording costs as much as the test; where there is a second try, that one is recorded.
    trace: process.env['CI'] === undefined ? 'retain-on-failure' : 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // Its own sandbox cannot be set up by root.
        ...(isRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
});
