// Files: opened by drop, picker and address, read in the page, exported and opened again. Nothing leaves the browser.

import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expectNoViolation } from './support/axe.ts';
import { chooseFiles, dropFiles, upload } from './support/open-files.ts';
import { enterFilter, expectBalanced, flowRows, idle, openPage, readStats } from './support/page.ts';
import { fixture, readLines } from './support/replay.ts';
import { serveStaticPage } from './support/static-page.ts';
import { expect, test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** Flow number `n`, a second after the one before; every third is dropped. */
function lineOf(n: number): string {
  const time = `"2026-01-15T10:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}.500Z"`;
  const verdict = n % 3 === 0 ? 'DROPPED' : 'FORWARDED';
  const uuid = `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
  return (
    `{"flow":{"time":${time},"uuid":"${uuid}","verdict":"${verdict}","IP":{"source":"10.0.0.1","destination":"10.0.0.2",` +
    `"ipVersion":"IPv4"},"l4":{"TCP":{"source_port":${40_000 + n},"destination_port":80,"flags":{"SYN":true}}},` +
    `"source":{"identity":100,"namespace":"default","pod_name":"client"},"destination":{"identity":200,"namespace":"default",` +
    `"pod_name":"server"},"Type":"L3_L4","node_name":"w1","event_type":{"type":4},"Summary":"TCP Flags: SYN"},` +
    `"node_name":"w1","time":${time}}`
  );
}

function linesOf(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) => `${lineOf(from + i)}\n`).join('');
}

/** The page has read its files and holds this many flows. */
async function expectHeld(page: Page, flows: number): Promise<void> {
  const strip = page.getByRole('contentinfo');
  await expect(strip.getByRole('button', { name: /^File .* read$/ })).toBeVisible();
  await idle(page);
  expect((await readStats(page)).held).toBe(flows);
  await expectBalanced(page);
}

async function exportAs(page: Page, format: 'JSON lines' | 'CSV'): Promise<string> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: format }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Close' }).last().click();
  return text;
}

test('a file by picker: filters, facets and detail work on it, and back to live', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' && (request.postDataBuffer()?.includes('client') ?? false))
      sent.push(request.url());
  });
  await chooseFiles(page, [upload('events.log', linesOf(0, 300))]);
  await expectHeld(page, 300);
  expect(new URL(page.url()).searchParams.get('local')).toBe('events.log');
  await enterFilter(page, 'verdict:DROPPED');
  await expect(page.getByTestId('row-count')).toHaveText('100 rows');
  await flowRows(page).first().click();
  await expect(page.getByTestId('why')).toBeVisible();
  expect(sent).toEqual([]);
  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(page.getByRole('radio', { name: 'Live' })).toBeChecked();
  await expect(page.getByRole('contentinfo').getByText('connected')).toBeVisible();
  await page.goBack();
  await expectHeld(page, 300);
});

test('dropped parts, plain and packed, are one list in the order of time', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  await dropFiles(page, [
    upload('events.log', linesOf(200, 300)),
    upload('events-1.log.gz', gzipSync(linesOf(0, 100))),
    upload('events-2.log', linesOf(100, 200)),
  ]);
  await expectHeld(page, 300);
  await expect(page.getByRole('contentinfo').getByText('events.log and 2 more')).toBeVisible();
  expect(await exportAs(page, 'JSON lines')).toBe(linesOf(0, 300));
});

test('broken lines are counted and named', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  const text = `${lineOf(0)}\nnonsense\n${lineOf(1).slice(0, 80)}\n${lineOf(2)}\n{"agent_event":{"type":"AGENT_STARTED"}}\n`;
  await chooseFiles(page, [upload('events.log', text)]);
  await expectHeld(page, 2);
  const bar = page.getByRole('region', { name: 'Files' });
  await expect(bar).toContainText('2 of 5 lines could not be read and are left out.');
  await bar.getByText('Where and why').click();
  await expect(bar).toContainText('events.log:2: the line is not JSON');
  await expect(bar).toContainText('events.log:3: the line ends in the middle of a record');
  await expect(page.getByRole('contentinfo').getByRole('button', { name: 'Broken 2' })).toBeVisible();
  await page.getByRole('contentinfo').getByRole('button', { name: 'Lines 5' }).hover();
  await expect(page.getByText('5 lines = 2 flows + 1 agent event + 2 broken').last()).toBeVisible();
  await bar.getByRole('button', { name: 'Put away' }).click();
  await expect(bar).toBeHidden();
});

test('a file without any flow says what it holds', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  await chooseFiles(page, [upload('notes.txt', 'hello\nworld\n')]);
  await expect(page.getByRole('heading', { name: 'No flow in what was opened' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'No flows' })).toContainText(
    'notes.txt:1: the line is not JSON',
  );
});

test('reading can be cancelled: what was read stays', async ({ page, stack }) => {
  const release = Promise.withResolvers<undefined>();
  await page.route('**/slow.log', async (route) => {
    await release.promise;
    await route.abort();
  });
  await page.route('**/quick.log', (route) =>
    route.fulfill({ body: linesOf(0, 30), contentType: 'text/plain' }),
  );
  await page.goto(`${stack.url}/?file=quick.log,slow.log`);
  const bar = page.getByRole('region', { name: 'Reading files' });
  await expect(bar.getByRole('progressbar')).toBeVisible();
  await bar.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('contentinfo').getByRole('button', { name: /stopped$/ })).toBeVisible();
  release.resolve(undefined);
});

test('a long file shows rows while it is read, and can be cancelled in the middle', async ({ page }) => {
  const read = 1000;
  // The rest of it never comes.
  await using server = await serveStaticPage({
    '/long.log': (response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 250_000_000 });
      response.write(linesOf(0, read));
    },
  });
  await page.goto(`http://127.0.0.1:${server.port}/?panes=flows&file=long.log`);
  const bar = page.getByRole('region', { name: 'Reading files' });
  await expect(flowRows(page).first()).toBeVisible();
  await bar.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('contentinfo').getByRole('button', { name: /stopped$/ })).toBeVisible();
  const files = page.getByRole('region', { name: 'Files' });
  await expect(async () => {
    const { held } = await readStats(page);
    const lines = held.toLocaleString('en');
    await expect(files).toContainText(`Stopped after ${lines} lines = ${lines} flows.`, { timeout: 1000 });
  }).toPass();
  const { held } = await readStats(page);
  expect(held).toBeGreaterThan(0);
  expect(held).toBeLessThanOrEqual(read);
  await enterFilter(page, 'verdict:DROPPED');
  await idle(page);
  expect((await readStats(page)).held).toBe(held);
  await expectBalanced(page);
});

test('a file beside the page is opened by its address, and again when the page is reloaded', async ({
  page,
  stack,
}) => {
  await page.route('**/logs/events.log', (route) =>
    route.fulfill({ body: linesOf(0, 30), contentType: 'text/plain' }),
  );
  await page.goto(`${stack.url}/?file=logs/events.log&q=verdict:DROPPED`);
  await expectHeld(page, 30);
  await expect(page.getByTestId('row-count')).toHaveText('10 rows');
  await page.reload();
  await expectHeld(page, 30);
  await page.goto(`${stack.url}/?file=logs/none.log`);
  const place = page.getByRole('region', { name: 'No flows' });
  await expect(place.getByRole('heading', { name: 'The file none.log could not be opened' })).toBeVisible();
  await expect(place).toContainText('The server of this page answered 404 for it.');
  await expect(page.getByRole('contentinfo')).toContainText('File none.log not opened');
  await expectNoViolation(page);
  await page.goto(`${stack.url}/?file=https://other.example/x.log`);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText(
    'a path on the server of this page',
  );
});

test('after a reload the page says which file it needs, and takes it', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  await chooseFiles(page, [upload('events.log', linesOf(0, 30))]);
  await expectHeld(page, 30);
  await enterFilter(page, 'verdict:DROPPED');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This view is of the file events.log' })).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('File events.log not here');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(upload('events.log', linesOf(0, 30)));
  await expectHeld(page, 30);
  await expect(page.getByTestId('row-count')).toHaveText('10 rows');
});

test('what is exported as JSON lines opens as the same flows', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  const odd = readLines(fixture('every-field.jsonl')).join('\n');
  await chooseFiles(page, [upload('every-field.jsonl', odd)]);
  await expect(page.getByRole('contentinfo').getByRole('button', { name: /^File .* read$/ })).toBeVisible();
  await idle(page);
  const { held } = await readStats(page);
  const first = await exportAs(page, 'JSON lines');
  expect(first.trimEnd().split('\n')).toHaveLength(held);
  await chooseFiles(page, [upload('again.jsonl', first)]);
  await expectHeld(page, held);
  expect(await exportAs(page, 'JSON lines')).toBe(first);
});

test('the view of files is copied as a command that reads them', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  await chooseFiles(page, [upload('my events.log', linesOf(0, 30))]);
  await expectHeld(page, 30);
  await enterFilter(page, 'verdict:DROPPED');
  const command = "hubble observe --input-file 'my events.log' --verdict DROPPED";
  await expect(page.getByRole('button', { name: 'Copy as CLI' })).toHaveAttribute('title', command);
  await page.getByRole('button', { name: 'Share' }).first().click();
  await page.getByRole('menuitem', { name: /^Copy as hubble observe/ }).click();
  await expect(page.getByText('Command copied').first()).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command);
});

test('the command of packed files, pasted into the bar, gives the filter again', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  await chooseFiles(page, [
    upload('events.log', linesOf(20, 30)),
    upload("it's.log.gz", gzipSync(linesOf(0, 20))),
  ]);
  await expectHeld(page, 30);
  const filter = 'verdict:DROPPED not from-port:40003';
  await enterFilter(page, filter);
  await expect(page.getByTestId('row-count')).toHaveText('9 rows');
  const command =
    "zcat -f events.log 'it'\\''s.log.gz' | hubble observe --input-file - --verdict DROPPED --not --from-port 40003";
  await expect(page.getByRole('button', { name: 'Copy as CLI' })).toHaveAttribute('title', command);
  await page.getByRole('button', { name: 'Copy as CLI' }).click();
  await page.getByRole('button', { name: 'Remove all filters' }).first().click();
  await expect(page.getByTestId('row-count')).toHaveText('30 rows');
  await page.getByRole('combobox', { name: 'Filter' }).click();
  await page.keyboard.press('Control+v');
  await expect(page.getByTestId('row-count')).toHaveText('9 rows');
  expect(new URL(page.url()).searchParams.get('q')).toBe(filter);
  const said = page.getByRole('search', { name: 'Filter' }).getByRole('status');
  await expect(said.filter({ hasText: 'comes before the command and is left out' })).toBeVisible();
});

test('what is exported as CSV are the columns and rows shown', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  const formula = lineOf(1).replace('TCP Flags: SYN', '=HYPERLINK(\\"http://x\\",\\"y\\")');
  await chooseFiles(page, [upload('events.log', `${lineOf(0)}\n${formula}\n`)]);
  await expectHeld(page, 2);
  await page.goto(`${page.url()}&columns=time,verdict,summary`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(upload('events.log', `${lineOf(0)}\n${formula}\n`));
  await expectHeld(page, 2);
  expect(await exportAs(page, 'CSV')).toBe(
    'Time,Verdict,Summary\r\n' +
      '2026-01-15T10:00:00.500Z,DROPPED,TCP Flags: SYN\r\n' +
      '2026-01-15T10:00:01.500Z,FORWARDED,"\'=HYPERLINK(""http://x"",""y"")"\r\n',
  );
});

test('by keyboard: open, sort, export, and back', async ({ page, stack }) => {
  // From here on the browser hands the window to choose files in to the test.
  const chooser = page.waitForEvent('filechooser');
  await openPage(page, `${stack.url}/?panes=flows`);
  await page.keyboard.press('o');
  await (await chooser).setFiles(upload('events.log', linesOf(0, 30)));
  await expectHeld(page, 30);
  await page.getByRole('button', { name: 'Export', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/^flows\./);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Back to live' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'Live' })).toBeChecked();
});

test('axe finds nothing', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  await chooseFiles(page, [upload('events.log', `${linesOf(0, 30)}broken\n`)]);
  await expectHeld(page, 30);
  await page.getByText('Where and why').click();
  await expectNoViolation(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
  await expectNoViolation(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Source/ }).click();
  await expect(page.getByRole('menu', { name: 'File' })).toBeVisible();
  await expectNoViolation(page);
  await page.reload();
  await expect(page.getByRole('heading', { name: /^This view is of the file/ })).toBeVisible();
  await expectNoViolation(page);
});
