// axe finds nothing to complain about in any state of the page, in both themes.

import type { Page } from '@playwright/test';
import { expectNoViolation } from './support/axe.ts';
import { enterFilter, filterLine, flowRows, idle, openPage } from './support/page.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

/** Paused: what axe measures must not change under it. */
async function openPaused(page: Page, url: string): Promise<void> {
  await openPage(page, url);
  await expect(flowRows(page).nth(5)).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: /^Paused/ })).toBeChecked();
  await idle(page);
}

test('live', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect(flowRows(page).nth(5)).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Live' })).toBeChecked();
  // Rows that leave while axe looks at them have no colours to measure.
  await page.getByRole('button', { name: 'Follow' }).click();
  await idle(page);
  await expectNoViolation(page);
});

test('paused, with filters, groups and a selected flow', async ({ page, stack }) => {
  await openPaused(page, `${stack.url}/?q=not+verdict:TRACED+(protocol:tcp+or+protocol:dns)&group=1`);
  await expectNoViolation(page);
  await page.getByRole('button', { name: 'Group identical flows' }).click();
  await idle(page);
  await flowRows(page).nth(3).click();
  await expect(page.getByTestId('why')).toBeVisible();
  await expectNoViolation(page);
  await page.getByRole('button', { name: /^All \d+ fields$/ }).click();
  await expectNoViolation(page);
});

test('a drop, as compact lines', async ({ page, stack }) => {
  await openPaused(page, `${stack.url}/?q=verdict:DROPPED&lines=1`);
  await flowRows(page).nth(1).click();
  await expect(page.getByTestId('why')).toBeVisible();
  await expectNoViolation(page);
});

test('completion open, and a filter that cannot be read', async ({ page, stack }) => {
  await openPaused(page, `${stack.url}/?panes=flows`);
  await filterLine(page).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectNoViolation(page);
  await page.keyboard.type('verdict:');
  await expect(page.getByRole('option', { name: /^FORWARDED/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expectNoViolation(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await enterFilter(page, 'http-status:9x');
  await expect(filterLine(page)).toHaveAttribute('aria-invalid', 'true');
  await expectNoViolation(page);
});

test('dialogs and popovers', async ({ page, stack }) => {
  await openPaused(page, `${stack.url}/?panes=flows`);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await expectNoViolation(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await expectNoViolation(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  for (const [button, panel] of [
    [page.getByRole('button', { name: 'Settings' }), page.getByRole('dialog', { name: 'Settings' })],
    [page.getByRole('button', { name: /^Hidden/ }), page.getByRole('dialog', { name: 'Hidden flows' })],
    [page.getByRole('button', { name: /^Nodes/ }), page.getByRole('dialog', { name: 'Nodes' })],
    [page.getByRole('button', { name: /^Source/ }), page.getByRole('menu', { name: /demo cluster/ })],
  ] as const) {
    await button.click();
    await expect(panel).toBeVisible();
    await expectNoViolation(page);
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  }
});

test('no match, and notices', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?q=pod:nowhere/nobody&sort=loudness`);
  await expect(page.getByText('No flow matches this filter')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Notices' })).toBeVisible();
  await expectNoViolation(page);
});

test('disconnected, with and without flows', async ({ page }) => {
  await using own = await startStack();
  await openPaused(page, own.url);
  await own.gateway.kill();
  await expect(page.getByRole('region', { name: 'Connection' })).toBeVisible();
  await expectNoViolation(page);
  await own.demo?.kill();
  await own.gateway.start();
  await openPage(page, own.url);
  await expect(page.getByRole('region', { name: 'Doctor' })).toContainText('failed');
  await expectNoViolation(page);
});

test('the size of a phone', async ({ page, stack }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page, `${stack.url}/?q=verdict:DROPPED`);
  await expect(flowRows(page).nth(2)).toBeVisible();
  await page.getByRole('radio', { name: /^Pause/ }).click();
  await expect(page.getByRole('radio', { name: /^Paused/ })).toBeChecked();
  await idle(page);
  await expectNoViolation(page);
  await flowRows(page).nth(1).click();
  await expect(page.getByTestId('why')).toBeVisible();
  await expectNoViolation(page);
});
