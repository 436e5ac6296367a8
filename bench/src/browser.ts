// Chromium for benches: FINDERSCOPE_CHROMIUM names it, else the one that Playwright has installed.

import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';

const isRoot = process.getuid?.() === 0;
const SIZE = { width: 1440, height: 900 };

/** Runs with a fresh browser and page, and ends both. */
export async function withPage<T>(run: (page: Page, cdp: CDPSession) => Promise<T>): Promise<T> {
  const executablePath = process.env['FINDERSCOPE_CHROMIUM'];
  const browser: Browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--disable-gpu', '--disable-background-networking', ...(isRoot ? ['--no-sandbox'] : [])],
  });
  try {
    const context = await browser.newContext({ viewport: SIZE, timezoneId: 'UTC', locale: 'en-GB' });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    return await run(page, cdp);
  } finally {
    await browser.close();
  }
}

export type Spent = {
  readonly wallS: number;
  /** CPU of the main thread. */
  readonly threadS: number;
  /** CPU of the renderer, worker and all. */
  readonly processS: number;
};

/** What the renderer has spent so far. */
export async function readSpent(cdp: CDPSession): Promise<Spent> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { wallS: value('Timestamp'), threadS: value('ThreadTime'), processS: value('ProcessTime') };
}
