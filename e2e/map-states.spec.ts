// The map while it is being arranged, when it cannot be, and when something new comes; and a pane with a bug in it.

import type { Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { type FlowStream, startFakeRelay } from './support/fake-relay.ts';
import { flowLines, sendFlows } from './support/map-flows.ts';
import { drawnTexts, mapAbout, mapCanvas, type Spot, textSpot } from './support/map-page.ts';
import { flowRows, idle, openPage, openWith } from './support/page.ts';
import { startReplay } from './support/replay.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const PICTURE = `
  shop/frontend -> shop/cart        24 port:8080
  shop/cart     -> data/redis       12 port:6379
  shop/cart     -> api.stripe.com    4 port:443
`;

test('says what it does and what has failed, and shows the same as a table; a pane with a bug costs that pane', async ({
  page,
}, testInfo) => {
  const lines = flowLines(PICTURE);
  const file = testInfo.outputPath('map.jsonl');
  await writeFile(file, lines.join('\n'));
  await using stack = await startReplay(file, lines.length);
  const release = Promise.withResolvers<undefined>();
  await page.route('**/layout.worker-*.js', async (route) => {
    await release.promise;
    await route.abort();
  });
  await openWith(page, `${stack.url}/?panes=map`, lines.length);
  const map = page.getByRole('region', { name: 'Service map' });
  await expect(map.getByText('Arranging 3 workloads…')).toBeVisible();
  release.resolve(undefined);
  await expect(map.getByRole('alert')).toContainText('The map could not be arranged.');
  await expect(map.getByRole('alert')).toContainText('Its worker did not start.');
  await map.getByRole('alert').getByRole('button', { name: 'Show as table' }).click();
  await expect(page.getByRole('table', { name: 'Who talks to whom, 3 links' })).toBeVisible();

  await page.route('**/overview-pane-*.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: 'export const OverviewPane = () => { if (globalThis.isMended) return null; throw new Error("It went wrong."); };',
    }),
  );
  await openWith(page, `${stack.url}/?panes=overview,flows`, lines.length);
  const alert = page.getByRole('alert').filter({ hasText: 'Overview stopped' });
  await expect(alert).toContainText('It went wrong. This is a mistake in Finderscope.');
  await expect(flowRows(page).first()).toBeVisible();
  await page.evaluate('globalThis.isMended = true');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(alert).toHaveCount(0);
  await expect(flowRows(page).first()).toBeVisible();
});

/** Every number of items on their way to their place that the map has had since. */
async function watchArrivals(page: Page): Promise<() => Promise<readonly number[]>> {
  await mapCanvas(page).evaluate((canvas) => {
    const seen: number[] = [];
    Object.assign(globalThis, { seenArrivals: seen });
    new MutationObserver(() => seen.push(Number(canvas.dataset['arriving']))).observe(canvas, {
      attributeFilter: ['data-arriving'],
    });
  });
  return () => page.evaluate<readonly number[]>('globalThis.seenArrivals.splice(0)');
}

test('a node that appears slides to its place and moves no other; with reduced motion it is just there', async ({
  page,
}) => {
  const streams: FlowStream[] = [];
  const send = (picture: string): void => {
    for (const stream of streams) sendFlows(stream, picture);
  };
  await using relay = await startFakeRelay((stream) => {
    streams.push(stream);
    send(PICTURE);
  });
  await using stack = await startStack({ server: relay.address });
  await openPage(page, `${stack.url}/?panes=map`);
  await expect(mapAbout(page)).toContainText('3 workloads');
  const opened = await page.evaluate(() => performance.now());
  // Within the first seconds everything is arranged anew with each that comes.
  await page.waitForFunction((since) => performance.now() > since + 5000, opened);
  const arrivals = await watchArrivals(page);
  const names = ['frontend', 'cart', 'redis', 'api.stripe.com'];
  const spots = async () => {
    await idle(page);
    const found: Spot[] = [];
    for (const name of names) {
      const { x, y } = await textSpot(page, name);
      found.push({ x: Math.round(x), y: Math.round(y) });
    }
    return found;
  };
  const before = await spots();

  send('shop/frontend -> shop/catalog 9 port:8081 age:-3');
  await expect.poll(() => drawnTexts(page)).toContain('catalog');
  await expect.poll(arrivals).toContain(1);
  await expect(mapCanvas(page)).toHaveAttribute('data-arriving', '0');
  expect(await spots()).toEqual(before);

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await arrivals();
  send('shop/frontend -> shop/search 9 port:8082 age:-4');
  await expect.poll(() => drawnTexts(page)).toContain('search');
  expect(new Set(await arrivals())).toEqual(new Set([0]));
  expect(await spots()).toEqual(before);
});
