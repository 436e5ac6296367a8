// The L7 pane: calls in groups whose numbers are those of the flows, requests paired with responses, paths folded by
// rules that a person can change, links to traces, and what is said where there is no L7. On flows of files, so that all
// is known.

import type { Locator, Page } from '@playwright/test';
import { expectNoViolation } from './support/axe.ts';
import { filterOf, idle, openPage, openWith } from './support/page.ts';
import { fixture, readLines, replayed, replayFlags } from './support/replay.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const RECORDS = fixture('l7.jsonl');
const count = readLines(RECORDS).length;

test.use({ stackOptions: { demo: replayFlags(RECORDS) } });
test.beforeAll(({ stack }) => replayed(stack, count));

function section(page: Page, name: string): Locator {
  return page.getByTestId('l7-sections').getByRole('region', { name });
}

/** The row of a group, by the key that it begins with. */
function group(page: Page, protocol: string, ...key: readonly string[]): Locator {
  const table = section(page, protocol).getByRole('table');
  return key.reduce((rows, text) => rows.filter({ hasText: text }), table.locator('tbody tr'));
}

async function open(page: Page, stack: { readonly url: string }, query = ''): Promise<void> {
  await openWith(page, `${stack.url}/?panes=l7${query === '' ? '' : `&${query}`}`, count);
}

/** The cells of a row by the heads of its columns. */
async function cellsOf(
  page: Page,
  protocol: string,
  row: Locator,
): Promise<Readonly<Record<string, string>>> {
  const heads = await section(page, protocol).locator('thead th').allInnerTexts();
  const cells = await row.locator('> *').allInnerTexts();
  return Object.fromEntries(heads.map((head, i) => [head.trim(), (cells[i] ?? '').trim()]));
}

test('is opened from the top bar and kept in the address', async ({ page, stack }) => {
  await openWith(page, stack.url, count);
  await page.getByRole('button', { name: 'L7', exact: true }).click();
  await expect(section(page, 'HTTP')).toBeVisible();
  await page.reload();
  await expect(section(page, 'HTTP')).toBeVisible();
  await expect(page.getByTestId('call-count')).toHaveText('25 calls');
});

test('HTTP is told by method and template, with status, errors and latency', async ({ page, stack }) => {
  await open(page, stack);
  await expect(group(page, 'HTTP', '/orders/{n}')).toContainText('6 paths');
  const row = await cellsOf(page, 'HTTP', group(page, 'HTTP', '/orders/{n}'));
  expect(row).toMatchObject({
    Method: 'GET',
    Requests: '6',
    '2xx': '4',
    '3xx': '–',
    '5xx': '2',
    Errors: '33.3 %',
    p50: '5.0 ms',
    p99: '8.0 ms',
  });
  // A word is not folded, and its query does not tell calls apart.
  await expect(group(page, 'HTTP', '/orders/latest')).toContainText('3');
  await expect(section(page, 'HTTP')).toContainText(/denied\s*1/);
  await expect(section(page, 'HTTP')).toContainText(/without response\s*1/);
});

test('each row shows its calls over time, and says what the line shows', async ({ page, stack }) => {
  await open(page, stack);
  const lines = section(page, 'HTTP').getByRole('img', { name: /requests? in each \d+(?:\.\d)? \w+/ });
  await expect(section(page, 'HTTP').locator('tbody tr')).toHaveCount(5);
  await expect(lines).toHaveCount(5);
  await expect(group(page, 'HTTP', '/orders/latest').getByRole('img', { name: /^0 to \d/ })).toBeVisible();
});

test('DNS is told by name and type, with rcode, answer and what is slow', async ({ page, stack }) => {
  await open(page, stack);
  const row = (...key: readonly string[]) => cellsOf(page, 'DNS', group(page, 'DNS', ...key));
  await expect(section(page, 'DNS')).toContainText(/slower than 100 ms\s*2/);
  await expect
    .poll(() => row('NXDOMAIN'))
    .toMatchObject({
      Queries: '2',
      Rcode: 'NXDOMAIN 2',
      Answer: 'no records',
      Note: 'search path',
    });
  await expect.poll(() => row('SERVFAIL')).toMatchObject({ Rcode: 'SERVFAIL 1', Note: '1 slow' });
  await expect
    .poll(() => row('203.0.113.7'))
    .toMatchObject({
      Answer: '203.0.113.7, 203.0.113.8 and 1 more',
      TTL: '211 s',
    });
  await expect.poll(() => row('AAAA')).toMatchObject({ Queries: '1', Answer: 'no records', TTL: '–' });
});

test('Kafka is told by API key, topic and error', async ({ page, stack }) => {
  await open(page, stack);
  await expect
    .poll(() => cellsOf(page, 'Kafka', group(page, 'Kafka', 'produce')))
    .toMatchObject({
      Topic: expect.stringContaining('orders'),
      Calls: '2',
      Errors: '1',
      'Error codes': '3: 1',
    });
});

test('a row opens to its newest calls, request and response in one, and one opens as a flow', async ({
  page,
  stack,
}) => {
  await open(page, stack);
  await section(page, 'HTTP').getByRole('button', { name: 'Newest calls of GET /orders/{n}' }).click();
  const calls = page.getByRole('list', { name: 'Newest calls' });
  await expect(calls.getByRole('listitem')).toHaveCount(6);
  await expect(calls.getByRole('listitem').first()).toContainText('GET /orders/1005');
  await expect(calls.getByRole('listitem').first()).toContainText('500');
  await expect(calls.getByRole('listitem').first()).toContainText('8.0 ms');
  await calls.getByRole('button').first().click();
  await expect(page.getByTestId('why')).toContainText('/orders/1005');
  await expect.poll(() => new URL(page.url()).searchParams.get('flow')).toMatch(/^17000000-/);
});

test('a call without a response, and one that was denied, say so', async ({ page, stack }) => {
  await open(page, stack);
  await section(page, 'HTTP').getByRole('button', { name: 'Newest calls of GET /slow/report' }).click();
  const calls = page.getByRole('list', { name: 'Newest calls' });
  await expect(calls.getByRole('listitem').first()).toContainText('no response');
  await section(page, 'HTTP').getByRole('button', { name: 'Newest calls of PUT /admin/prices' }).click();
  await expect(calls.getByRole('listitem').first()).toContainText('DROPPED 403');
});

test('a group is a filter that keeps what was there, and a click with Alt leaves it out', async ({
  page,
  stack,
}) => {
  await open(page, stack, 'q=namespace:shop');
  const key = group(page, 'HTTP', '/orders/{n}').getByRole('button', { name: /^\/orders/ });
  await key.click();
  await expect
    .poll(() => filterOf(page))
    .toBe(String.raw`namespace:shop http-method:GET http-path:^/orders/\d+$`);
  await idle(page);
  await expect(page.getByTestId('call-count')).toHaveText('6 calls');
  await key.click();
  await expect.poll(() => filterOf(page)).toBe('namespace:shop');
  await key.click({ modifiers: ['Alt'] });
  await expect
    .poll(() => filterOf(page))
    .toBe(String.raw`namespace:shop not (http-method:GET http-path:^/orders/\d+$)`);
  await expect(group(page, 'HTTP', '/orders/{n}')).toHaveCount(0);
});

test('an open row is in the address, and open where the address is opened', async ({ page, stack }) => {
  await open(page, stack);
  const row = section(page, 'HTTP').getByRole('button', { name: 'Newest calls of GET /orders/{n}' });
  await row.click();
  await expect.poll(() => new URL(page.url()).searchParams.get('open')).toBe('http GET /orders/{n}');
  await page.reload();
  await expect(row).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('list', { name: 'Newest calls' }).getByRole('listitem')).toHaveCount(6);
  await row.click();
  await expect.poll(() => new URL(page.url()).searchParams.get('open')).toBe(null);
});

test('only what failed, and only what was slow, in the address', async ({ page, stack }) => {
  await open(page, stack);
  const names = (title: string) => section(page, title).getByRole('rowheader');
  await expect(names('HTTP').filter({ hasText: '/orders/{n}' })).toBeVisible();
  const all = await names('DNS').count();
  const shown = page.getByRole('radiogroup', { name: 'Calls shown' });
  await shown.getByRole('radio', { name: 'Only errors' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('only')).toBe('errors');
  await expect.poll(() => names('DNS').count()).toBeLessThan(all);
  await expect(
    section(page, 'DNS')
      .locator('tbody tr')
      .filter({ hasNotText: /NXDOMAIN|SERVFAIL/ }),
  ).toHaveCount(0);
  await shown.getByRole('radio', { name: 'Only slow' }).click();
  await expect(section(page, 'DNS').locator('tbody tr').filter({ hasNotText: 'slow' })).toHaveCount(0);
  await expect(names('DNS').first()).toBeVisible();
  await shown.getByRole('radio', { name: 'All' }).click();
  await expect.poll(() => names('DNS').count()).toBe(all);
});

test('calls are told by client and by server, in the address', async ({ page, stack }) => {
  await open(page, stack);
  await section(page, 'HTTP').getByRole('radio', { name: 'By client' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('calls')).toBe('client');
  await expect
    .poll(() => cellsOf(page, 'HTTP', group(page, 'HTTP', 'cart')))
    .toMatchObject({
      Namespace: 'shop',
      Requests: '7',
      '5xx': '2',
    });
  await section(page, 'HTTP').getByRole('radio', { name: 'By server' }).click();
  await expect
    .poll(() => cellsOf(page, 'HTTP', group(page, 'HTTP', 'orders')))
    .toMatchObject({ Requests: '14' });
  await group(page, 'HTTP', 'orders')
    .getByRole('button', { name: /^Newest calls/ })
    .click();
  await expect(page.getByRole('list', { name: 'Newest calls' }).getByRole('listitem')).toHaveCount(10);
});

test("rules by which paths are folded are shown, switched off, and joined by routes of one's own", async ({
  page,
  stack,
}) => {
  await open(page, stack);
  await page.getByRole('button', { name: 'Path rules' }).click();
  const rules = page.getByRole('dialog', { name: 'Path rules' });
  await expect(rules).toContainText('10482 → {n}');
  await rules.getByRole('checkbox', { name: /^numbers/ }).uncheck();
  await expect(group(page, 'HTTP', '/orders/1005')).toHaveCount(1);
  const routes = rules.getByRole('textbox', { name: /^Routes of your own/ });
  await routes.fill('orders');
  await expect(rules.getByRole('status')).toContainText('orders is not a route');
  await expect(rules.getByRole('button', { name: 'Save' })).toBeDisabled();
  await routes.fill('/orders/{order}');
  await rules.getByRole('button', { name: 'Save' }).click();
  await expect(rules.getByRole('status')).toHaveText('Saved.');
  await page.keyboard.press('Escape');
  await expect(group(page, 'HTTP', '/orders/{order}')).toContainText('7 paths');
  await page.reload();
  await expect(group(page, 'HTTP', '/orders/{order}')).toContainText('7 paths');
});

test('a trace is led to by the template of a person, and only to the web', async ({ page, stack }) => {
  await open(page, stack);
  await page.getByRole('button', { name: 'Trace link' }).click();
  const settings = page.getByRole('dialog', { name: 'Trace link' });
  const url = settings.getByRole('textbox', { name: 'URL' });
  await url.fill('javascript:{traceId}');
  await expect(settings.getByRole('status')).toContainText('http or https');
  await url.fill('https://traces.example/trace/{traceId}');
  await url.press('Enter');
  await expect(settings.getByRole('status')).toHaveText('Saved.');
  await page.keyboard.press('Escape');
  await section(page, 'HTTP').getByRole('button', { name: 'Newest calls of GET /orders/{n}' }).click();
  await expect(page.getByRole('link', { name: /trace, in a new tab/ })).toHaveAttribute(
    'href',
    'https://traces.example/trace/4bf92f3577b34da6a3ce929d0e0e4736',
  );
});

test('works by keyboard: one stop per table, arrows within, Enter, f and x', async ({ page, stack }) => {
  await open(page, stack);
  const rows = section(page, 'HTTP').locator('tbody tr');
  await rows
    .first()
    .getByRole('button', { name: /^Newest calls/ })
    .focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1).getByRole('button', { name: /^Newest calls/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Newest calls' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Newest calls' })).toBeHidden();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Home');
  await expect(rows.first().getByRole('button').nth(1)).toBeFocused();
  await page.keyboard.press('x');
  await expect.poll(() => filterOf(page)).toMatch(/^not \(http-method:GET http-path:/);
});

test('where a filter leaves no L7 it says so', async ({ page, stack }) => {
  await open(page, stack, 'q=pod:nowhere/nobody');
  await expect(page.getByRole('region', { name: 'No L7 flow matches' })).toContainText(
    `${count} L7 flows are held`,
  );
  await page.getByTestId('l7-sections').getByRole('button', { name: 'Remove all filters' }).click();
  await expect(section(page, 'HTTP')).toBeVisible();
});

test('where nobody looks inside it says why, and shows the policy that would', async ({ page }) => {
  // Without a policy there is no proxy.
  await using own = await startStack({ demo: ['--stage', 'A0'] });
  await openPage(page, `${own.url}/?panes=l7`);
  const notice = page.getByRole('region', { name: 'No L7 flow is held' });
  await expect(notice).toContainText('Cilium looks inside a connection only where a policy');
  await expect(notice.getByTestId('policy')).toContainText('namespace: default');
  await expect(notice.getByTestId('policy')).toContainText('port: "80"');
  await expect(notice.getByRole('button', { name: 'Copy policy' })).toBeVisible();
  await expectNoViolation(page, '[data-testid="l7-sections"]');
});

test.describe('axe finds nothing in', () => {
  test('tables, an open row, rules and nothing', async ({ page, stack }) => {
    await open(page, stack, 'q=namespace:shop');
    await section(page, 'HTTP').getByRole('button', { name: 'Newest calls of GET /orders/{n}' }).click();
    await expect(page.getByRole('list', { name: 'Newest calls' })).toBeVisible();
    await expectNoViolation(page);
    await page.getByRole('button', { name: 'Path rules' }).click();
    await expect(page.getByRole('dialog', { name: 'Path rules' })).toBeVisible();
    await expectNoViolation(page);
    await open(page, stack, 'q=pod:nowhere/nobody');
    await expect(page.getByRole('region', { name: 'No L7 flow matches' })).toBeVisible();
    await expectNoViolation(page);
  });

  test('on a phone', async ({ page, stack }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, stack);
    await expect(section(page, 'HTTP')).toBeVisible();
    await expectNoViolation(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
