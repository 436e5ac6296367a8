// What a spec asks of the page beyond what is on screen.

import { expect, type Locator, type Page } from '@playwright/test';

/** The counters of window.finderscope.stats(). */
export type PageStats = {
  readonly received: number;
  readonly held: number;
  readonly filtered: number;
  readonly evicted: number;
  readonly lost: {
    readonly total: number;
    readonly perfRing: number;
    readonly observerQueue: number;
    readonly hubbleRing: number;
    readonly unknown: number;
  };
  readonly sampled: number;
  readonly skipped: {
    readonly total: number;
    readonly malformed: number;
    readonly oversized: number;
    readonly duplicate: number;
  };
  readonly reconnects: number;
};

/** Opens a URL and waits until the page has answered everything it was asked. */
export async function openPage(page: Page, url: string): Promise<void> {
  await page.goto(url);
  // A filter with an expression keeps the page waiting for the library that reads it.
  await expect
    .poll(() => page.evaluate<boolean>('window.finderscope !== undefined'), { message: 'the page is up' })
    .toBe(true);
  await idle(page);
}

/** Opens a URL and waits until the page holds as many flows as the server has. */
export async function openWith(page: Page, url: string, flows: number): Promise<void> {
  await openPage(page, url);
  await expect.poll(async () => (await readStats(page)).held, { message: 'flows held' }).toBe(flows);
  await idle(page);
}

/** Resolves when all bytes received so far are in the store and every open query has been answered since. */
export async function idle(page: Page): Promise<void> {
  await page.evaluate('window.finderscope.idle()');
}

/** The page's books, read at one moment. */
export async function readStats(page: Page): Promise<PageStats> {
  return await page.evaluate<PageStats>('window.finderscope.stats()');
}

/** The rows of the flows table that are drawn, without the head. */
export function flowRows(page: Page): Locator {
  return page.getByTestId('flow-rows').getByRole('row');
}

/** The texts of all rows of a list that stands still, in its order: walks through it a screen at a time. */
export async function readAllRows(page: Page): Promise<readonly string[]> {
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('Control+Home');
  const total = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const texts = new Map<number, string>();
  for (let screens = 0; texts.size < total; screens++) {
    expect(screens, 'screens walked through').toBeLessThan(total);
    await idle(page);
    const drawn = await flowRows(page).evaluateAll((rows) =>
      rows.map((row) => [Number(row.getAttribute('data-row')), (row as HTMLElement).innerText] as const),
    );
    for (const [index, text] of drawn) texts.set(index, text);
    await page.keyboard.press('PageDown');
  }
  return Array.from({ length: total }, (_, index) => texts.get(index) ?? '');
}

/** The line to type filters in. */
export function filterLine(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Filter' });
}

/** Writes a filter into the bar and enters it. */
export async function enterFilter(page: Page, text: string): Promise<void> {
  const line = filterLine(page);
  await line.fill(text);
  await line.press('Enter');
}

/** The filter in the address, as the page wrote it. */
export function filterOf(page: Page): string {
  return new URL(page.url()).searchParams.get('q') ?? '';
}

/** The books add up, exactly: what was received is held, evicted, lost or skipped. */
export async function expectBalanced(page: Page): Promise<void> {
  const { received, held, evicted, lost, skipped } = await readStats(page);
  expect(held + evicted + lost.total + skipped.total, 'held + evicted + lost + skipped').toBe(received);
}
