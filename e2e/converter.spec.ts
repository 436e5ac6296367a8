// gRPC-web that becomes gRPC on its way, as Envoy and the gateways built on it do: with the gateway behind, and with
// nothing behind but a Relay. What the page can do at all it can do with Hubble's own API alone.

import type { Page } from '@playwright/test';
import { envoyConfig } from './support/envoy.ts';
import { expectBalanced, enterFilter, flowRows, openPage, readAllRows, readStats } from './support/page.ts';
import { hasProxy, type Proxy, startProxy } from './support/proxies.ts';
import { fixture, readLines, startReplay } from './support/replay.ts';
import { startStack } from './support/stack.ts';
import { serveStaticPage } from './support/static-page.ts';
import { expect, test } from './support/test.ts';

const RECORDS = fixture('every-field.jsonl');
const FLOWS = readLines(RECORDS).length;
const HOST = '127.0.0.1';

test.beforeEach(() => test.skip(!hasProxy('envoy'), 'there is no Envoy: NOT TESTED'));

/** Envoy with `api` behind Hubble's methods, spoken to in gRPC, and `page` behind everything else. */
async function startConverter(api: number, page: number): Promise<Proxy> {
  return await startProxy('envoy', page, ({ port }) =>
    envoyConfig({
      port,
      idle: '60s',
      convert: true,
      routes: [
        ...['/observer.', '/peer.', '/finderscope.'].map((prefix) => ({
          prefix,
          host: HOST,
          port: api,
          http2: true,
        })),
        { prefix: '/', host: HOST, port: page, http2: false },
      ],
    }),
  );
}

async function expectFlowsAndFilters(page: Page, url: string): Promise<void> {
  await openPage(page, `${url}/?panes=flows&columns=uuid`);
  await expect.poll(async () => (await readStats(page)).held).toBe(FLOWS);
  const all = await readAllRows(page);
  expect(all).toHaveLength(FLOWS);
  await enterFilter(page, 'verdict:DROPPED');
  await expect(flowRows(page)).not.toHaveCount(all.length);
  await expect(flowRows(page).first()).toBeVisible();
  await expectBalanced(page);
  await expect(page.getByRole('contentinfo').getByRole('button', { name: /connected/ })).toBeVisible();
  expect((await readStats(page)).reconnects).toBe(0);
}

test('with the gateway behind', async ({ page }) => {
  await using stack = await startReplay(RECORDS, FLOWS);
  await using proxy = await startConverter(stack.gateway.port, stack.gateway.port);
  await expectFlowsAndFilters(page, `http://localhost:${proxy.port}`);
});

test('with Relay behind and no gateway at all', async ({ page }) => {
  await using stack = await startReplay(RECORDS, FLOWS);
  await stack.gateway.stop();
  await using web = await serveStaticPage();
  await using proxy = await startConverter(stack.demo?.port ?? 0, web.port);
  await expectFlowsAndFilters(page, `http://localhost:${proxy.port}`);
  // A Relay that goes is told, and one that is back is found.
  await stack.demo?.kill();
  await expect(page.getByRole('region', { name: 'Connection' })).toBeVisible();
  await stack.demo?.start();
  await expect(page.getByRole('region', { name: 'Connection' })).toBeHidden({ timeout: 30_000 });
});

test('an error keeps its code and its words', async ({ page }) => {
  await using stack = await startStack({ server: '127.0.0.1:9' });
  await using proxy = await startConverter(stack.gateway.port, stack.gateway.port);
  await openPage(page, `http://localhost:${proxy.port}`);
  await expect(page.getByRole('region', { name: 'Doctor' })).toContainText(
    'Nothing listens on 127.0.0.1:9 (connection refused)',
  );
});
