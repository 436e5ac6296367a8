// More tabs than a browser has connections to one server: every one of them shows what happens. Where the page's origin
// is one that browsers trust, tabs share by locks; on plain HTTP under any other name they ask each other.

import { chromium, type Page } from '@playwright/test';
import { openPage, readStats } from './support/page.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

for (const { name, hasLocks } of [
  { name: 'localhost', hasLocks: true },
  { name: 'flows.test', hasLocks: false },
]) {
  test(`eight tabs of one browser over plain HTTP/1.1 from ${name} are all live`, async () => {
    // Eight pages on two cores.
    test.slow();
    await using stack = await startStack({
      demo: ['--scenario', 'load', '--rate', '50'],
      gateway: ['--allow-origin', `http://${name}`],
    });
    const { launchOptions } = test.info().project.use;
    await using browser = await chromium.launch({
      ...launchOptions,
      args: [...(launchOptions?.args ?? []), `--host-resolver-rules=MAP ${name} 127.0.0.1`],
    });
    const context = await browser.newContext();
    const url = `http://${name}:${new URL(stack.url).port}/?panes=flows`;
    const pages: Page[] = [];
    for (let tab = 0; tab < 8; tab++) {
      const page = await context.newPage();
      await openPage(page, url);
      pages.push(page);
    }
    expect(await pages[0]?.evaluate('navigator.locks !== undefined')).toBe(hasLocks);
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
}
