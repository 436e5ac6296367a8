// The address is the view: whoever opens the link sees the same thing, and a broken part of it falls back alone.

import type { Page } from '@playwright/test';
import { queryToRawFilters } from '@finderscope/flow-query';
import { writeCertificates } from './support/certificates.ts';
import { setStage } from './support/demo-control.ts';
import { enterFilter, filterOf, flowRows, idle, openPage, readStats } from './support/page.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

async function readClipboard(page: Page): Promise<string> {
  return await page.evaluate(() => navigator.clipboard.readText());
}

/** A denied SYN and the verdict that goes with it, as a link that was made once and must always open. */
const LINK_OF_TWO =
  '?v=1&at=2026-01-15T10:00:01Z&flow=0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10&detail=1#f=1.u8rMtYaZi5tjwddFp9kEps56byXAJNHKqKTGJZiYamVoaGVkZGVsbGViYmVqKiSYhC6kJc7FaWigZ6BnqGdmIMQBZZpKMBrxcHFxfLnHJBAgxSTA6BTLcYJV4PQKRin2lNS0xNKcEiX1bItiq8x8vezSpNSivNSS1GK9gvwUvbzE3NTigsTkVFuYQgGQwvyidNvEnJzMxLzkVC3WivLMvHQrzuzMvBRdEOHVwcgRIdD2kRzj-WDGp-YWZBalakmlpCaWZBSXJBbpmluYWKSYJZukmOqWZFiWGRmJc3HCZYW4XFILcvIrc1PzSpCcEsAYJQrn6INZ5flF2alFsxhZORgFWhk3MDKeYGxlnMSkYpBimmSebJiqa5xskKprkmhqrGuZaGqqa5himWyaZpRmnmho0PTKgC_EOUDBLScxvdhKITjS75AddvNP2SFH4iVmrpWIaJ3w9N1otNIqWpk4WEmKU0Ny4hQUgwA';

/** Chooses an item of the share menu of the top bar. */
async function shareAs(page: Page, item: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  // An item's name goes on with its note.
  await page.getByRole('menuitem', { name: new RegExp(`^${item}(?! as)`) }).click();
}

test('a link opened in another browser shows the same rows and the same flow', async ({ page, browser }) => {
  // What a page asks of each node when it opens (4,095 flows) reaches back two minutes at this rate, to the start of the
  // cluster: both browsers can have every flow, however slow the machine is.
  await using stack = await startStack({ demo: ['--scenario', 'load', '--rate', '100'] });
  await openPage(page, `${stack.url}/?panes=flows&lines=1`);
  await enterFilter(page, 'verdict:DROPPED to-port:80');
  await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED to-port:80');
  // Only once the rows are those of the filter is there something to pause at.
  await idle(page);
  await expect(flowRows(page).nth(5)).toBeVisible();
  await page.getByRole('radio', { name: /^Pause/ }).click();
  await expect(page.getByRole('radio', { name: /^Paused/ })).toBeChecked();
  await flowRows(page).nth(3).click();
  await expect(page.getByTestId('why')).toBeVisible();
  await shareAs(page, 'Copy link to this view');
  await expect(page.getByText('Link copied').first()).toBeVisible();
  const link = await readClipboard(page);
  expect(link).toBe(page.url());
  await idle(page);

  await using other = await browser.newContext();
  const reader = await other.newPage();
  await openPage(reader, link);
  const shown = await flowRows(page).allInnerTexts();
  await expect(reader.getByTestId('row-count')).toHaveText(await page.getByTestId('row-count').innerText());
  await expect(flowRows(reader)).toHaveText(shown);
  const selected = (at: Page) => at.getByTestId('flow-rows').getByRole('row', { selected: true });
  await expect(selected(reader)).toHaveText(await selected(page).innerText());
  await expect(reader.getByTestId('why')).toHaveText(await page.getByTestId('why').innerText());
  await expect(reader.getByRole('radio', { name: /^Paused/ })).toBeChecked();
  expect(reader.url()).toBe(link);
});

test('a flow inside a link is there after the cluster has forgotten it', async ({ page, browser }) => {
  await using stack = await startStack({ demo: ['--scenario', 'star-wars'] });
  await setStage(stack.url, 'A1');
  await openPage(page, `${stack.url}/?q=drop-reason-desc:POLICY_DENIED+type:drop`);
  await expect(flowRows(page).nth(1)).toBeVisible();
  await flowRows(page).first().click();
  const sentence = await page.getByTestId('why').innerText();
  await page.keyboard.press('y');
  await expect(page.getByText(/^Link copied with the flow/).first()).toBeVisible();
  const link = await readClipboard(page);
  const address = new URL(link);
  expect(`${address.origin}${address.pathname}${address.search}`).toBe(page.url());
  expect(address.hash).toMatch(/^#f=1\.[\w-]+$/);
  const uuid = address.searchParams.get('flow') ?? '';
  await page.close();

  // A new cluster, which has never seen the flow. Its flows have the same uuids, for its seed is the same.
  await stack.demo?.kill();
  await stack.demo?.start();
  await using other = await browser.newContext();
  const reader = await other.newPage();
  const asked: string[] = [];
  reader.on('request', (request) => asked.push(request.url()));
  await openPage(reader, link);
  await expect(reader.getByTestId('why')).toHaveText(sentence);
  const mark = reader.getByRole('status', { name: 'From the link' });
  await expect(mark).toContainText('This flow travelled inside the address');
  await expect(reader.getByRole('heading', { name: 'Policy denied' })).toBeVisible();
  expect(asked.filter((url) => url.includes('f=1.'))).toEqual([]);

  // It stands above the rows of the cluster, and stays there while others are looked at.
  await expect.poll(async () => (await readStats(reader)).held).toBeGreaterThan(0);
  await reader.getByRole('button', { name: 'Remove all filters' }).first().click();
  const row = reader.getByRole('region', { name: 'From the link' }).getByRole('button', { name: /^From/ });
  await expect(row).toHaveAttribute('aria-pressed', 'true');
  await flowRows(reader).first().click();
  await expect(mark).toBeHidden();
  await row.click();
  await expect(mark).toBeVisible();
  await expect(reader.getByTestId('why')).toHaveText(sentence);

  // Who got it can hand it on.
  await reader.keyboard.press('y');
  await expect(reader.getByText(/^Link copied with the flow/).first()).toBeVisible();
  expect(new URL(reader.url()).hash).toBe(address.hash);
  await reader.getByRole('button', { name: 'Put the flow of the link away' }).click();
  await expect(row).toBeHidden();
  expect(new URL(reader.url()).hash).toBe('');
  expect(new URL(reader.url()).searchParams.get('flow')).toBe(null);
  expect(uuid).not.toBe('');
});

test('a flow inside a link reads from top to bottom on a phone, without any server', async ({
  page,
  stack,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  // The page comes from a server; flows do not.
  await page.route('**/observer.Observer/**', (route) => route.abort());
  await page.goto(`${stack.url}/${LINK_OF_TWO}`);
  await expect(page.getByTestId('why')).toHaveText(
    'The SYN from default/xwing (identity 21579, org=alliance) to port 80 of deathstar was dropped on ingress at node kind-worker: policies select deathstar for ingress and none allows this peer.',
  );
  await expect(page.getByRole('status', { name: 'From the link' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Flow', level: 1 })).toBeVisible();
  const order = ['From the link', 'Why', 'From', 'To', 'Related flows'];
  const tops = await Promise.all(
    order.map(async (name) => (await page.getByLabel(name, { exact: true }).first().boundingBox())?.y ?? -1),
  );
  expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  expect(Math.min(...tops)).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const size = await page.getByRole('button', { name: 'Share' }).boundingBox();
  expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44);
  // Its verdict came along, and opens.
  await page.getByRole('button', { name: 'policy-verdict:none' }).click();
  await expect(page.getByRole('button', { name: 'policy-verdict:none' })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await page.getByRole('button', { name: 'Open live view' }).click();
  await expect(page.getByTestId('why')).toBeHidden();
  expect(new URL(page.url()).searchParams.get('at')).toBe(null);
});

test('a broken fragment is named, and the rest of the link holds', async ({ page, stack }) => {
  for (const [hash, said] of [
    ['#f=1.AAAA', /^The flow inside the link cannot be unpacked: /],
    ['#f=7.AAAA', /^The flow inside the link was packed by a newer Finderscope/],
    ['#f=', /^The flow inside the link cannot be read/],
    ['#somewhere', /^The address ends in #somewhere, which this version does not know/],
  ] as const) {
    await page.goto('about:blank');
    await openPage(page, `${stack.url}/?q=verdict:DROPPED${hash}`);
    const notices = page.getByRole('region', { name: 'Notices' }).getByRole('listitem');
    await expect(notices).toHaveText(said);
    expect(filterOf(page)).toBe('verdict:DROPPED');
    await expect(page.getByRole('button', { name: 'Remove verdict:DROPPED' })).toBeVisible();
  }
});

test('a flow that the address names and nobody has is told, with and without the panel', async ({
  page,
  stack,
}) => {
  const notices = page.getByRole('region', { name: 'Notices' });
  await openPage(page, `${stack.url}/?flow=zzz`);
  await expect(notices.getByRole('listitem')).toHaveText(
    /^The flow that the address names is not held: zzz\./,
  );
  await openPage(page, `${stack.url}/?flow=row:7`);
  await expect(notices.getByRole('listitem')).toHaveText(/only the tab that opened it can find it/);
  await openPage(page, `${stack.url}/?flow=zzz&detail=1`);
  await expect(page.getByRole('heading', { name: 'This flow is not held' })).toBeVisible();
  await expect(notices).toBeHidden();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await flowRows(page).first().click();
  await expect(page.getByTestId('why')).toBeVisible();
  await openPage(page, page.url().replace('detail=1', ''));
  await expect(flowRows(page).and(page.locator('[aria-selected="true"]'))).toBeVisible();
  await idle(page);
  await expect(notices).toBeHidden();
});

test('what is selected can be copied in every form', async ({ page, stack }) => {
  await setStage(stack.url, 'A1');
  await openPage(page, `${stack.url}/?q=drop-reason-desc:POLICY_DENIED+type:drop`);
  await expect(flowRows(page).first()).toBeVisible();
  await page.keyboard.press('Space');
  await flowRows(page).first().click();
  const sentence = await page.getByTestId('why').innerText();
  const at = new URL(page.url()).searchParams.get('at') ?? '';
  const copied = async (item: string, said: RegExp): Promise<string> => {
    await shareAs(page, item);
    await expect(page.getByText(said).first()).toBeVisible();
    return readClipboard(page);
  };
  const markdown = await copied('Copy as Markdown', /^Markdown copied/);
  expect(markdown.replaceAll(/[\\*]/g, '')).toContain(sentence);
  expect(markdown).toContain('Policy denied DROPPED (TCP Flags: SYN)');
  expect(markdown).toMatch(/\[Open in Finderscope\]\(<http:\S+#f=1\.[\w-]+>\)/);
  const command = await copied('Copy as hubble observe', /^Command copied/);
  expect(command).toMatch(/^hubble observe .*--type drop/);
  expect(command).toContain(`--until ${at}`);
  expect(await copied('Copy raw filters', /^Raw filters copied/)).toBe(
    queryToRawFilters('drop-reason-desc:POLICY_DENIED type:drop'),
  );
  expect(JSON.parse(await copied('Copy raw filters as JSON', /^Raw filters copied as JSON/))).toEqual({
    allowlist: [{ drop_reason_desc: ['POLICY_DENIED'], event_type: [{ type: 1 }] }],
    denylist: [],
  });
  const json: unknown = JSON.parse(await copied('Copy flow as JSON', /^JSON copied/));
  expect(json).toMatchObject({ flow: { uuid: new URL(page.url()).searchParams.get('flow') } });
  await setStage(stack.url, '');
});

test('the command speaks TLS where the gateway does', async ({ page }, testInfo) => {
  const name = 'ui.hubble-relay.cilium.io';
  const { ca, cert, key } = await writeCertificates(testInfo.outputPath('tls'), name);
  await using stack = await startStack({
    demo: ['--tls-cert-file', cert, '--tls-key-file', key],
    gateway: ['--tls', '--tls-ca-cert-files', ca, '--tls-server-name', name],
  });
  await openPage(page, stack.url);
  await expect(flowRows(page).first()).toBeVisible();
  await shareAs(page, 'Copy as hubble observe');
  await expect(page.getByText('Command copied').first()).toBeVisible();
  const server = `--server tls://127.0.0.1:${stack.demo?.port ?? 0} `;
  expect(await readClipboard(page)).toContain(server);
  await expect(page.getByRole('button', { name: 'Copy as CLI' })).toHaveAttribute(
    'title',
    new RegExp(server),
  );
});

test('each broken field of an address is named and falls back alone', async ({ page, stack }) => {
  const query = new URLSearchParams({
    v: '1',
    q: 'verdict:DROPPED',
    sort: 'loudness',
    at: 'yesterday',
    columns: 'time,nonsense',
    flow: 'not a uuid!',
    tz: 'mars',
    lines: 'maybe',
    group: '0',
    colour: 'red',
  });
  await openPage(page, `${stack.url}/?${query.toString()}`);
  const notices = page.getByRole('region', { name: 'Notices' }).getByRole('listitem');
  await expect(notices).toHaveCount(7);
  for (const said of [
    /^sort=loudness .* rows can be sorted by time/,
    /^at=yesterday /,
    /^columns=time,nonsense .* there is no column "nonsense"/,
    /^flow=not a uuid! /,
    /^tz=mars .* it is utc or local/,
    /^lines=maybe .* it is 1 or 0/,
    /colour=, which this version does not know/,
  ]) {
    await expect(notices.filter({ hasText: said })).toHaveCount(1);
  }
  // What was right holds: the filter, and the page goes on.
  expect(filterOf(page)).toBe('verdict:DROPPED');
  await expect(page.getByRole('button', { name: 'Remove verdict:DROPPED' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Summary' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Live' })).toBeChecked();
  await page.getByRole('button', { name: 'Put away' }).click();
  await expect(notices).toHaveCount(0);
});

test('a filter in the address that cannot be read is said in the bar, and everything is shown', async ({
  page,
  stack,
}) => {
  await openPage(page, `${stack.url}/?q=http-status:9x&lines=1`);
  const bar = page.getByRole('search', { name: 'Filter' });
  await expect(bar.getByRole('status').filter({ hasText: 'is not an HTTP status' })).toContainText(
    'Still showing everything.',
  );
  await expect(flowRows(page).first()).toBeVisible();
  expect((await readStats(page)).filtered).toBe(0);
  // It is still there to be mended.
  expect(filterOf(page)).toBe('http-status:9x');
  await bar.getByRole('button', { name: 'Remove http-status:9x' }).click();
  await expect(bar.getByRole('status').filter({ hasText: 'is not an HTTP status' })).toHaveCount(0);
});

test('back and forward walk through the views', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect(flowRows(page).first()).toBeVisible();
  await enterFilter(page, 'verdict:DROPPED');
  await enterFilter(page, 'to-port:80');
  await page.getByRole('button', { name: 'Group identical flows' }).click();
  const token = page.getByRole('button', { name: 'Remove to-port:80' });
  const group = page.getByRole('button', { name: 'Group identical flows' });
  await expect(group).toHaveAttribute('aria-pressed', 'true');

  await page.goBack();
  await expect(group).toHaveAttribute('aria-pressed', 'false');
  await expect(token).toBeVisible();
  await page.goBack();
  await expect(token).toBeHidden();
  expect(filterOf(page)).toBe('verdict:DROPPED');
  await page.goBack();
  expect(filterOf(page)).toBe('');
  await idle(page);
  expect((await readStats(page)).filtered).toBe(0);
  await page.goForward();
  await page.goForward();
  expect(filterOf(page)).toBe('verdict:DROPPED to-port:80');
  await expect(token).toBeVisible();
});
