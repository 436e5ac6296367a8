// The first minute: the page opens, flows run, the strip says from where, and every flow is accounted for.

import { expectBalanced, flowRows, openPage, readStats } from './support/page.ts';
import { expect, test } from './support/test.ts';

test('a newcomer sees flows of the demo cluster', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect(page).toHaveTitle(/Finderscope/);
  const rows = page
    .getByRole('grid')
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
  await expect(rows.first()).toBeVisible();
  const strip = page.getByRole('contentinfo');
  await expect(strip.getByRole('button', { name: /\bconnected/ })).toBeVisible();
  await expect(strip.getByRole('button', { name: /^Held/ })).toBeVisible();
});

test('the books add up, and a narrow window keeps every counter', async ({ page, stack }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await openPage(page, stack.url);
  await expect.poll(async () => (await readStats(page)).received).toBeGreaterThan(0);
  await expectBalanced(page);
  await page.setViewportSize({ width: 700, height: 700 });
  const strip = page.getByRole('contentinfo');
  await strip.getByRole('button', { name: /^\d more counters?$/ }).click();
  const all = page.getByRole('dialog', { name: 'All counters' });
  for (const name of ['Held', 'Complete', 'Lost 0', 'Sampled none', 'Clock skew']) {
    await expect(all).toContainText(name);
  }
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 2000, height: 700 });
  await expect(strip.getByRole('button', { name: 'Clock skew' })).toBeVisible();
  await expect(strip.getByRole('button', { name: /more counters?$/ })).toHaveCount(0);
});

test('rows come before timeline, facets and map, whose places are kept', async ({ page, stack }) => {
  const open = Promise.withResolvers<void>();
  let held = 0;
  await page.route(/\/assets\/(timeline|rail|map-pane)-[^/]*\.js$/, async (route) => {
    held++;
    await open.promise;
    await route.continue();
  });
  await page.goto(`${stack.url}/?panes=map,flows`);
  await expect(flowRows(page).first()).toBeVisible();
  await expect.poll(() => held).toBe(3);
  const flows = page.getByRole('region', { name: 'Flows', exact: true });
  const place = await flows.boundingBox();
  for (const name of ['Timeline', 'Facets', 'Service map'])
    await expect(page.getByRole('region', { name, exact: true })).toHaveCount(0);
  open.resolve();
  for (const name of ['Timeline', 'Facets', 'Service map'])
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
  expect(await flows.boundingBox()).toEqual(place);
});
