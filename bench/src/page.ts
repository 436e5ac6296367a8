// The page as it is, in Chromium. Needs a build (npm run build).
//
//   ingest.live       a million flows as fast as the page takes them, with table, facets, histogram and edges open,
//                     against a worker that reads the same stream and drops what it reads
//   page.busy_5k      share of the main thread's time that is CPU, at 5,000 flows/s
//   page.row_age_5k   now minus the time of the newest row on screen, looked at in every frame
//   page.first_load_js   JavaScript, gzip, that was asked for before the first row was drawn

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page, Request } from '@playwright/test';
import { NODE_FLAGS } from '@finderscope/gateway/node-flags';
import { readSpent, withPage } from './browser.ts';
import { Child } from './child.ts';
import { loadCorpus } from './corpus.ts';
import { type Bench, median, perSecond, quantile } from './measure.ts';

const ROUNDS = 5;
const FLOWS = 1_000_000;
const RATE = 5000;
const WARM_UP_MS = 6000;
const SLICE_MS = 5000;
const ROW = '[data-testid="flow-rows"] [role="row"]';
const VIEW = '/?panes=map,flows';

/** Runs with a child that serves, see children/; `arg` is its argument. */
export async function withServer<T>(
  file: string,
  arg: number,
  run: (url: string, server: Child) => Promise<T>,
): Promise<T> {
  const server = new Child(file, [String(arg)], NODE_FLAGS);
  try {
    const { port = 0 } = await server.next();
    return await run(`http://127.0.0.1:${port}`, server);
  } finally {
    await server.stop();
  }
}

/** Runs in a page: reads the flows as the page does, but for looking at them; how long that took. */
async function readOnly(bytes: number): Promise<number> {
  const code = `onunhandledrejection = ({ reason }) => setTimeout(() => { throw reason; });
  onmessage = async ({ data: { url, bytes } }) => {
    const response = await fetch(url, { method: 'POST', body: new Uint8Array([0, 0, 0, 0, 2, 0x18, 1]) });
    const reader = response.body.getReader({ mode: 'byob' });
    let buffer = new ArrayBuffer(1 << 18);
    const started = performance.now();
    while (bytes > 0) {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (done) throw new Error('the stream ended early');
      bytes -= value.length;
      buffer = value.buffer;
    }
    postMessage(performance.now() - started);
  };`;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  worker.postMessage({ url: `${location.origin}/observer.Observer/GetFlows`, bytes });
  return await new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<number>) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
  });
}

/** Flows that the page has received so far. */
export const received = (page: Page): Promise<number> =>
  page.evaluate<number>('window.finderscope.stats().then(({ received }) => received)');

export const INGEST: Bench = {
  name: 'ingest.live',
  run: async () => {
    const corpus = await loadCorpus();
    const bytes = Math.floor((FLOWS / corpus.count) * corpus.bytes.length);
    const rates: number[] = [];
    const costs: number[] = [];
    const readRates: number[] = [];
    const readCosts: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await withServer('flow-server.ts', FLOWS, async (url) => {
        await withPage(async (page, cdp) => {
          await page.goto(url + VIEW);
          await page.waitForSelector(ROW);
          const [spentBefore, before] = [await readSpent(cdp), await received(page)];
          let now = before;
          while (now < FLOWS) {
            await page.waitForTimeout(50);
            now = await received(page);
          }
          const spent = await readSpent(cdp);
          rates.push((FLOWS - before) / (spent.wallS - spentBefore.wallS));
          costs.push(((spent.processS - spentBefore.processS) * 1e6) / (FLOWS - before));
        });
        await withPage(async (page, cdp) => {
          await page.goto(`${url}/nothing`);
          const before = await readSpent(cdp);
          const ms = await page.evaluate(readOnly, bytes);
          const spent = await readSpent(cdp);
          readRates.push(perSecond(FLOWS, ms));
          readCosts.push(((spent.processS - before.processS) * 1e6) / FLOWS);
        });
      });
    }
    const rate = { unit: 'flows/s', baseline: median(readRates) };
    const cost = { unit: 'us/flow', baseline: median(readCosts) };
    return [
      { name: 'ingest.live', ...rate, value: median(rates) },
      { name: 'ingest.live.renderer_cpu', ...cost, value: median(costs) },
    ];
  },
};

export const BUSY: Bench = {
  name: 'page.busy_5k',
  run: async () =>
    withServer('stack.ts', RATE, async (url) =>
      withPage(async (page, cdp) => {
        await page.addInitScript(() => {
          const long: number[] = [];
          new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) long.push(duration);
          }).observe({ type: 'longtask' });
          Object.assign(window, { long });
        });
        await page.goto(url + VIEW);
        await page.waitForSelector(ROW);
        await page.waitForTimeout(WARM_UP_MS);
        await page.evaluate('void (window.long.length = 0)');
        const shares: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          const before = await readSpent(cdp);
          await page.waitForTimeout(SLICE_MS);
          const after = await readSpent(cdp);
          shares.push((100 * (after.threadS - before.threadS)) / (after.wallS - before.wallS));
        }
        const long = await page.evaluate<number>('Math.max(0, ...window.long)');
        return [
          { name: 'page.busy_5k', unit: '%', value: median(shares) },
          { name: 'page.busy_5k.longest_task', unit: 'ms', value: long },
        ];
      }),
    ),
};

export const ROW_AGE: Bench = {
  name: 'page.row_age_5k',
  run: async () =>
    withServer('stack.ts', RATE, async (url) =>
      withPage(async (page) => {
        await page.goto(url + VIEW);
        await page.waitForSelector(ROW);
        await page.waitForTimeout(WARM_UP_MS);
        const ages = await page.evaluate(readAges, { row: ROW, forMs: ROUNDS * SLICE_MS });
        return [
          { name: 'page.row_age_5k.p50', unit: 'ms', value: median(ages) },
          { name: 'page.row_age_5k', unit: 'ms', value: quantile(ages, 0.95) },
        ];
      }),
    ),
};

/** Runs in the page: in every frame, how old the newest row on screen is. */
async function readAges({ row, forMs }: { row: string; forMs: number }): Promise<number[]> {
  const dayMs = 86_400_000;
  const ages: number[] = [];
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
    let newest = Number.NEGATIVE_INFINITY;
    for (const element of document.querySelectorAll(row)) {
      const [, h, m, s] = /(\d\d):(\d\d):(\d\d\.\d+)/.exec(element.textContent) ?? [];
      if (h === undefined) continue;
      newest = Math.max(newest, (Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1000);
    }
    ages.push(((Date.now() % dayMs) - newest + dayMs) % dayMs);
  }
  return ages;
}

/** Runs in the page: when the first row came into the document, in milliseconds since the Unix epoch. */
function noteFirstRow(row: string): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector(row) === null) return;
    Object.assign(window, { firstRowAt: Date.now() });
    observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true });
}

export const FIRST_LOAD: Bench = {
  name: 'page.first_load_js',
  run: async () =>
    withServer('flow-server.ts', RATE, async (url) =>
      withPage(async (page) => {
        const scripts: Request[] = [];
        page.on('request', (request) => {
          if (new URL(request.url()).pathname.endsWith('.js')) scripts.push(request);
        });
        await page.addInitScript(noteFirstRow, ROW);
        await page.goto(url);
        await page.waitForSelector(ROW);
        // What is on its way gets its answer: a request without one has no time.
        await page.evaluate('window.finderscope.idle()');
        const drawnAt = await page.evaluate<number>('window.firstRowAt');
        const before = scripts.filter((request) => {
          const { startTime } = request.timing();
          return startTime > 0 && startTime <= drawnAt;
        });
        const paths = new Set(before.map((request) => new URL(request.url()).pathname));
        const dist = new URL('../../apps/web/dist', import.meta.url);
        const sizes = [...paths].map((path) => gzipSync(readFileSync(fileURLToPath(dist) + path)).length);
        return [
          {
            name: 'page.first_load_js',
            unit: 'kB',
            value: sizes.reduce((sum, size) => sum + size, 0) / 1000,
          },
        ];
      }),
    ),
};
