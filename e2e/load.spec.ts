// 20,000 flows a second for half a minute: the page stays in use, and at the end every flow is in the books.

import type { Page } from '@playwright/test';
import { injectFault, readCounters } from './support/demo-control.ts';
import {
  enterFilter,
  expectBalanced,
  filterOf,
  flowRows,
  idle,
  openPage,
  readStats,
} from './support/page.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const RATE = 20_000;
const SECONDS = 30;
const KEPT = 250_000;
/**
 * Nodes remember five seconds at this rate. A page that keeps up with it loses nothing, even if it stands still for a
 * moment; of one that does not, all but what it manages is lost.
 */
const MAX_LOST_SHARE = 0.05;
/** By its own clock the cluster makes the flows in 30 s; it falls behind only where the machine gives it no time. */
const GENERATOR_LIMIT_MS = 120_000;

/** Presses in the list and lets go when another row lies there; returns the time that the pressed row showed. */
async function pressWhileRowsGoOn(page: Page): Promise<string> {
  const list = await page.getByTestId('flow-rows').boundingBox();
  if (list === null) throw new Error('no rows are drawn');
  const [x, y] = [list.x + 60, list.y + list.height / 2];
  await page.evaluate(() => {
    const note = ({ target }: Event): void => {
      const row = target instanceof Element ? target.closest('[data-row]') : null;
      document.documentElement.dataset['pressed'] = row?.firstElementChild?.textContent ?? '';
    };
    window.addEventListener('pointerdown', note, { capture: true, once: true });
  });
  await page.mouse.move(x, y);
  await page.mouse.down();
  const pressed = (await page.locator('html').getAttribute('data-pressed')) ?? '';
  expect(pressed).toMatch(/^[\d:.]+$/);
  const timeUnder = () =>
    page.evaluate(
      (at) => document.elementFromPoint(at.x, at.y)?.closest('[data-row]')?.firstElementChild?.textContent,
      { x, y },
    );
  await expect.poll(timeUnder).not.toBe(pressed);
  await page.mouse.up();
  return pressed;
}

test('20,000 flows/s for 30 s, to the flow', async ({ page }) => {
  test.setTimeout(300_000);
  await using stack = await startStack({ demo: ['--scenario', 'load', '--rate', String(RATE)] });
  // Fewer are kept than will come, so that the oldest have to leave.
  await openPage(page, stack.url);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Flows kept' }).selectOption(String(KEPT));
  // This page's own streams are those that are opened from here on.
  const gone = (await readCounters(stack.url)).streams.length;
  await openPage(page, stack.url);

  const generated = async () => Number((await readCounters(stack.url)).flowsGenerated);
  const start = await generated();
  await expect.poll(async () => (await readStats(page)).received).toBeGreaterThan(RATE);

  // In the middle of it the page does what it is asked.
  await enterFilter(page, 'verdict:DROPPED');
  await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
  await idle(page);
  await expect(flowRows(page).first()).toContainText('DROPPED');
  const drops = Number((await page.getByTestId('match-count').locator('b').innerText()).replaceAll(',', ''));
  await expect
    .poll(async () =>
      Number((await page.getByTestId('match-count').locator('b').innerText()).replaceAll(',', '')),
    )
    .toBeGreaterThan(drops);
  const pressed = await pressWhileRowsGoOn(page);
  await expect(page.getByTestId('why')).toBeVisible();
  await expect(page.locator('header time')).toHaveText(pressed);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Remove all filters' }).first().click();
  await expectBalanced(page);

  await expect
    .poll(generated, { timeout: GENERATOR_LIMIT_MS, intervals: [1000] })
    .toBeGreaterThanOrEqual(start + RATE * SECONDS);

  // All nodes fall silent, so that what is on its way can arrive.
  await injectFault(stack.url, { case: 'nodeLost', value: {} });
  const sent = async () => {
    const streams = (await readCounters(stack.url)).streams.slice(gone);
    const sum = (of: (stream: (typeof streams)[number]) => bigint) =>
      Number(streams.reduce((total, stream) => total + of(stream), 0n));
    return sum((stream) => stream.flowsSent) + sum((stream) => stream.eventsReportedLost);
  };
  await expect
    .poll(async () => (await sent()) - (await readStats(page)).received, { timeout: 60_000 })
    .toBe(0);
  await idle(page);
  await expectBalanced(page);
  const stats = await readStats(page);
  expect(stats.received).toBeGreaterThanOrEqual(RATE * SECONDS);
  expect(stats.held).toBe(KEPT);
  expect(stats.skipped).toEqual({ total: 0, malformed: 0, oversized: 0, duplicate: 0 });
  expect(stats.reconnects).toBe(0);
  expect(stats.lost.total).toBeLessThanOrEqual(stats.received * MAX_LOST_SHARE);
  // Nothing else than a ring that was read too late has lost anything.
  expect(stats.lost.hubbleRing).toBe(stats.lost.total);
});
