// The rail of facets, the time window and saved views: what each does to the address, by mouse and by keyboard.

import { writeFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectNoViolation } from './support/axe.ts';
import { filterOf, flowRows, idle, openPage } from './support/page.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

function rail(page: Page): Locator {
  return page.getByRole('region', { name: 'Facets' });
}

/** The row of a value, by how its name begins. */
function value(page: Page, name: string): Locator {
  return rail(page).getByRole('button', { name: new RegExp(`^${name}, `) });
}

/** Flows that the row of a value says there are. */
async function countOf(page: Page, name: string): Promise<number> {
  const label = (await value(page, name).getAttribute('aria-label')) ?? '';
  return Number(/, ([\d,]+) flows/.exec(label)?.[1]?.replaceAll(',', '') ?? Number.NaN);
}

function paramOf(page: Page, name: string): string | null {
  return new URL(page.url()).searchParams.get(name);
}

test.describe('facets', () => {
  test('a click asks for a value, another joins it, and each again lets go', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?panes=flows`);
    await value(page, 'DROPPED').click();
    await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
    await expect(value(page, 'DROPPED')).toHaveAttribute('aria-pressed', 'true');
    await value(page, 'REDIRECTED').click();
    await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED or REDIRECTED');
    await value(page, 'default').click();
    await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED or REDIRECTED namespace:default');
    await value(page, 'DROPPED').click();
    await expect.poll(() => filterOf(page)).toBe('verdict:REDIRECTED namespace:default');
    await page.goBack();
    await expect(value(page, 'DROPPED')).toHaveAttribute('aria-pressed', 'true');
  });

  test('a workload has one line, however the filter names it, with as many flows as its click shows', async ({
    page,
    stack,
  }) => {
    await openPage(page, `${stack.url}/?panes=flows`);
    await expect.poll(() => countOf(page, 'deathstar')).toBeGreaterThan(0);
    await value(page, 'deathstar').click();
    await expect.poll(() => filterOf(page)).toBe('workload:deathstar');
    await expect(value(page, 'deathstar')).toHaveAttribute('aria-pressed', 'true');
    await expect(value(page, 'Deployment/deathstar')).toHaveCount(0);
    await expect(async () => {
      await idle(page);
      const rows = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
      expect(await countOf(page, 'deathstar')).toBe(rows);
    }).toPass();
  });

  test('a click with Alt leaves a value out, which stays to be seen, struck through', async ({
    page,
    stack,
  }) => {
    await openPage(page, `${stack.url}/?q=namespace:default`);
    await value(page, 'FORWARDED').click({ modifiers: ['Alt'] });
    await expect.poll(() => filterOf(page)).toBe('namespace:default not verdict:FORWARDED');
    await expect(value(page, 'FORWARDED')).toHaveAccessibleName(/excluded/);
    // What strikes a name through may stand around its parts.
    const struck = await value(page, 'FORWARDED').evaluate((button) =>
      [...button.querySelectorAll('*')]
        .filter((part) => getComputedStyle(part).textDecorationLine === 'line-through')
        .map((part) => part.textContent),
    );
    expect(struck).toEqual(['FORWARDED']);
    await idle(page);
    await expect(flowRows(page).filter({ hasText: 'FORWARDED' })).toHaveCount(0);
  });

  test('+ and − under the pointer ask for a value and leave it out', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?panes=flows`);
    await value(page, 'DROPPED').hover();
    await rail(page).getByRole('button', { name: 'Only DROPPED' }).click();
    await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
    await value(page, 'TRACED').hover();
    await rail(page).getByRole('button', { name: 'Not TRACED' }).click();
    await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED not verdict:TRACED');
  });

  test('a choice does not hide its alternatives, and narrows the other facets', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?panes=flows`);
    await expect.poll(() => countOf(page, 'FORWARDED')).toBeGreaterThan(0);
    const before = await countOf(page, 'FORWARDED');
    await value(page, 'DROPPED').click();
    await idle(page);
    await expect.poll(() => countOf(page, 'FORWARDED')).toBeGreaterThanOrEqual(before);
    // Only traces are forwarded, and no trace is a drop.
    await expect(value(page, 'trace')).toBeHidden();
  });

  test('counts are those of the rows', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?panes=flows`);
    await page.keyboard.press('Space');
    await expect(page.getByRole('radio', { name: /Paused/ })).toBeChecked();
    await value(page, 'REDIRECTED').click();
    await idle(page);
    const rows = page.getByTestId('row-count');
    await expect.poll(async () => (await rows.textContent())?.replaceAll(',', '')).toMatch(/^\d+ rows?$/);
    await expect
      .poll(async () => {
        const shown = Number.parseInt((await rows.textContent())?.replaceAll(',', '') ?? '', 10);
        return shown - (await countOf(page, 'REDIRECTED'));
      })
      .toBe(0);
  });

  test('works by keyboard: arrows, f and x, and Enter', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?panes=flows`);
    await rail(page).getByRole('button', { name: 'Verdict', exact: true }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(value(page, 'FORWARDED')).toBeFocused();
    await page.keyboard.press('x');
    await expect.poll(() => filterOf(page)).toBe('not verdict:FORWARDED');
    await page.keyboard.press('ArrowDown');
    await expect(value(page, 'DROPPED')).toBeFocused();
    await page.keyboard.press('f');
    await expect.poll(() => filterOf(page)).toBe('not verdict:FORWARDED verdict:DROPPED');
    await page.keyboard.press('Enter');
    await expect.poll(() => filterOf(page)).toBe('not verdict:FORWARDED');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await expect(value(page, 'DROPPED')).toBeHidden();
    await page.reload();
    await expect(value(page, 'default')).toBeVisible();
    await expect(value(page, 'DROPPED')).toBeHidden();
  });

  test('values without a row are found by search', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?panes=flows`);
    await rail(page).getByRole('button', { name: /^Port/ }).click();
    await rail(page)
      .getByRole('button', { name: /^Search .* more$/ })
      .click();
    await expect(rail(page).getByRole('searchbox', { name: 'Search Port' })).toBeFocused();
    await page.keyboard.type('8080');
    await value(page, '8080').click();
    await expect.poll(() => filterOf(page)).toBe('port:8080');
  });

  test('the rail closes with [ and stays closed', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?panes=flows`);
    await expect(rail(page)).toBeVisible();
    await page.keyboard.press('[');
    await expect(rail(page)).toBeHidden();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Show facets' })).toBeVisible();
    await page.getByRole('button', { name: 'Show facets' }).click();
    await expect(rail(page)).toBeVisible();
  });
});

test.describe('the time window', () => {
  test('is chosen from the menu, kept in the address, and given up again', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?panes=flows`);
    await page.getByRole('button', { name: /^Time window/ }).click();
    await page
      .getByRole('dialog', { name: 'Time window' })
      .getByRole('button', { name: 'Last 30 s' })
      .click();
    await expect.poll(() => paramOf(page, 'window')).toBe('30s');
    await page.reload();
    await expect(page.getByRole('button', { name: 'Time window: Last 30 s' })).toBeVisible();
    await page.goBack();
    await expect.poll(() => paramOf(page, 'window')).toBeNull();
  });

  test('takes two times, and says what is wrong with them', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?panes=flows`);
    await page.getByRole('button', { name: /^Time window/ }).click();
    const menu = page.getByRole('dialog', { name: 'Time window' });
    await menu.getByLabel('From').fill('2026-11-21 12:06:41');
    await menu.getByLabel('To').fill('noon');
    await menu.getByRole('button', { name: 'Show this time' }).click();
    await expect(menu.getByRole('status')).toContainText('Write a time as in');
    await menu.getByLabel('To').fill('2026-11-21 12:07:00');
    await menu.getByLabel('To').press('Enter');
    await expect.poll(() => paramOf(page, 'window')).toBe('2026-11-21T12:06:41Z/2026-11-21T12:07:00Z');
    await expect(page.getByRole('button', { name: /12:06:41 to 12:07:00/ })).toBeVisible();
  });

  test('holds for rows', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?window=../2001-01-01T00:00:00Z`);
    await expect(page.getByTestId('row-count')).toHaveText('0 rows');
    await expect(page.getByTestId('row-part')).toHaveText('in the window');
  });

  test('a broken one falls back alone and is named', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?q=namespace:default&window=soon`);
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText(
      'window=soon in the address is no use',
    );
    expect(filterOf(page)).toBe('namespace:default');
    await expect(flowRows(page).first()).toBeVisible();
  });
});

test.describe('saved views', () => {
  const views = (page: Page) => page.getByRole('dialog', { name: 'Views' });

  async function openMenu(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Views' }).click();
    await expect(views(page)).toBeVisible();
  }

  test('are saved, changed, opened by key, renamed and deleted', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?q=verdict:DROPPED`);
    await openMenu(page);
    await views(page).getByRole('textbox', { name: 'Name of the view' }).fill('Drops');
    await page.keyboard.press('Enter');
    await expect(views(page)).toBeHidden();

    await value(page, 'default').click();
    await openMenu(page);
    await expect(views(page).getByRole('button', { name: /^Drops/ })).toContainText(
      'changed: 1 filter added',
    );
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Remove all filters' }).first().click();
    await page.keyboard.press('Alt+1');
    await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');

    await page.reload();
    await openMenu(page);
    await expect(views(page).getByRole('button', { name: /^Drops/ })).toHaveAttribute('aria-current', 'true');
    await views(page)
      .getByRole('button', { name: /^Drops/ })
      .hover();
    await views(page).getByRole('button', { name: 'Rename Drops' }).click();
    await views(page).getByRole('textbox', { name: 'New name of Drops' }).fill('All drops');
    await page.keyboard.press('Enter');
    await expect(views(page).getByRole('button', { name: /^All drops/ })).toBeVisible();
    await views(page).getByRole('button', { name: 'Delete All drops' }).click();
    await expect(views(page).getByRole('list', { name: 'Saved views' })).toBeHidden();
  });
});

test("the operator's quick filters join what the filter says, and leave it again", async ({
  page,
}, testInfo) => {
  const file = testInfo.outputPath('quick-filters.yaml');
  await writeFile(file, '- name: No socket traces\n  filter: not type:trace-sock\n');
  await using stack = await startStack({ gateway: ['--quick-filters-file', file] });
  // The gateway refuses what is no filter; another one may know more of the language than this page.
  await page.route('**/api/config', async (route) => {
    const config: unknown = await (await route.fetch()).json();
    expect(config).toHaveProperty('quickFilters', [
      { name: 'No socket traces', filter: 'not type:trace-sock' },
    ]);
    const { quickFilters, ...rest } = Object(config);
    const newer = { name: 'Broken', filter: 'http-status:9x' };
    await route.fulfill({ json: { ...rest, quickFilters: [...quickFilters, newer] } });
  });
  await openPage(page, `${stack.url}/?q=namespace:default`);
  await page.getByRole('button', { name: 'Views' }).click();
  const offered = page.getByRole('region', { name: 'Filters from the operator' });
  await expect(offered.getByRole('button', { name: /^Broken/ })).toBeDisabled();
  await offered.getByRole('button', { name: /^No socket traces/ }).click();
  await expect.poll(() => filterOf(page)).toBe('namespace:default not type:trace-sock');
  await offered.getByRole('button', { name: /^No socket traces/ }).click();
  await expect.poll(() => filterOf(page)).toBe('namespace:default');
});

test.describe('axe finds nothing in', () => {
  test('the rail with choices of every kind', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?q=verdict:DROPPED+not+namespace:kube-system`);
    await page.keyboard.press('Space');
    await expect(value(page, 'DROPPED')).toBeVisible();
    await expectNoViolation(page, 'section[aria-label="Facets"]');
  });

  test('the menus of time and views', async ({ page, stack }) => {
    await openPage(page, `${stack.url}/?q=verdict:DROPPED`);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: /^Time window/ }).click();
    await expectNoViolation(page, '[aria-label="Time window"]');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Views' }).click();
    await expect(page.getByRole('textbox', { name: 'Name of the view' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Views' }).click();
    await expect(page.getByRole('list', { name: 'Saved views' })).toBeVisible();
    await expectNoViolation(page, '[aria-label="Views"]');
  });

  test('the rail on a phone', async ({ page, stack }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openPage(page, `${stack.url}/?panes=flows`);
    await expect(rail(page)).toBeHidden();
    await page.getByRole('button', { name: 'Facets', exact: true }).click();
    await expect(value(page, 'DROPPED')).toBeVisible();
    await expectNoViolation(page, 'section[aria-label="Facets"]');
    await page.getByRole('button', { name: 'Hide facets' }).click();
    await expect(flowRows(page).first()).toBeVisible();
  });
});
