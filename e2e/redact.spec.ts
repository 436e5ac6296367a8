// What may be secret does not pass a gateway with --redact, whatever of a flow holds it, and the page says so.

import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { TimestampSchema } from '@bufbuild/protobuf/wkt';
import { FlowSchema, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import type { Page } from '@playwright/test';
import { startFakeRelay } from './support/fake-relay.ts';
import { flowRows, idle, openPage } from './support/page.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const SECRET = 's3cret';
const URL_WITH_SECRETS = `http://ann:${SECRET}@shop/cart?token=${SECRET}`;
const MASKED = '1 header value, 1 query string and 1 user name or password';

function message(flow: Omit<MessageInitShape<typeof FlowSchema>, '$typeName' | '$unknown'>): Uint8Array {
  const time = create(TimestampSchema, { seconds: 1_800_000_000n });
  const value = create(FlowSchema, { ...flow, time, verdict: 1 });
  const responseTypes = { case: 'flow', value } as const;
  return toBinary(
    GetFlowsResponseSchema,
    create(GetFlowsResponseSchema, { nodeName: 'k8s-w1', time, responseTypes }),
  );
}

const REQUEST = message({
  uuid: 'u-1',
  Type: 2,
  eventType: { type: 129 },
  source: { identity: 100, namespace: 'shop', podName: 'web-1' },
  destination: { identity: 200, namespace: 'shop', podName: 'cart-1' },
  l7: {
    type: 1,
    record: {
      case: 'http',
      value: {
        method: 'GET',
        protocol: 'HTTP/1.1',
        url: URL_WITH_SECRETS,
        headers: [{ key: 'Cookie', value: SECRET }],
      },
    },
  },
  Summary: `HTTP/1.1 GET ${URL_WITH_SECRETS}`,
});

/** As an agent sends it to whom a field mask leaves little more than the text. */
const TEXT_ALONE = message({
  uuid: 'u-2',
  source: { namespace: 'shop', podName: 'text-1' },
  Summary: `HTTP/1.1 200 3ms (GET /cart?token=${SECRET})`,
});

async function openFlow(page: Page, url: string, uuid: string): Promise<void> {
  await openPage(page, `${url}/?panes=flows&columns=uuid,summary`);
  await flowRows(page).filter({ hasText: uuid }).click();
  await expect(page.getByTestId('why')).toBeVisible();
}

async function shareAs(page: Page, item: RegExp): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function readClipboard(page: Page): Promise<string> {
  return await page.evaluate(() => navigator.clipboard.readText());
}

test('a gateway that redacts lets nothing secret through, and the panel says what it masked', async ({
  page,
}) => {
  await using relay = await startFakeRelay((stream) => {
    stream.send(REQUEST);
    stream.send(TEXT_ALONE);
  });
  await using stack = await startStack({ server: relay.address, gateway: ['--redact', 'all'] });
  await openFlow(page, stack.url, 'u-1');
  await expect(page.getByText(`Masked before it came here: ${MASKED}.`)).toBeVisible();
  await expect(flowRows(page).filter({ hasText: 'u-2' })).toContainText('HUBBLE_REDACTED');
  await page.getByRole('button', { name: /^All \d+ fields$/ }).click();
  await idle(page);
  expect(await page.content()).not.toContain(SECRET);
  await flowRows(page).filter({ hasText: 'u-2' }).click();
  await expect(page.getByText('Masked before it came here: 1 query string.')).toBeVisible();
  await idle(page);
  expect(await page.content()).not.toContain(SECRET);
});

test('a link and Markdown show masks and say what was masked', async ({ page }) => {
  await using relay = await startFakeRelay((stream) => stream.send(REQUEST));
  await using stack = await startStack({ server: relay.address });
  await openFlow(page, stack.url, 'u-1');
  await shareAs(page, /^Copy as Markdown/);
  await expect(page.getByText(`Markdown copied. Masked: ${MASKED}.`).first()).toBeVisible();
  const markdown = await readClipboard(page);
  expect(markdown).not.toContain(SECRET);
  expect(markdown).toContain(`Masked: ${MASKED}.`);

  await page.keyboard.press('y');
  await expect(page.getByText(/^Link copied with the flow/).first()).toContainText(`Masked: ${MASKED}.`);
  const link = await readClipboard(page);
  // Opened where no server has the flow.
  await page.goto('about:blank');
  await page.route('**/observer.Observer/**', (route) => route.abort());
  await openPage(page, link);
  await expect(page.getByRole('status', { name: 'From the link' })).toContainText(`Masked: ${MASKED}.`);
  await idle(page);
  expect(await page.content()).not.toContain(SECRET);
});
