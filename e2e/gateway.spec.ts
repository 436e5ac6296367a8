// What the gateway does for a real browser: any base path, HTTP/2 with TLS, a policy that the page keeps, and Google's
// grpc-web client.

import type { Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { writeCertificates } from './support/certificates.ts';
import { flowOf, readFlows } from './support/flow-calls.ts';
import { enterFilter, filterOf, flowRows, idle, openPage, openWith } from './support/page.ts';
import { fixture, readLines, replayed, replayFlags } from './support/replay.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const RECORDS = fixture('every-field.jsonl');
const FLOWS = readLines(RECORDS).length;

test('the page works under any base path', async ({ page }) => {
  await using stack = await startStack({
    demo: replayFlags(RECORDS),
    gateway: ['--base-path', '/tools/finder/'],
  });
  const url = `${stack.url}/tools/finder`;
  const outside: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith('/tools/finder/')) outside.push(request.url());
  });
  await openWith(page, `${url}/`, FLOWS);
  await enterFilter(page, 'verdict:DROPPED');
  await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
  expect(page.url()).toMatch(/\/tools\/finder\/\?v=2&q=verdict:DROPPED$/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Help' }).first().click();
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.reload();
  await expect(flowRows(page).first()).toBeVisible();
  expect(outside).toEqual([]);
  // Without the slash at its end the address still leads there.
  await openWith(page, url, FLOWS);
});

test.describe('with a certificate', () => {
  test.use({ ignoreHTTPSErrors: true });

  test('the page comes over HTTP/2', async ({ page }, testInfo) => {
    const files = await writeCertificates(testInfo.outputPath('tls'), 'localhost');
    await using stack = await startStack({
      demo: replayFlags(RECORDS),
      gateway: ['--listen-tls-cert-file', files.cert, '--listen-tls-key-file', files.key],
    });
    await openWith(page, stack.url.replace('http:', 'https:'), FLOWS);
    const protocols = await page.evaluate(() =>
      performance
        .getEntries()
        .flatMap((entry) => (entry instanceof PerformanceResourceTiming ? entry.nextHopProtocol : [])),
    );
    expect(new Set(protocols.filter((protocol) => protocol !== ''))).toEqual(new Set(['h2']));
    await enterFilter(page, 'verdict:DROPPED');
    await expect(flowRows(page).first()).toContainText('DROPPED');
  });
});

test('nothing the page does is against its content security policy', async ({ page }) => {
  await using stack = await startStack({ demo: replayFlags(RECORDS) });
  await page.addInitScript(() => {
    const broken: string[] = [];
    Reflect.set(window, 'brokenPolicies', broken);
    document.addEventListener('securitypolicyviolation', (event) => {
      broken.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const response = await page.goto(stack.url);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/default-src '(none|self)'/);
  expect(policy).not.toMatch(/unsafe-(eval|inline)/);
  await openWith(page, `${stack.url}/?panes=flows`, FLOWS);
  await enterFilter(page, 'http-path:^/v1/');
  await expect(flowRows(page).first()).toBeVisible();
  await flowRows(page).first().click();
  await expect(page.getByTestId('why')).toBeVisible();
  for (const keys of ['?', 'Control+k']) {
    await page.getByRole('grid').focus();
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog').and(page.locator('[open]'))).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await enterFilter(page, 'cel-expression:"_flow.verdict == Verdict.FORWARDED"');
  await idle(page);
  expect(await page.evaluate(() => Reflect.get(window, 'brokenPolicies') as unknown)).toEqual([]);
});

test("what is not the page's own does not run in it", async ({ stack, browser }) => {
  await using context = await browser.newContext();
  const page = await context.newPage();
  await openPage(page, `${stack.url}/?panes=flows`);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
  });
  expect(await page.evaluate(() => Reflect.get(window, 'injected') as unknown)).toBeUndefined();
});

test.describe("Google's grpc-web client", () => {
  // A page of its own, built as people build theirs, and served by the gateway in place of Finderscope.
  let webDir: string;
  test.beforeAll(async () => {
    webDir = test.info().outputPath('grpc-web-page');
    await build({
      configFile: false,
      logLevel: 'error',
      base: './',
      root: fileURLToPath(new URL('fixtures/grpc-web-page', import.meta.url)),
      build: { outDir: webDir, emptyOutDir: true },
    });
  });

  const uuids = (page: Page) => page.locator('#flows li');

  test('streams in text mode while the stream is open, and calls in both', async ({ page }) => {
    await using stack = await startStack({ demo: replayFlags(RECORDS), gateway: ['--web-dir', webDir] });
    await replayed(stack, FLOWS);
    await page.goto(stack.url);
    await expect(page.locator('#text-status')).toHaveText(/demo|v\d|hubble/i);
    await expect(page.locator('#binary-status')).toHaveText(await page.locator('#text-status').innerText());
    const sent = (await readFlows(stack.url, { number: 1000n })).flatMap(
      (response) => flowOf(response)?.uuid ?? [],
    );
    expect(sent).toHaveLength(FLOWS);
    await expect(uuids(page)).toHaveText([...sent]);
    await expect(page.locator('#state')).toHaveText('open');
  });

  test('is told in its own words when there is no server', async ({ page }) => {
    await using stack = await startStack({ server: '127.0.0.1:9', gateway: ['--web-dir', webDir] });
    await page.goto(stack.url);
    await expect(page.locator('#state')).toHaveText(/^error 14: .*(refused|9)/);
  });
});
