// What breaks while somebody looks: gateway, Relay, nodes, single messages. Nothing is shown twice, nothing is lost
// without being said, and the page goes on.

import { create, toBinary } from '@bufbuild/protobuf';
import { GetFlowsResponseSchema, LostEventSource } from '@finderscope/hubble-api';
import type { Page } from '@playwright/test';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { writeCertificates } from './support/certificates.ts';
import { injectFault } from './support/demo-control.ts';
import { startFakeRelay } from './support/fake-relay.ts';
import { flowOf, readFlows } from './support/flow-calls.ts';
import { freePort } from './support/free-port.ts';
import { expectBalanced, flowRows, openPage, readAllRows, readStats } from './support/page.ts';
import { startStack, type Stack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

/** Few flows, each with a time of its own. */
const SLOW_LOAD = ['--scenario', 'load', '--rate', '30'];

const strip = (page: Page) => page.getByRole('contentinfo');
const counter = (page: Page, name: string) =>
  strip(page).getByRole('button', { name: new RegExp(`^${name}`) });
const outageBar = (page: Page) => page.getByRole('region', { name: 'Connection' });
const doctor = (page: Page) => page.getByRole('region', { name: 'Doctor' });

/** Opens the page with the ids of the flows as its only column. */
async function openIds(page: Page, url: string): Promise<void> {
  await openPage(page, `${url}/?panes=flows&columns=uuid`);
  await hold(page, 20);
}

async function hold(page: Page, more: number): Promise<void> {
  const { held } = await readStats(page);
  await expect.poll(async () => (await readStats(page)).held).toBeGreaterThanOrEqual(held + more);
}

/**
 * Pauses and compares all rows with what the server holds: every flow from the first to the last, each once, in order.
 */
async function expectEveryFlowOnce(page: Page, stack: Stack): Promise<void> {
  await page.getByRole('radio', { name: /^Pause/ }).click();
  await expect(page.getByRole('radio', { name: /^Paused/ })).toBeChecked();
  const ids = await readAllRows(page);
  expect(new Set(ids).size, 'no id twice').toBe(ids.length);
  const sent = (await readFlows(stack.url, { number: 10_000n })).flatMap(
    (response) => flowOf(response)?.uuid ?? [],
  );
  const first = sent.indexOf(ids[0] ?? '');
  const last = sent.indexOf(ids.at(-1) ?? '');
  expect(first).toBeGreaterThanOrEqual(0);
  expect(ids).toEqual(sent.slice(first, last + 1));
}

test.describe('the way to the cluster', () => {
  test('the gateway dies and comes back: resumed, nothing twice, the gap told', async ({ page }) => {
    await using stack = await startStack({ demo: SLOW_LOAD });
    await openIds(page, stack.url);
    await stack.gateway.kill();
    await expect(outageBar(page)).toContainText('Disconnected from Relay for');
    await expect(outageBar(page)).toContainText(/The (connection broke off|server cannot be reached)/);
    await expect(outageBar(page)).toContainText(/resumes from \d\d:\d\d:\d\d\.\d{3}/);
    await expect(counter(page, '.* disconnected')).toBeVisible();
    // What came before stays in use.
    await expect(flowRows(page).first()).toBeVisible();
    await expectBalanced(page);
    const before = (await readStats(page)).held;

    await stack.gateway.start();
    await outageBar(page).getByRole('button', { name: 'Try now' }).click();
    await expect(outageBar(page)).toBeHidden();
    await expect(counter(page, '.* connected')).toBeVisible();
    await hold(page, 10);
    await expectBalanced(page);
    const { reconnects, held, skipped } = await readStats(page);
    expect(reconnects).toBe(1);
    expect(held).toBeGreaterThan(before);
    expect(skipped.total).toBe(skipped.duplicate);
    await expect(counter(page, 'Reconnects')).toHaveText(/1$/);
    // Nobody scrolled: the line that came and went has not ended following.
    await expect(page.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'true');
    await counter(page, 'Gaps').hover();
    await expect(page.getByRole('tooltip')).toContainText('the server still had these flows');
    await expectEveryFlowOnce(page, stack);
  });

  test('it tries again by itself', async ({ page }) => {
    await using stack = await startStack({ demo: SLOW_LOAD });
    await openIds(page, stack.url);
    await stack.gateway.kill();
    await expect(outageBar(page)).toBeVisible();
    await stack.gateway.start();
    await expect(outageBar(page)).toBeHidden();
    await hold(page, 5);
    await expectEveryFlowOnce(page, stack);
  });

  test('Relay dies and comes back without its flows: the gap stays a gap', async ({ page }) => {
    await using stack = await startStack();
    await openPage(page, `${stack.url}/?panes=flows`);
    await expect(flowRows(page).first()).toBeVisible();
    await stack.demo?.kill();
    await expect(outageBar(page)).toBeVisible();
    await expect(outageBar(page)).toContainText(/Relay|connection|server/);
    const { received } = await readStats(page);
    await stack.demo?.start();
    await expect(outageBar(page)).toBeHidden({ timeout: 30_000 });
    await expect.poll(async () => (await readStats(page)).received).toBeGreaterThan(received);
    await expectBalanced(page);
    await expect(counter(page, 'Gaps')).toBeVisible();
  });

  test('connections cut without a goodbye are opened again', async ({ page }) => {
    await using stack = await startStack({ demo: SLOW_LOAD });
    await openIds(page, stack.url);
    await injectFault(stack.url, { case: 'closeConnections', value: {} });
    await expect.poll(async () => (await readStats(page)).reconnects).toBe(1);
    await hold(page, 10);
    await expectBalanced(page);
    await expectEveryFlowOnce(page, stack);
  });
});

test.describe('what is sent', () => {
  test('messages that cannot be decoded are counted and shown', async ({ page }) => {
    await using stack = await startStack({ demo: SLOW_LOAD });
    await openIds(page, stack.url);
    for (const count of [1, 2]) {
      expect(await injectFault(stack.url, { case: 'garbageFrame', value: {} })).toBe(1);
      await expect.poll(async () => (await readStats(page)).skipped.malformed).toBe(count);
    }
    await expect(counter(page, 'Skipped')).toHaveText(/2$/);
    await counter(page, 'Skipped').hover();
    await expect(page.getByRole('tooltip')).toContainText('2: could not be decoded');
    await expectBalanced(page);
    // The stream was not given up for it.
    await hold(page, 5);
    expect((await readStats(page)).reconnects).toBe(0);
    await expectEveryFlowOnce(page, stack);
  });

  test('a stream that breaks off inside a message is resumed', async ({ page }) => {
    await using stack = await startStack({ demo: SLOW_LOAD });
    await openIds(page, stack.url);
    expect(await injectFault(stack.url, { case: 'truncatedStream', value: {} })).toBe(1);
    await expect.poll(async () => (await readStats(page)).reconnects).toBe(1);
    await hold(page, 10);
    await expectBalanced(page);
    await expectEveryFlowOnce(page, stack);
  });

  test('a message above the limit is counted, and what comes after it is read', async ({ page }) => {
    const flow = (uuid: string) =>
      toBinary(
        GetFlowsResponseSchema,
        create(GetFlowsResponseSchema, { responseTypes: { case: 'flow', value: { uuid, verdict: 1 } } }),
      );
    await using relay = await startFakeRelay((stream) => {
      stream.send(flow('before'));
      stream.send(new Uint8Array(5 * 1024 * 1024));
      stream.send(flow('after'));
    });
    await using stack = await startStack({ server: relay.address });
    await openPage(page, `${stack.url}/?panes=flows&columns=uuid`);
    await expect(flowRows(page)).toHaveText(['before', 'after']);
    const stats = await readStats(page);
    expect(stats).toMatchObject({ received: 3, held: 2, reconnects: 0 });
    expect(stats.skipped).toMatchObject({ total: 1, oversized: 1 });
    await counter(page, 'Skipped').hover();
    await expect(page.getByRole('tooltip')).toContainText('1: larger than a message may be');
    await expectBalanced(page);
  });

  test('lost events are told by their cause', async ({ page }) => {
    await using stack = await startStack({ demo: SLOW_LOAD });
    await openIds(page, stack.url);
    const causes: readonly [source: LostEventSource, count: bigint][] = [
      [LostEventSource.PERF_EVENT_RING_BUFFER, 7n],
      [LostEventSource.OBSERVER_EVENTS_QUEUE, 20n],
      [LostEventSource.HUBBLE_RING_BUFFER, 300n],
    ];
    for (const [source, count] of causes) {
      await injectFault(stack.url, { case: 'lostEvents', value: { source, count } }, 'k8s-w1');
    }
    await expect.poll(async () => (await readStats(page)).lost.total).toBe(327);
    expect((await readStats(page)).lost).toMatchObject({ perfRing: 7, observerQueue: 20, hubbleRing: 300 });
    await expect(counter(page, 'Lost')).toHaveText(/327$/);
    await counter(page, 'Lost').hover();
    const tooltip = page.getByRole('tooltip');
    await expect(tooltip).toContainText(
      /300: .*HUBBLE_RING_BUFFER.*20: .*OBSERVER_EVENTS_QUEUE.*7: .*PERF_EVENT/,
    );
    await expectBalanced(page);
  });
});

test.describe('nodes', () => {
  test('a node that is lost is named, and is counted again when it is back', async ({ page }) => {
    await using stack = await startStack({ demo: SLOW_LOAD });
    await openIds(page, stack.url);
    const nodes = counter(page, 'Nodes');
    await expect(nodes).toHaveText('Nodes 3/3');
    expect(await injectFault(stack.url, { case: 'nodeLost', value: {} }, 'k8s-w1')).toBe(1);
    await expect(nodes).toHaveText(/Nodes 2\/3 ?1 unavailable/, { timeout: 30_000 });
    await nodes.click();
    const list = page.getByRole('dialog', { name: 'Nodes' });
    await expect(list.getByRole('listitem').filter({ hasText: 'k8s-w1' })).toContainText('unavailable');
    await page.keyboard.press('Escape');
    await expect(counter(page, 'Complete')).toContainText('1 node missing');
    // The others go on.
    await hold(page, 5);
    await expectBalanced(page);
    await injectFault(stack.url, { case: 'nodeBack', value: {} }, 'k8s-w1');
    await expect(nodes).toHaveText('Nodes 3/3', { timeout: 30_000 });
    await expect(counter(page, 'Complete')).not.toContainText('missing');
  });

  test('a node that is back before Relay says that it was lost is shown once', async ({ page }) => {
    await using stack = await startStack({ demo: SLOW_LOAD });
    await openIds(page, stack.url);
    for (const times of [1, 2]) {
      expect(await injectFault(stack.url, { case: 'nodeLost', value: {} }, 'k8s-w1')).toBe(1);
      await hold(page, 5);
      const { duplicate } = (await readStats(page)).skipped;
      expect(await injectFault(stack.url, { case: 'nodeBack', value: {} }, 'k8s-w1')).toBe(1);
      // Relay asks it anew, and it sends what it has sent before.
      await expect
        .poll(async () => (await readStats(page)).skipped.duplicate, { timeout: 30_000 })
        .toBeGreaterThan(duplicate);
      await hold(page, 20 * times);
    }
    await expectBalanced(page);
    await expect(counter(page, 'Repeated')).toBeVisible();
    await page.getByRole('radio', { name: /^Pause/ }).click();
    const ids = await readAllRows(page);
    expect(new Set(ids).size, 'no id twice').toBe(ids.length);
  });
});

test.describe('a server that is none', () => {
  test('nothing listens', async ({ page }) => {
    const port = await freePort();
    await using stack = await startStack({ server: `127.0.0.1:${port}` });
    await openPage(page, `${stack.url}/?panes=flows`);
    await expect(doctor(page)).toContainText(`Nothing listens on 127.0.0.1:${port} (connection refused).`);
    await expect(doctor(page)).toContainText('Start Relay there, or forward its port');
    await expect(doctor(page).getByRole('listitem').filter({ hasText: 'failed' }).first()).toContainText(
      'Server status',
    );
    // Said once where it is explained, and nowhere else on the page.
    await expect(doctor(page)).toContainText('Failed for the same reason.');
    await expect(outageBar(page).getByRole('paragraph')).toContainText('Disconnected from Relay for');
    await expect(outageBar(page).getByRole('paragraph')).not.toContainText('Nothing listens');
    await expectBalanced(page);
  });

  test('a web server', async ({ page }) => {
    const server = createServer((_request, response) => response.end('<html>hello</html>'));
    server.listen({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    try {
      await using stack = await startStack({ server: `127.0.0.1:${port}` });
      await openPage(page, `${stack.url}/?panes=flows`);
      await expect(doctor(page)).toContainText(`127.0.0.1:${port} speaks HTTP/1, not gRPC.`);
      await expect(doctor(page)).toContainText('check --server');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test('another name in its certificate, and the flag that mends it', async ({ page }, testInfo) => {
    const files = await writeCertificates(testInfo.outputPath('tls'), '*.hubble-relay.cilium.io');
    const demo = [...SLOW_LOAD, '--tls-cert-file', files.cert, '--tls-key-file', files.key];
    const tls = ['--tls', '--tls-ca-cert-files', files.ca];
    {
      await using stack = await startStack({ demo, gateway: tls });
      await openPage(page, `${stack.url}/?panes=flows`);
      await expect(doctor(page)).toContainText(/certificate.*\*\.hubble-relay\.cilium\.io/);
      await expect(doctor(page)).toContainText('--tls-server-name');
    }
    await using stack = await startStack({
      demo,
      gateway: [...tls, '--tls-server-name', 'instance.hubble-relay.cilium.io'],
    });
    await openPage(page, `${stack.url}/?panes=flows`);
    await expect(flowRows(page).first()).toBeVisible();
  });

  test('the page says so when it has come up without its gateway', async ({ page }) => {
    await using stack = await startStack({ demo: SLOW_LOAD });
    await page.route('**/observer.Observer/GetFlows', (route) => route.abort());
    await openPage(page, `${stack.url}/?panes=flows`);
    await expect(doctor(page)).toContainText('The server cannot be reached');
    await expect(doctor(page)).toContainText('See that the gateway or the port-forward still runs.');
    await page.unroute('**/observer.Observer/GetFlows');
    await doctor(page).getByRole('button', { name: 'Check again' }).click();
    await expect(flowRows(page).first()).toBeVisible();
  });
});
