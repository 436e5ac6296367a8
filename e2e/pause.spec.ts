// Reading while flows arrive: paused, nothing moves and what waits is counted; live, a reader who scrolls is left alone.

import type { Page } from '@playwright/test';
import { flowRows, idle, openPage, readStats } from './support/page.ts';
import { expect, test } from './support/test.ts';

/** Resolves when at least `count` more flows have arrived and been drawn. */
async function moreFlows(page: Page, count: number): Promise<void> {
  const { received } = await readStats(page);
  await expect.poll(async () => (await readStats(page)).received).toBeGreaterThanOrEqual(received + count);
  await idle(page);
}

/** Rows in the list, drawn or not; the head counts as one for screen readers. */
async function rowTotal(page: Page): Promise<number> {
  return Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
}

const live = (page: Page) => page.getByRole('radiogroup', { name: 'Live or paused' });

test('Space pauses: nothing moves, what waits is counted, and Space goes live again', async ({
  page,
  stack,
}) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  await expect(flowRows(page).first()).toBeVisible();
  await page.keyboard.press('Space');
  await expect(live(page).getByRole('radio', { name: /^Paused/ })).toBeChecked();
  await expect.poll(() => new URL(page.url()).searchParams.get('at')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  await idle(page);
  const rows = await flowRows(page).allInnerTexts();
  const count = (await rowTotal(page)).toLocaleString('en');
  await expect(page.getByTestId('row-count')).toHaveText(`${count} rows`);
  await expect(page.getByTestId('row-part')).toHaveText('up to the pause');
  expect(rows.length).toBeGreaterThan(5);

  await moreFlows(page, 5);
  expect(await flowRows(page).allInnerTexts()).toEqual(rows);
  await expect(page.getByTestId('row-count')).toHaveText(`${count} rows`);
  const waiting = live(page).getByRole('radio', { name: /^\d+ new$/ });
  await expect(waiting).toBeVisible();
  expect(Number.parseInt(await waiting.innerText(), 10)).toBeGreaterThanOrEqual(5);

  await page.keyboard.press('Space');
  await expect(live(page).getByRole('radio', { name: 'Live' })).toBeChecked();
  expect(new URL(page.url()).searchParams.has('at')).toBe(false);
  await expect.poll(() => flowRows(page).allInnerTexts()).not.toEqual(rows);
});

test('the chip with what is new goes live', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  await expect(flowRows(page).first()).toBeVisible();
  await live(page)
    .getByRole('radio', { name: /^Pause/ })
    .click();
  await live(page).getByRole('radio', { name: /new$/ }).click();
  await expect(live(page).getByRole('radio', { name: 'Live' })).toBeChecked();
});

test('live, new rows never move what a person is reading', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  // More rows than the screen has: there is something to scroll to.
  await expect.poll(async () => (await readStats(page)).held).toBeGreaterThan(100);
  await idle(page);
  const follow = page.getByRole('button', { name: 'Follow' });
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('grid').hover();
  await page.mouse.wheel(0, -400);
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await idle(page);
  const rows = await flowRows(page).allInnerTexts();
  await moreFlows(page, 5);
  expect(await flowRows(page).allInnerTexts()).toEqual(rows);
  // The chip brings what is new into sight, to be read in turn; Follow keeps up with it.
  const chip = page.getByRole('region', { name: 'Flows' }).getByRole('button', { name: /^\d+ new$/ });
  await chip.click();
  await expect.poll(() => flowRows(page).allInnerTexts()).not.toEqual(rows);
  await follow.click();
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  await expect(chip).toBeHidden();
});

test('paused, columns sort', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  await expect(flowRows(page).first()).toBeVisible();
  await page.keyboard.press('Space');
  await expect(live(page).getByRole('radio', { name: /^Paused/ })).toBeChecked();
  const header = page.getByRole('columnheader', { name: 'Source' });
  await header.getByRole('button', { name: 'Source' }).or(header).first().click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await idle(page);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+Home');
  await idle(page);
  const sources = page.getByTestId('flow-rows').locator('[data-column="2"]');
  // Rows of one name stand in the order of their times, not of their ports.
  const texts = (await sources.allInnerTexts()).map((text) => text.split('\n', 1)[0] ?? '');
  expect(texts.length).toBeGreaterThan(5);
  expect(texts).toEqual(texts.toSorted((a, b) => (a < b ? -1 : Number(a > b))));
});
