// The first minute: the page opens, flows run, the strip says from where, and every flow is accounted for.

import { idle, openPage, readStats } from './support/page.ts';
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

test('the books add up', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect.poll(async () => (await readStats(page)).received).toBeGreaterThan(0);
  await idle(page);
  const { received, held, evicted, lost, skipped } = await readStats(page);
  expect(received).toBe(held + evicted + lost.total + skipped.total);
});
