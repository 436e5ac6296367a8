// The overview: numbers that are those of the rows, every line a filter by mouse and by keyboard, and what is said when
// there is nothing to show. On flows of a file, so that all numbers are known.

import type { Locator, Page } from '@playwright/test';
import { expectNoViolation } from './support/axe.ts';
import { filterOf, flowRows, idle, openPage, openWith } from './support/page.ts';
import { fixture, readLines, replayed, replayFlags } from './support/replay.ts';
import { expect, test } from './support/test.ts';

const RECORDS = fixture('every-field.jsonl');
const count = readLines(RECORDS).length;

test.use({ stackOptions: { demo: replayFlags(RECORDS) } });
test.beforeAll(({ stack }) => replayed(stack, count));

function panel(page: Page, name: string): Locator {
  return page.getByTestId('overview-panels').getByRole('region', { name });
}

/** A line of a panel, by how its name begins. */
function line(page: Page, title: string, name: string): Locator {
  return panel(page, title).getByRole('button', { name: new RegExp(`^${name} [\\d,]+ `) });
}

/** The number that a line gives. */
async function numberOf(item: Locator): Promise<number> {
  const name = (await item.textContent()) ?? '';
  return Number(/([\d,]+) (?:flow|dropped flow|answer)/.exec(name)?.[1]?.replaceAll(',', '') ?? Number.NaN);
}

async function open(page: Page, stack: { readonly url: string }, query = ''): Promise<void> {
  await openWith(page, `${stack.url}/?panes=overview,flows${query === '' ? '' : `&${query}`}`, count);
}

/** Rows of the table beside the overview, which shows what the filter matches. */
async function expectRows(page: Page, rows: number): Promise<void> {
  await expect(page.getByTestId('row-count')).toHaveText(`${rows} ${rows === 1 ? 'row' : 'rows'}`);
}

test('is opened from the top bar and kept in the address', async ({ page, stack }) => {
  await openWith(page, stack.url, count);
  await page.getByRole('button', { name: 'Overview' }).click();
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible();
  await page.reload();
  await expect(line(page, 'Verdicts', 'FORWARDED')).toBeVisible();
});

test('what a line says is what a click finds, and another click lets go', async ({ page, stack }) => {
  await open(page, stack);
  for (const [title, name] of [
    ['Verdicts', 'DROPPED'],
    ['Verdicts', 'FORWARDED'],
    ['Flow types', 'trace'],
    ['TCP flags', 'SYN'],
    ['TCP flags', 'SYN,ACK'],
    ['Drop reasons', 'POLICY_DENIED'],
    // a request that the proxy denied
    ['Drop reasons', 'DROP_REASON_UNKNOWN'],
    ['L7', 'HTTP'],
    ['L7', 'HTTP 5xx'],
  ] as const) {
    await test.step(`${title}: ${name}`, async () => {
      await expect(line(page, title, name)).toBeVisible();
      const flows = await numberOf(line(page, title, name));
      expect(flows).toBeGreaterThan(0);
      await line(page, title, name).click();
      await expectRows(page, flows);
      await expect(line(page, title, name)).toHaveAttribute('aria-pressed', 'true');
      await line(page, title, name).click();
      await expectRows(page, count);
      await idle(page);
    });
  }
});

test('a choice does not hide its alternatives, and joins what the filter says', async ({ page, stack }) => {
  await open(page, stack, 'q=port:80');
  const forwarded = await numberOf(line(page, 'Verdicts', 'FORWARDED'));
  await line(page, 'Verdicts', 'DROPPED').click();
  await expect.poll(() => filterOf(page)).toBe('port:80 verdict:DROPPED');
  await idle(page);
  await expect.poll(() => numberOf(line(page, 'Verdicts', 'FORWARDED'))).toBe(forwarded);
  await line(page, 'Verdicts', 'FORWARDED').click();
  await expect.poll(() => filterOf(page)).toBe('port:80 verdict:DROPPED or FORWARDED');
  await page.goBack();
  await expect(line(page, 'Verdicts', 'FORWARDED')).toHaveAttribute('aria-pressed', 'false');
});

test('a click with Alt leaves a value out, which stays to be seen; a pair is asked for from both ends', async ({
  page,
  stack,
}) => {
  await open(page, stack);
  const trace = line(page, 'Flow types', 'trace');
  await trace.click({ modifiers: ['Alt'] });
  await expect.poll(() => filterOf(page)).toBe('not type:trace');
  await expect(trace).toHaveAccessibleName(/excluded/);
  await trace.click({ modifiers: ['Alt'] });
  await expectRows(page, count);

  const pair = panel(page, 'Top denied pairs').getByRole('button').first();
  await expect(pair).toBeVisible();
  const flows = await numberOf(pair);
  await pair.click();
  await expect.poll(() => filterOf(page)).toMatch(/^from-\S+ .*to-\S+ .*verdict:DROPPED$/);
  await expectRows(page, flows);
  await pair.click();
  await expectRows(page, count);
  await pair.click({ modifiers: ['Alt'] });
  await expect.poll(() => filterOf(page)).toMatch(/^not \(from-.* verdict:DROPPED\)$/);
  await expectRows(page, count - flows);
});

test('a talker is as many flows as its filter finds, a DNS error a name that is asked for exactly', async ({
  page,
  stack,
}) => {
  await open(page, stack);
  const pair = panel(page, 'Top talkers').getByRole('button').first();
  const flows = await numberOf(pair);
  await pair.click();
  await expect
    .poll(async () => Number.parseInt((await page.getByTestId('row-count').textContent()) ?? '', 10))
    .toBeGreaterThanOrEqual(flows);
  await expect(pair).toHaveAttribute('aria-pressed', 'true');
  await pair.click();
  await expectRows(page, count);

  await expect(panel(page, 'DNS errors')).toContainText('1 of 1 answers');
  await line(page, 'DNS errors', 'nowhere.invalid. NXDOMAIN,').click();
  await expect.poll(() => filterOf(page)).toBe(String.raw`dns-query:^nowhere\.invalid\.$`);
  await expectRows(page, 1);
});

test('works by keyboard: one stop per panel, arrows within, f and x', async ({ page, stack }) => {
  await open(page, stack);
  await line(page, 'Verdicts', 'FORWARDED').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(line(page, 'Verdicts', 'DROPPED')).toBeFocused();
  await page.keyboard.press('x');
  await expect.poll(() => filterOf(page)).toBe('not verdict:DROPPED');
  await page.keyboard.press('Alt+Enter');
  await expect.poll(() => filterOf(page)).toBe('');
  await page.keyboard.press('f');
  await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
  // The other panels now count anew, and stand in another order.
  await idle(page);
  await page.keyboard.press('Home');
  await expect(line(page, 'Verdicts', 'FORWARDED')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(panel(page, 'Flow types').getByRole('button').first()).toBeFocused();
  const pair = panel(page, 'Top denied pairs').getByRole('button').first();
  await pair.focus();
  await page.keyboard.press('x');
  await expect.poll(() => filterOf(page)).toMatch(/^verdict:DROPPED not \(from-/);
});

test('lanes over time are a table for who cannot see them, and the window of the page is that of all panels', async ({
  page,
  stack,
}) => {
  await open(page, stack);
  const table = page.getByRole('table', { name: 'Verdicts over time' });
  await expect(table.getByRole('columnheader', { name: 'DROPPED' })).toBeAttached();
  const cells = await table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.flatMap((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))),
    );
  expect(cells.reduce((sum, flows) => sum + flows, 0)).toBe(count);
  await open(page, stack, 'window=../2001-01-01T00:00:00Z');
  await expect(panel(page, 'Verdicts')).toContainText('No flow matches.');
  await expect(panel(page, 'Top talkers')).toContainText('No flow matches.');
});

test('says of each panel what it lacks; axe has nothing to say to that, nor to choices of every kind', async ({
  page,
  stack,
}) => {
  await open(page, stack, 'q=pod:nowhere/nobody');
  for (const [title, text] of [
    ['Verdicts', 'No flow matches.'],
    ['TCP flags', 'No TCP segment'],
    ['Drop reasons', 'Nothing was dropped.'],
    ['Top denied pairs', 'Nothing was dropped.'],
    ['DNS errors', 'No DNS answer seen.'],
    ['Top ports', 'No flow with a port matches.'],
    ['L7', 'No L7 flow seen.'],
  ] as const) {
    await expect(panel(page, title)).toContainText(text);
  }
  await expectNoViolation(page);
  await open(page, stack, 'q=verdict:DROPPED+or+FORWARDED+not+type:trace-sock');
  await page.getByTestId('overview-panels').evaluate((panels) => panels.scrollTo(0, panels.scrollHeight));
  await expect(line(page, 'Verdicts', 'DROPPED')).toHaveAttribute('aria-pressed', 'true');
  await expectNoViolation(page);
});

test('on a phone it fits, and axe has nothing to say', async ({ page, stack }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page, `${stack.url}/?panes=overview`);
  await expect(line(page, 'Verdicts', 'DROPPED')).toBeVisible();
  await expectNoViolation(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBe(390);
  await line(page, 'Verdicts', 'DROPPED').click();
  await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
  await expect(flowRows(page)).toHaveCount(0);
});

test('a change of the time looked at never says for a moment that there is nothing', async ({
  page,
  stack,
}) => {
  await open(page, stack);
  const verdicts = panel(page, 'Verdicts');
  await expect(verdicts).toContainText(`${count} flows`);
  await verdicts.evaluate((shown) => {
    const said: string[] = [];
    const listen = (): number => said.push(shown.textContent);
    new MutationObserver(listen).observe(shown, { childList: true, subtree: true, characterData: true });
    Object.assign(window, { said });
  });
  const time = await page.getByRole('slider', { name: 'Time' }).boundingBox();
  if (time === null) throw new Error('the timeline is not on screen');
  await page.mouse.move(time.x + time.width * 0.1, time.y + time.height / 2);
  await page.mouse.down();
  await page.mouse.move(time.x + time.width * 0.6, time.y + time.height / 2);
  await page.mouse.up();
  await expect.poll(() => new URL(page.url()).searchParams.get('window')).toContain('/');
  await expect(verdicts).not.toContainText(`${count} flows`);
  await idle(page);
  await expect(line(page, 'Verdicts', 'FORWARDED')).toBeVisible();
  const said = await page.evaluate((): readonly string[] => Reflect.get(window, 'said'));
  expect(said.length, 'changes seen').toBeGreaterThan(0);
  expect(said.filter((text) => text.includes('No flow matches'))).toEqual([]);
});
