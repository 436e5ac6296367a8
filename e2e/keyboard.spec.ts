// The whole triage without a mouse: find the drop, read why, share it, narrow the filter, pause, settings and help. The
// focus is always somewhere, and always seen.

import type { Page } from '@playwright/test';
import { setStage } from './support/demo-control.ts';
import { filterLine, filterOf, flowRows, idle, openPage } from './support/page.ts';
import { expect, test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
test.beforeAll(async ({ stack }) => setStage(stack.url, 'A1'));
test.afterAll(async ({ stack }) => setStage(stack.url, ''));

const selectedFlow = (page: Page) => new URL(page.url()).searchParams.get('flow') ?? '';

/** Fails unless something has the focus and shows it: itself, what it points at, or what is drawn around it. */
async function expectFocusSeen(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return 'nothing has the focus';
    const pointed = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '');
    const around: Element[] = [];
    for (let at: Element | null = focused; at !== null && around.length < 5; at = at.parentElement)
      around.push(at);
    const outlined = [...around, ...(pointed === null ? [] : [pointed])].some((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
    });
    return outlined ? 'seen' : `no outline on or around ${focused.outerHTML.slice(0, 200)}`;
  });
  expect(seen).toBe('seen');
}

/** Tab until the grid has the focus; every stop on the way must be seen. */
async function tabToGrid(page: Page): Promise<void> {
  for (let stops = 0; stops < 100; stops++) {
    await page.keyboard.press('Tab');
    await expectFocusSeen(page);
    if (await page.getByRole('grid').evaluate((grid) => grid === document.activeElement)) return;
  }
  throw new Error('100 stops and no grid');
}

/** By the page's first stop, which leads past everything else. */
async function skipToGrid(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Skip to content' }).press('Enter');
  await expect(page.getByRole('grid')).toBeFocused();
}

test('every stop on the way to the flows is seen', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect(flowRows(page).first()).toBeVisible();
  await tabToGrid(page);
});

test('the first stop leads past everything to the flows', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect(flowRows(page).first()).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to content' })).toBeFocused();
  await expectFocusSeen(page);
  await expect(page.getByRole('button', { name: 'Skip to content' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Flows' })).toBeFocused();
});

test('the focus is seen when the row that it came to has run by', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect(flowRows(page).first()).toBeVisible();
  await skipToGrid(page);
  const grid = page.getByRole('grid', { name: 'Flows' });
  await expect(grid).not.toHaveAttribute('aria-activedescendant');
  await expectFocusSeen(page);
  await page.keyboard.press('ArrowUp');
  await expect(grid).toHaveAttribute('aria-activedescendant');
  await expectFocusSeen(page);
});

test('from the open page to a shared drop', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect(flowRows(page).first()).toBeVisible();
  await page.keyboard.press('d');
  await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
  await expect(flowRows(page).nth(2)).toBeVisible();
  await page.keyboard.press('n');
  await expect.poll(() => selectedFlow(page)).not.toBe('');
  await skipToGrid(page);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('why')).toContainText(/ (dropped|refused|denied) /);
  await expectFocusSeen(page);
  await page.keyboard.press('y');
  await expect(page.getByText('Link copied').first()).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).searchParams.get('flow')).toBe(selectedFlow(page));
  expect(new URL(link).searchParams.get('detail')).toBe('1');
  await page.keyboard.press('p');
  await expect.poll(() => selectedFlow(page)).not.toBe(new URL(link).searchParams.get('flow'));
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('why')).toBeHidden();
  await expectFocusSeen(page);
});

test('the panel of a flow is reached and left again', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?q=verdict:DROPPED`);
  await expect(flowRows(page).nth(2)).toBeVisible();
  await skipToGrid(page);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('why')).toBeVisible();
  const json = page.getByRole('button', { name: 'JSON', exact: true });
  for (let stops = 0; !(await json.evaluate((button) => button === document.activeElement)); stops++) {
    expect(stops, 'stops on the way to the JSON button').toBeLessThan(60);
    await page.keyboard.press('Tab');
    await expectFocusSeen(page);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'JSON copied' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('why')).toBeHidden();
  // Not on the page's top: where the reader was.
  await expect(page.getByRole('grid')).toBeFocused();
});

test('filters: typed with completion, from the focused cell, excluded', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect(flowRows(page).nth(5)).toBeVisible();
  await page.keyboard.press('/');
  await expect(filterLine(page)).toBeFocused();
  await expectFocusSeen(page);
  await page.keyboard.type('drop-rea');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(filterLine(page)).toHaveValue('drop-reason-desc:');
  await page.keyboard.type('policy_denied');
  await page.keyboard.press('Enter');
  await expect.poll(() => filterOf(page)).toBe('drop-reason-desc:policy_denied');
  await idle(page);
  await skipToGrid(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('f');
  await expect.poll(() => filterOf(page)).toBe('drop-reason-desc:policy_denied from-pod:default/xwing');
  await expectFocusSeen(page);
  await idle(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('x');
  await expect.poll(() => filterOf(page)).toMatch(/ not to-pod:default\/deathstar\S+$/);
  await expectFocusSeen(page);
  // A token is taken out from the line: left to it, Delete.
  await page.keyboard.press('/');
  await page.keyboard.press('ArrowLeft');
  await expectFocusSeen(page);
  await page.keyboard.press('Delete');
  await expect.poll(() => filterOf(page)).toBe('drop-reason-desc:policy_denied from-pod:default/xwing');
  await expect(filterLine(page)).toBeFocused();
});

test('what is typed for the commands before they have come is no shortcut', async ({ page, stack }) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/assets/command-palette-*.js', async (route) => {
    await promise;
    await route.continue();
  });
  await openPage(page, stack.url);
  await expect(flowRows(page).first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('d');
  resolve();
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused();
  expect(filterOf(page)).toBe('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
});

test('pause, help, commands, theme and settings', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect(flowRows(page).first()).toBeVisible();
  await skipToGrid(page);
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: /^Paused/ })).toBeChecked();
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: 'Live' })).toBeChecked();

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(help).toBeVisible();
  expect(await help.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(page.getByRole('grid')).toBeFocused();

  const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
  const before = await theme();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused();
  await page.keyboard.type('dark or light');
  await expect(page.getByRole('option', { selected: true })).toContainText('Dark or light');
  await page.keyboard.press('Enter');
  await expect.poll(theme).not.toBe(before);
  await expect(page.getByRole('grid')).toBeFocused();

  // The filter line is next to the top bar.
  await page.keyboard.press('/');
  await expect(filterLine(page)).toBeFocused();
  const settings = page.getByRole('button', { name: 'Settings' });
  for (let stops = 0; !(await settings.evaluate((button) => button === document.activeElement)); stops++) {
    expect(stops, 'stops on the way back to Settings').toBeLessThan(15);
    await page.keyboard.press('Shift+Tab');
    await expectFocusSeen(page);
  }
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Settings' });
  const compact = panel.getByRole('radio', { name: 'Compact' });
  await expect(compact).toBeVisible();
  await page.keyboard.press('Tab');
  await expectFocusSeen(page);
  for (let stops = 0; !(await compact.isChecked()); stops++) {
    expect(stops, 'keys on the way to Compact').toBeLessThan(10);
    const inRows = await panel
      .getByRole('radiogroup', { name: 'Rows' })
      .evaluate((group) => group.contains(document.activeElement));
    await page.keyboard.press(inRows ? 'ArrowRight' : 'Tab');
    await expectFocusSeen(page);
  }
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(settings).toBeFocused();
});
