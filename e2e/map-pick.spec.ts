// What is chosen on the map and what the other panes then show are the same flows, whichever node has told them: Hubble
// names the workload of a pod on the pod's own node alone.

import type { Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { flowLines } from './support/map-flows.ts';
import { enterFilter, filterOf, flowRows, idle, openPage, openWith } from './support/page.ts';
import { startReplay } from './support/replay.ts';
import { ACTION_TIMEOUT_MS } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

/** Rows of the table: of a page that is paused, those that had come by then. */
async function rowCount(page: Page): Promise<number> {
  await idle(page);
  return Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
}

test.use({
  actionTimeout: ACTION_TIMEOUT_MS,
  stackOptions: { demo: ['--scenario', 'star-wars', '--stage', 'A0', '--seed', '7'] },
});

test('a link of the Star Wars lab is the flows of both nodes', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=map,flows&twin=1`);
  const link = page.getByRole('button', { name: 'default/xwing to default/deathstar' });
  await expect(link).toBeVisible();
  // From here on nothing comes that one count has and another has not.
  const live = page.getByRole('radiogroup', { name: 'Live or paused' });
  await live.getByRole('radio', { name: /^Pause/ }).click();
  await enterFilter(page, 'from-ip:172.20.2.51 to-ip:172.20.1.142 or 172.20.2.83');
  await expect.poll(() => rowCount(page)).toBeGreaterThan(0);
  const byAddress = await rowCount(page);
  await page.getByRole('button', { name: 'Remove all filters' }).first().click();
  await expect.poll(() => filterOf(page)).toBe('');
  await link.click();
  await expect.poll(() => filterOf(page)).toBe('from-pod:default/xwing to-pod:default/deathstar-');
  await expect.poll(() => rowCount(page)).toBe(byAddress);
  let byNode = 0;
  for (const node of ['k8s-w1', 'k8s-w2']) {
    await enterFilter(page, `node-name:${node}`);
    await expect.poll(() => rowCount(page)).toBeLessThan(byAddress);
    await expect.poll(() => rowCount(page), `flows told by ${node}`).toBeGreaterThan(0);
    byNode += await rowCount(page);
    await page.goBack();
    await expect.poll(() => rowCount(page)).toBe(byAddress);
  }
  expect(byNode).toBe(byAddress);
});

test('a choice outlives the pods it began with', async ({ page }, testInfo) => {
  const file = testInfo.outputPath('rollout.jsonl');
  const first = flowLines(
    'shop/web -> shop/cart 6 port:80 age:20\nshop/cart-db -> shop/web 2 port:81 age:20',
  );
  const later = flowLines('shop/web -> shop/cart 5 port:80');
  // cart-db is a workload whose pods are found by `shop/cart-` too, so cart is asked for by its own.
  const lines = [
    ...first.map((line) =>
      line.replaceAll('"cart-0"', '"cart-5d-a"').replaceAll('"cart-db-0"', '"cart-db-7-x"'),
    ),
    ...later.map((line) => line.replaceAll('"cart-0"', '"cart-6e-b"').replace('0aa0', '0bb0')),
  ];
  await writeFile(file, lines.join('\n'));
  await using stack = await startReplay(file, lines.length);
  // As it was shared before the second pod came.
  const pick = 'workload:/shop/Deployment/cart,=pod:shop/cart-5d-';
  await openWith(
    page,
    `${stack.url}/?pick=${encodeURIComponent(pick)}&q=${encodeURIComponent('pod:shop/cart-5d-')}`,
    lines.length,
  );
  await expect.poll(() => filterOf(page)).toBe('pod:shop/cart-5d- or shop/cart-6e-');
  await expect(flowRows(page)).toHaveCount(11);
  await expect(page.getByRole('complementary', { name: 'Chosen on the map' })).toContainText('shop/cart');
  await page.getByRole('button', { name: 'Let go' }).click();
  await expect.poll(() => filterOf(page)).toBe('');
});

test('a choice that the filter cannot also ask for leaves it alone, and says so', async ({
  page,
}, testInfo) => {
  const file = testInfo.outputPath('choice.jsonl');
  const lines = flowLines('shop/web -> shop/cart 6 port:80');
  await writeFile(file, lines.join('\n'));
  await using stack = await startReplay(file, lines.length);
  const own = '( pod:shop/web or pod:shop/none )';
  const pick = 'workload:/shop/Deployment/cart,=';
  await openWith(
    page,
    `${stack.url}/?pick=${encodeURIComponent(pick)}&q=${encodeURIComponent(own)}`,
    lines.length,
  );
  const card = page.getByRole('complementary', { name: 'Chosen on the map' });
  await expect(card).toContainText('the other panes show the filter alone');
  await expect.poll(() => filterOf(page)).toBe(own);
  const removeAll = page.getByRole('button', { name: 'Remove all filters' }).first();
  await removeAll.click();
  await expect.poll(() => filterOf(page)).toBe('pod:shop/cart-');
  await expect(card).not.toContainText('the other panes show the filter alone');
  await removeAll.click();
  await expect.poll(() => filterOf(page)).toBe('');
});
