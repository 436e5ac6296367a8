// The service map and the timeline in Chromium, while 5,000 flows arrive each second. Needs a build (npm run build).
//
//   map.first_draw_300   from the click that opens the map to the frame that shows 300 services and 1,000 links
//   map.pan_300          time between frames while the map is dragged, 95 of 100 are shorter; .cpu: CPU of the main
//                        thread for each of them
//   map.layout_2000      as the first, with 2,000 services folded into islands
//   timeline.redraw      time between frames while the timeline slides

import type { CDPSession, Page } from '@playwright/test';
import { readSpent, withPage } from './browser.ts';
import { BUSY, LARGE, type Traffic } from './map-traffic.ts';
import { type Bench, median, quantile } from './measure.ts';
import { withServer } from './page.ts';

const RUNS = 5;
const PAN_MS = 4000;
const ONE_FRAME_MS = 1000 / 60;
/** Drawn: the canvas says where its camera stands. */
const DRAWN = `document.querySelector('[data-testid=map-canvas]')?.dataset.camera !== undefined`;

/** Runs with the page open on the flows alone, once it holds all that the map will show. */
async function withTraffic<T>(
  { services, flows }: Traffic,
  run: (page: Page, cdp: CDPSession, url: string) => Promise<T>,
): Promise<T> {
  return await withServer('replay.ts', services, (url) =>
    withPage(async (page, cdp) => {
      await page.goto(`${url}/?panes=flows`);
      await untilTrue(
        page,
        `window.finderscope === undefined ? false : window.finderscope.stats().then(({ held }) => held >= ${Math.min(flows, 10_000)})`,
      );
      return await run(page, cdp, url);
    }),
  );
}

/** ms to the first drawing, `RUNS` times. */
/** The page's policy forbids what evaluates text inside of it, as `waitForFunction` does. */
async function untilTrue(page: Page, expression: string): Promise<void> {
  while (!(await page.evaluate<boolean>(expression))) await page.waitForTimeout(50);
}

async function firstDraws(page: Page): Promise<readonly number[]> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    times.push(
      await page.evaluate<number>(`new Promise((resolve) => {
        const start = performance.now();
        const look = () => (${DRAWN} ? resolve(performance.now() - start) : requestAnimationFrame(look));
        document.querySelector('button[aria-label=Map]').click();
        requestAnimationFrame(look);
      })`),
    );
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    await untilTrue(page, `!(${DRAWN})`);
  }
  return times;
}

export const FIRST_DRAW: Bench = {
  name: 'map.first_draw_300',
  run: () =>
    withTraffic(BUSY, async (page) => [
      { name: 'map.first_draw_300', unit: 'ms', value: median(await firstDraws(page)) },
    ]),
};

export const LAYOUT: Bench = {
  name: 'map.layout_2000',
  run: () =>
    withTraffic(LARGE, async (page) => [
      { name: 'map.layout_2000', unit: 'ms', value: median(await firstDraws(page)) },
    ]),
};

export const PAN: Bench = {
  name: 'map.pan_300',
  run: () =>
    withTraffic(BUSY, async (page, cdp, url) => {
      await page.goto(`${url}/?panes=map`);
      await untilTrue(page, DRAWN);
      const still = await frames(page, PAN_MS, async () => undefined);
      const before = await readSpent(cdp);
      const panned = await frames(page, PAN_MS, (until) => pan(page, until));
      const cpuMs = ((await readSpent(cdp)).threadS - before.threadS) * 1000;
      return [
        { name: 'map.pan_300', unit: 'ms', value: quantile(panned, 0.95), baseline: ONE_FRAME_MS },
        { name: 'map.pan_300.median', unit: 'ms', value: median(panned), baseline: ONE_FRAME_MS },
        { name: 'map.pan_300.cpu', unit: 'ms', value: cpuMs / panned.length, baseline: ONE_FRAME_MS },
        { name: 'map.pan_300.untouched', unit: 'ms', value: quantile(still, 0.95), baseline: ONE_FRAME_MS },
      ];
    }),
};

export const TIMELINE: Bench = {
  name: 'timeline.redraw',
  run: () =>
    withTraffic(BUSY, async (page, cdp) => {
      const before = await readSpent(cdp);
      const taken = await frames(page, PAN_MS, async () => undefined);
      const cpuMs = ((await readSpent(cdp)).threadS - before.threadS) * 1000;
      return [
        { name: 'timeline.redraw', unit: 'ms', value: quantile(taken, 0.95), baseline: ONE_FRAME_MS },
        { name: 'timeline.redraw.cpu', unit: 'ms', value: cpuMs / taken.length, baseline: ONE_FRAME_MS },
      ];
    }),
};

async function pan(page: Page, untilMs: number): Promise<void> {
  const box = await page.getByTestId('map-canvas').boundingBox();
  if (box === null) throw new Error('the map is not on screen');
  // At the edge, where a drag moves the map and no card.
  const at = { x: box.x + 6, y: box.y + box.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let step = 0; performance.now() < untilMs; step++) {
    await page.mouse.move(at.x + 200 + 180 * Math.sin(step / 20), at.y + 120 * Math.cos(step / 14));
  }
  await page.mouse.up();
}

/** ms between frames while something is done. */
async function frames(
  page: Page,
  lengthMs: number,
  act: (untilMs: number) => Promise<void>,
): Promise<readonly number[]> {
  const taken = page.evaluate<number[]>(`new Promise((resolve) => {
    const times = [];
    const end = performance.now() + ${lengthMs};
    const tick = (now) => { times.push(now); now < end ? requestAnimationFrame(tick) : resolve(times); };
    requestAnimationFrame(tick);
  })`);
  await act(performance.now() + lengthMs - 200);
  const times = await taken;
  return times.slice(1).map((time, at) => time - (times[at] ?? time));
}
