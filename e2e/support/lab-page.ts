// The page during a lab, as a person reads it who follows the guide: stages and views through the guide's buttons, the
// map through its table and its picture, the timeline through the table that stands for it. What a stage brings comes
// as its traffic does, so everything is waited for.

import { expect, type Locator, type Page, test } from '@playwright/test';
import { drawnElements } from './map-page.ts';
import { filterOf, flowRows, idle, openPage } from './page.ts';
import { takePicture } from './pictures.ts';

/** A stage may begin between two bursts of its traffic, and Relay sorts what comes for some seconds more. */
export const STAGE_TIMEOUT_MS = 45_000;

/** A button that is not there is told after this, not when the whole walk is out of time. */
export const ACTION_TIMEOUT_MS = 20_000;

const soon = { timeout: STAGE_TIMEOUT_MS } as const;

export function guideOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Lab guide' });
}

/** Opens the page as `npm start` gives it, in its dark colours; what is new on the map stands at once where it stays. */
export async function openLab(page: Page, url: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await openPage(page, url);
  await expect(guideOf(page)).toBeVisible();
}

/** Holds a stage; the page then looks at what came since it began. */
export async function chooseStage(page: Page, id: string, words: string): Promise<void> {
  const stage = guideOf(page).getByRole('radio', { name: new RegExp(`^${id}:`) });
  await stage.click();
  await expect(stage).toBeChecked();
  await expect(guideOf(page)).toContainText(words);
  await expect.poll(() => new URL(page.url()).searchParams.get('window')).toMatch(/Z\/\.\.$/);
}

/** The text of the stage's policies. */
export async function expectPolicies(page: Page, id: string, ...parts: readonly string[]): Promise<void> {
  await guideOf(page).getByRole('button', { name: 'Policy', exact: true }).click();
  const policies = page.getByRole('dialog', { name: `Policy of stage ${id}` });
  for (const part of parts) await expect(policies).toContainText(part);
  await page.keyboard.press('Escape');
  await expect(policies).toBeHidden();
}

/** Opens a view that the guide offers. */
export async function look(page: Page, title: string, filter: string): Promise<void> {
  await guideOf(page).getByRole('button', { name: title, exact: true }).click();
  await expect.poll(() => filterOf(page)).toBe(filter);
}

/** A row is on screen that has all the words. */
export async function expectRow(page: Page, ...words: readonly (string | RegExp)[]): Promise<void> {
  const said = words.join(' ');
  await test.step(`row: ${said}`, async () => {
    await expect(rowWith(page, words), said).toBeVisible(soon);
  });
}

function rowWith(page: Page, words: readonly (string | RegExp)[]): Locator {
  return words.reduce((rows, hasText) => rows.filter({ hasText }), flowRows(page)).first();
}

/** No row of those on screen has the word; to be asked for when one that should be there is. */
export async function expectNoRow(page: Page, hasText: string): Promise<void> {
  await idle(page);
  await expect(flowRows(page).filter({ hasText })).toHaveCount(0);
}

/** Opens a row that has all the words and expects the sentence that says why. */
export async function expectWhy(page: Page, words: readonly string[], sentence: RegExp): Promise<void> {
  await test.step(`why: ${words.join(' ')}`, async () => {
    await expect(async () => {
      // While rows come, the one that is clicked may have moved on.
      await rowWith(page, words).click({ timeout: 2_000 });
      await expect(page.getByTestId('why')).toHaveText(sentence, { timeout: 2_000 });
    }).toPass(soon);
  });
}

/** Follows the open flow to the DNS answer that gave its address. */
export async function openDnsAnswer(page: Page, words: string): Promise<void> {
  const given = page.getByRole('group', { name: 'DNS answer that gave the address' });
  await given.getByRole('button', { name: words }).click();
  await expect(page.getByRole('heading', { name: /^dns-response/ })).toBeVisible();
  await expect(given).toBeHidden();
}

export async function closeFlow(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('why')).toBeHidden();
}

/** Links of the map by `from to to`, with what their row says. */
export async function expectLinks(page: Page, links: Readonly<Record<string, RegExp>>): Promise<void> {
  await test.step(`links: ${Object.keys(links).join(', ')}`, async () => {
    await page.getByRole('button', { name: 'Show as table' }).click();
    const rows = page.getByRole('table', { name: /^Who talks to whom/ }).getByRole('row');
    for (const [name, says] of Object.entries(links)) {
      const row = rows.filter({ has: page.getByRole('button', { name, exact: true }) });
      await expect(row, name).toHaveText(says, soon);
    }
    await page.getByRole('button', { name: 'Show as map' }).click();
  });
}

const COLOURS = {
  forwarded: '#249b89',
  dropped: '#ff6140',
  redirected: '#c8adff',
  audit: '#f5c742',
} as const;
export type LinkColour = keyof typeof COLOURS;

/** The links of the map and all that stands on them are drawn in these colours, in the dark theme, and in no other. */
export async function expectColours(page: Page, ...colours: readonly LinkColour[]): Promise<void> {
  await test.step(`colours: ${colours.join(', ')}`, async () => {
    await expect(async () => {
      const drawn = new Set(
        (await drawnElements(page)).flatMap((element) =>
          element.tag === 'path' ? [element.attribute('stroke'), element.attribute('fill')] : [],
        ),
      );
      const seen = Object.entries(COLOURS).flatMap(([name, colour]) => (drawn.has(colour) ? [name] : []));
      expect(seen.toSorted()).toEqual(colours.toSorted());
    }).toPass(soon);
  });
}

/** Flows in the bars of the timeline, by what it is split by. */
export async function timelineSums(page: Page): Promise<Readonly<Record<string, number>>> {
  await idle(page);
  return await page.getByRole('table', { name: /^Flows by/ }).evaluate((table) => {
    const [head, ...rows] = [...table.querySelectorAll('tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    const number = (text: string | undefined) => Number((text ?? '').replaceAll(',', ''));
    return Object.fromEntries(
      (head ?? [])
        .slice(1)
        .map((name, at) => [name, rows.reduce((sum, row) => sum + number(row[at + 1]), 0)]),
    );
  });
}

/** The bars of the timeline have some flows of each of these, and none of those. */
export async function expectBars(
  page: Page,
  some: readonly string[],
  none: readonly string[] = [],
): Promise<void> {
  await test.step(`bars: ${some.join(', ')}`, async () => {
    await expect(async () => {
      const sums = await timelineSums(page);
      for (const name of some) expect(sums[name] ?? 0, name).toBeGreaterThan(0);
      for (const name of none) expect(sums[name] ?? 0, name).toBe(0);
    }).toPass(soon);
  });
}

/** A panel of the overview has a line of that name, with more than no flows. */
export async function expectPanel(page: Page, title: string, ...names: readonly string[]): Promise<void> {
  const panel = page.getByTestId('overview-panels').getByRole('region', { name: title });
  for (const name of names) {
    await expect(
      panel.getByRole('button', { name: new RegExp(`^${name} [1-9]`) }).first(),
      `${title}: ${name}`,
    ).toBeVisible(soon);
  }
}

/** A group of the L7 pane whose row has all the words. */
export async function expectCalls(
  page: Page,
  protocol: string,
  ...words: readonly (string | RegExp)[]
): Promise<void> {
  const rows = page.getByTestId('l7-sections').getByRole('region', { name: protocol }).locator('tbody tr');
  await expect(
    words.reduce((found, hasText) => found.filter({ hasText }), rows).first(),
    words.join(' '),
  ).toBeVisible(soon);
}

/** For README and docs: nothing unless pictures are asked for. */
export async function picture(
  page: Page,
  name: string,
  colorScheme: 'dark' | 'light' = 'dark',
): Promise<void> {
  await takePicture(page, name, colorScheme);
}
