// More tabs than a browser has connections to one server: every one of them shows what happens. Where browsers trust the
// page's origin, tabs share out streams by locks; on plain HTTP under any other name, by who has which database open.

import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { openPage, readStats } from './support/page.ts';
import { startStack, type Stack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const TABS = 8;
const STREAMS = 4;

// Eight pages on two cores.
test.slow();
const SOON = { timeout: 60_000 };

for (const { where, host, hasLocks } of [
  { where: 'localhost', host: '127.0.0.1', hasLocks: true },
  { where: 'a name that browsers do not trust', host: 'flows.test', hasLocks: false },
]) {
  test(`eight tabs of one browser over plain HTTP/1.1 from ${where} are all live`, async () => {
    await using stack = await startStack({
      demo: ['--scenario', 'load', '--rate', '5'],
      gateway: ['--allow-origin', `http://${host}`],
    });
    await using browser = await startBrowser(host);
    const context = await browser.newContext();
    const url = `http://${host}:${new URL(stack.url).port}/?panes=flows`;
    const first = await context.newPage();
    await openPage(first, url);
    const { secure, locks } = await first.evaluate(() => ({
      secure: isSecureContext,
      locks: 'locks' in navigator,
    }));
    expect([secure, locks]).toEqual([hasLocks, hasLocks]);
    await expectStreams(stack, 1);

    const others = await Promise.all(Array.from({ length: TABS - 1 }, () => openTab(context, url)));
    await expectStreams(stack, STREAMS);
    for (const page of [first, ...others]) await expectMore(page);

    // A tab that goes leaves its stream to another one.
    const ended = await streamsBrokenOff(stack);
    await first.close();
    await expect
      .poll(() => streamsBrokenOff(stack), { ...SOON, message: 'the first has let go' })
      .toBe(ended + 1);
    await expectStreams(stack, STREAMS);
    for (const page of others) {
      await expectMore(page);
      expect((await readStats(page)).reconnects).toBe(0);
    }

    // So does one that dies: of those that are left every one has a stream then.
    const left = others.slice(STREAMS);
    for (const page of others.slice(0, STREAMS)) await crash(context, page);
    await expectStreams(stack, left.length);
    for (const page of left) await expectMore(page);
  });
}

/** A browser of its own: what one test does to connections and databases is nobody else's business. */
function startBrowser(host: string) {
  const { launchOptions } = test.info().project.use;
  return chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), `--host-resolver-rules=MAP ${host} 127.0.0.1`],
  });
}

async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await openPage(page, url);
  return page;
}

/** Ends the process of the page, as when it runs out of memory. */
async function crash(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
}

async function expectMore(page: Page): Promise<void> {
  const { held } = await readStats(page);
  await expect.poll(async () => (await readStats(page)).held, SOON).toBeGreaterThan(held);
}

async function expectStreams(stack: Stack, count: number): Promise<void> {
  // Only what follows shares; what tabs without a stream ask every second does not.
  await expect
    .poll(() => metric(stack, /^finderscope_gateway_viewers_sharing (\d+)$/m), {
      ...SOON,
      message: 'streams',
    })
    .toBe(count);
}

/** Calls that browsers have broken off. */
function streamsBrokenOff(stack: Stack): Promise<number> {
  const method = 'observer.Observer/GetFlows';
  return metric(
    stack,
    new RegExp(`^finderscope_gateway_calls_total{method="${method}",.*"CANCELLED"} (\\d+)$`, 'm'),
  );
}

async function metric(stack: Stack, line: RegExp): Promise<number> {
  const text = await (await fetch(`${stack.url}/metrics`)).text();
  return Number(line.exec(text)?.[1] ?? 0);
}
