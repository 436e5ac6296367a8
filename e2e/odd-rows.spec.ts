// What each cell says of flows that few have seen: ends, protocols and times that are missing, other or impossible; and
// that every one of them opens and is copied as it was sent.

import { create, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { toJsonpb } from '@finderscope/flow-query';
import { type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import type { Page } from '@playwright/test';
import { startFakeRelay } from './support/fake-relay.ts';
import { flowOf, readFlows } from './support/flow-calls.ts';
import {
  enterFilter,
  expectBalanced,
  flowRows,
  idle,
  openPage,
  openWith,
  readStats,
} from './support/page.ts';
import { fixture, startReplay } from './support/replay.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1800, height: 1200 } });

const COLUMNS = 'time,verdict,source,destination,type,summary,node,uuid';

/** What the cells of every row say. The screen is tall enough for all of them. */
async function readCells(page: Page): Promise<readonly (readonly string[])[]> {
  return await flowRows(page).evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent)),
  );
}

/** Opens row after row and compares its JSON with what the server sent. */
async function expectCopies(page: Page, sent: readonly GetFlowsResponse[]): Promise<void> {
  const panel = page.getByTestId('why');
  for (const [index, response] of sent.entries()) {
    await test.step(`flow ${index + 1}`, async () => {
      const row = flowRows(page).and(page.locator(`[data-row="${index}"]`));
      await row.click({ position: { x: 20, y: 10 } });
      await expect(row).toHaveAttribute('aria-selected', 'true');
      await idle(page);
      await expect(panel).not.toHaveText('');
      await page.getByRole('button', { name: 'JSON', exact: true }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(toJsonpb(response));
    });
  }
}

// Time, verdict, source, destination, type, summary, node, and the end of the uuid; – where the flow holds nothing.
const ODD_ROWS = `
08:00:01.001 | FORWARDED | shop/cart-0 | shop/orders-0 | to-endpoint | IPv4 | odd/node-a | 01
08:00:02.002 | FORWARDED | – | shop/orders-0:80 | to-endpoint | SYN | odd/node-a | 02
08:00:03.003 | FORWARDED | shop/cart-0:40001 | – | to-endpoint | SYN | odd/node-a | 03
08:00:04.004 | DROPPED | – | – | Policy denied | TCP POLICY_DENIED | odd/node-a | 04
08:00:06.006 | 99 | shop/cart-0:40001 | shop/orders-0:80 | UNKNOWN | SYN; Auth: 77 9999 | odd/node-a | 06
08:00:07.007 | FORWARDED | ${'n'.repeat(63)}/${'p'.repeat(240)}-last12:40001 | shop/orders-0:80 | to-endpoint | ${'s'.repeat(9000)} | odd/node-a | 07
08:00:08.008 | FORWARDED | shop/bell\u0007-esc\u001b[31m-\u202ertl:40001 | shop/<img src=x onerror=alert(1)>:80 | to-endpoint | nul\u0000 tab\t del\u007f \u2028 <script>alert(1)</script> 🔭 | odd/node-a | 08
08:00:09.009 | FORWARDED | shop/cart-0 | shop/orders-0 | to-endpoint | ICMPv4 EchoRequest | odd/node-a | 09
08:00:10.010 | FORWARDED | shop/cart-0 | shop/orders-0 | to-endpoint | ICMPv4 201(7) | odd/node-a | 10
08:00:11.011 | DROPPED | fe80::1 | ff02::2 | Unsupported L2 protocol | ICMPv6 NeighborSolicitation UNSUPPORTED_L2_PROTOCOL | odd/node-a | 11
08:00:12.012 | FORWARDED | shop/cart-0:38412 | shop/orders-0:9999 | to-endpoint | SCTP | odd/node-a | 12
08:00:13.013 | FORWARDED | shop/cart-0 | 224.0.0.18 | to-endpoint | VRRP | odd/node-a | 13
08:00:14.014 | FORWARDED | shop/cart-0 | 224.0.0.22 | to-endpoint | IGMP | odd/node-a | 14
08:00:15.015 | FORWARDED | ae:11:22:33:44:55 | ff:ff:ff:ff:ff:ff | to-stack | ARP | odd/node-a | 15
08:00:16.016 | FORWARDED | shop/cart-0:40001 | shop/orders-0:80 | http-request | GET /a/../cart?id=1&x=<y> | odd/node-a | 16
08:00:17.017 | ERROR | shop/orders-0:80 | shop/cart-0:40001 | http-response | 503 GET /a/../cart?id=1&x=<y> | odd/node-a | 17
08:00:18.018 | FORWARDED | shop/cart-0:53 | shop/orders-0:33444 | dns-response proxy | DNS Answer RCode: Non-Existent Domain TTL: 4294967295 (Proxy nowhere.example. A) | odd/node-a | 18
08:00:19.019 | DROPPED | shop/cart-0:40002 | shop/orders-0:9092 | kafka-request | Kafka request produce correlation id -7 topic 'orders' | odd/node-a | 19
08:00:20.020 | FORWARDED | shop/cart-0:40003 | shop/orders-0:6379 | l7-9 | – | odd/node-a | 20
08:00:21.021 | FORWARDED | shop/cart-0:40001 | shop/orders-0:80 | policy-verdict:L3-Only EGRESS | SYN by ${forty('allow-')} | odd/node-a | 21
08:00:22.022 | DROPPED | shop/cart-0:40001 | shop/orders-0:80 | policy-verdict:L3-Only INGRESS | SYN by both, deny-all | odd/node-a | 22
08:00:23.023 | TRANSLATED | other/cart-0 | kube-system/dns:53 | post-xlate-fwd | UDP | odd/node-a | 23
08:00:24.024 | REDIRECTED | [2001:db8::1]:65535 | [2001:db8::2]:443 | to-proxy | SYN, ACK, RST, FIN, PSH, URG, ECE, CWR, NS | odd/node-a | 24
08:00:25.025 | FORWARDED | shop/cart-0:40001 | shop/orders-0:80 | to-endpoint | SYN | odd/node-a | –
08:00:26.026 | FORWARDED | shop/cart-0:40001 | shop/orders-0:80 | to-endpoint | ACK | odd/node-a | id
08:00:27.027 | AUDIT | shop/cart-0:40001 | shop/orders-0:80 | policy-verdict:none INGRESS | SYN | – | 27
08:00:32.032 | VERDICT_UNKNOWN | – | – | UNKNOWN | – | – | 32
– | FORWARDED | shop/cart-0:40001 | shop/orders-0:80 | to-endpoint | SYN | odd/node-a | 05
`;

function forty(name: string): string {
  return Array.from({ length: 40 }, (_, i) => `${name}${String(i).padStart(2, '0')}`).join(', ');
}

test('each odd flow is shown as what it is, and is copied as it was sent', async ({ page }) => {
  test.setTimeout(180_000);
  const expected = ODD_ROWS.slice(1, -1)
    .split('\n')
    .map((line) => line.split(' | '));
  await using stack = await startReplay(fixture('odd-rows.jsonl'), expected.length);
  await openWith(page, `${stack.url}/?panes=flows&columns=${COLUMNS}`, expected.length);
  await expect(flowRows(page)).toHaveCount(expected.length);
  const rows = (await readCells(page)).map((cells) => [...cells.slice(0, -1), cells.at(-1)?.slice(-2)]);
  expect(rows).toEqual(expected);

  await expectBalanced(page);
  const { lost, skipped } = await readStats(page);
  expect({ lost, skipped: skipped.total }).toEqual({
    lost: { total: 42, perfRing: 30, observerQueue: 0, hubbleRing: 12, unknown: 0 },
    skipped: 0,
  });
  const sent = (await readFlows(stack.url, { number: 1000n })).filter(
    (response) => flowOf(response) !== undefined,
  );
  expect(sent).toHaveLength(expected.length);
  await expectCopies(page, sent);
});

/** Each row as it stands in the document, but for where and how wide. */
async function readRows(page: Page): Promise<readonly string[]> {
  return await flowRows(page).evaluateAll((rows) =>
    rows.map((row) => row.outerHTML.replaceAll(/ style="[^"]*"/g, '')),
  );
}

test('a row drawn over another one looks as it does on a new page', async ({ page }) => {
  const flows = ODD_ROWS.slice(1, -1).split('\n').length;
  await using stack = await startReplay(fixture('odd-rows.jsonl'), flows);
  await openWith(page, `${stack.url}/?panes=flows&columns=${COLUMNS}`, flows);
  await expect(flowRows(page)).toHaveCount(flows);
  const onNewPage = await readRows(page);
  for (const filter of ['verdict:DROPPED', 'not verdict:FORWARDED', 'to-port:80', 'verdict:ERROR']) {
    await enterFilter(page, filter);
    await expect(flowRows(page)).not.toHaveCount(flows);
    await page.goBack();
    await expect(flowRows(page)).toHaveCount(flows);
    await expect.poll(() => readRows(page)).toEqual(onNewPage);
  }
});

test('rows stand in the document in their order, however they were scrolled', async ({ page }) => {
  const flows = ODD_ROWS.slice(1, -1).split('\n').length;
  await using stack = await startReplay(fixture('odd-rows.jsonl'), flows);
  await page.setViewportSize({ width: 1440, height: 600 });
  await openWith(page, `${stack.url}/?panes=flows`, flows);
  await page.getByRole('grid').focus();
  for (const key of [
    'Control+Home',
    'PageDown',
    'ArrowDown',
    'PageDown',
    'PageUp',
    'ArrowUp',
    'Control+End',
  ]) {
    await page.keyboard.press(key);
    await idle(page);
    await expect(async () => {
      const places = await flowRows(page).evaluateAll((rows) =>
        rows.map((row) => Number(row.getAttribute('data-row'))),
      );
      expect(places.length).toBeGreaterThan(5);
      expect(places).toEqual(places.map((_, at) => (places[0] ?? 0) + at));
    }).toPass();
  }
});

const POLICY_LOG = 21_006;

test('a flow whose message cannot be read keeps its row, and says why it does not open', async ({ page }) => {
  const flow = (uuid: string) =>
    create(GetFlowsResponseSchema, { responseTypes: { case: 'flow', value: { uuid } } });
  const noText = Uint8Array.of(0x61, 0xc3, 0x28, 0xff, 0x62);
  // The row shows nothing of this field, so nothing has read it yet.
  const log = new BinaryWriter().tag(POLICY_LOG, WireType.LengthDelimited).bytes(noText).finish();
  const broken = new BinaryWriter()
    .raw(toBinary(GetFlowsResponseSchema, flow('broken')))
    // A message may come in two parts, which its reader puts together.
    .tag(1, WireType.LengthDelimited)
    .bytes(log)
    .finish();
  await using relay = await startFakeRelay(({ send }) => {
    send(broken);
    send(toBinary(GetFlowsResponseSchema, flow('good')));
  });
  await using stack = await startStack({ server: relay.address });
  await openWith(page, `${stack.url}/?panes=flows&columns=uuid`, 2);
  await expectBalanced(page);
  await flowRows(page).filter({ hasText: 'broken' }).click();
  await expect(page.getByText(/^Its message cannot be read: /)).toBeVisible();
  await expect(page.getByRole('button', { name: 'JSON', exact: true })).toBeHidden();
  await flowRows(page).filter({ hasText: 'good' }).click();
  await expect(page.getByTestId('why')).toBeVisible();
});

test('times that no calendar holds do not stop the page', async ({ page }) => {
  const at = (uuidEnd: number, time: { readonly seconds: bigint; readonly nanos?: number }) =>
    create(GetFlowsResponseSchema, {
      responseTypes: {
        case: 'flow',
        value: { uuid: `0dd20000-0000-4000-8000-${String(uuidEnd).padStart(12, '0')}`, time },
      },
    });
  const sent = [
    at(1, { seconds: -62_135_596_800n }),
    at(2, { seconds: -1n, nanos: 500_000_000 }),
    at(3, { seconds: 0n }),
    at(4, { seconds: 253_402_300_799n, nanos: 999_999_999 }),
  ];
  const impossible = [at(5, { seconds: 1n << 62n }), at(6, { seconds: -(1n << 62n), nanos: -5 })];
  await using relay = await startFakeRelay(({ send }) => {
    for (const response of [...impossible, ...sent]) send(toBinary(GetFlowsResponseSchema, response));
  });
  await using stack = await startStack({ server: relay.address });
  await openPage(page, `${stack.url}/?panes=flows&columns=time,uuid`);
  await expect.poll(async () => (await readStats(page)).received).toBe(sent.length + impossible.length);
  await expectBalanced(page);
  await expect(flowRows(page)).toHaveCount(sent.length + impossible.length);
  const rows = new Map((await readCells(page)).map(([time = '', uuid = '']) => [uuid.slice(-1), time]));
  expect(rows.get('1')).toBe('00:00:00.000');
  expect(rows.get('2')).toBe('23:59:59.500');
  expect(rows.get('3')).toBe('00:00:00.000');
  expect(rows.get('4')).toBe('23:59:59.999');
  for (const [index, uuid] of [...rows.keys()].entries()) {
    await flowRows(page).nth(index).click();
    await expect(page.getByTestId('flow-rows').getByRole('row', { selected: true })).toContainText(uuid);
    await expect(page.getByTestId('why')).toBeVisible();
  }
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: /^Paused/ })).toBeChecked();
  await idle(page);
  await expect(flowRows(page)).toHaveCount(sent.length + impossible.length);
  await expect(page.locator('body')).not.toContainText(/NaN|Invalid|undefined/);
});
