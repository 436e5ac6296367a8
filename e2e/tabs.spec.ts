// More tabs than a browser has connections to one server: every one of them shows what happens.

import type { Page } from '@playwright/test';
import { openPage, readStats } from './support/page.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

test('eight tabs of one browser over plain HTTP/1.1 are all live', async ({ context }) => {
  // Eight pages on two cores.
  test.slow();
  await using stack = await startStack({ demo: ['--scenario', 'load', '--rate', '50'] });
  const pages: Page[] = [];
  for (let tab = 0; tab < 8; tab++) {
    const page = await context.newPage();
    await openPage(page, `${stack.url}/?panes=flows`);
    pages.push(page);
  }
  const before = await Promise.all(pages.map(async (page) => (await readStats(page)).held));
  for (const [tab, page] of pages.entries()) {
    await expect.poll(async () => (await readStats(page)).held).toBeGreaterThan(before[tab] ?? 0);
  }
  // A tab that goes leaves its connection to another one.
  await pages[0]?.close();
  const last = pages[7];
  if (last === undefined) throw new Error('there is no eighth tab');
  const { held } = await readStats(last);
  await expect.poll(async () => (await readStats(last)).held).toBeGreaterThan(held);
  expect((await readStats(last)).reconnects).toBe(0);
});
