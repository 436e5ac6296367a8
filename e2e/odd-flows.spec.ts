// Flows as no datapath should send them: parts missing, numbers without a name, names that are long, hostile or no
// UTF-8. Each is shown as what it is and copied as it came; none breaks the page.

import { create, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { defined } from '@finderscope/base';
import { compactLine, toJsonpb } from '@finderscope/flow-query';
import { GetFlowsResponseSchema, type GetFlowsResponse } from '@finderscope/hubble-api';
import type { Locator, Page } from '@playwright/test';
import { startFakeRelay } from './support/fake-relay.ts';
import { flowOf, readFlows } from './support/flow-calls.ts';
import { expectBalanced, flowRows, idle, openPage, openWith, readStats } from './support/page.ts';
import { fixture, readLines, startReplay } from './support/replay.ts';
import { startStack, type Stack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const RECORDS = fixture('odd-flows.jsonl');
const LINES = readLines(RECORDS);

/** A value in the list of all fields, by the field's path. */
function fieldValue(page: Page, path: string): Locator {
  return page
    .getByRole('region', { name: 'All fields' })
    .locator('dl > div')
    .filter({ has: page.getByTitle(path, { exact: true }) })
    .getByRole('button');
}

test.describe('from a file', () => {
  let stack: Stack;
  let sent: readonly GetFlowsResponse[];
  test.beforeAll(async () => {
    stack = await startReplay(RECORDS, LINES.length);
    sent = (await readFlows(stack.url, { number: 1000n })).filter(
      (response) => flowOf(response) !== undefined,
    );
    expect(sent).toHaveLength(LINES.length);
  });
  test.afterAll(() => stack[Symbol.asyncDispose]());

  const rowOf = (page: Page, text: string) => flowRows(page).filter({ hasText: text });

  test('every one is a row, and its line is the one that the CLI prints', async ({ page }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, LINES.length);
    await expectBalanced(page);
    expect((await readStats(page)).skipped.total).toBe(0);
    await expect(flowRows(page)).toHaveCount(LINES.length);
    const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
    const shown = (
      await flowRows(page)
        .locator('[role=gridcell]')
        .evaluateAll((cells) => cells.map((cell) => cell.textContent ?? ''))
    ).map(flat);
    expect(shown.toSorted()).toEqual(sent.map((response) => flat(compactLine(response))).toSorted());
  });

  test('what is missing is a dash, what has no name is its number', async ({ page }) => {
    await openWith(
      page,
      `${stack.url}/?panes=flows&columns=time,verdict,source,destination,type,summary,direction,drop-reason,uuid`,
      LINES.length,
    );
    const bare = rowOf(page, '0dd00000-0000-');
    await expect(bare.getByRole('gridcell').nth(2)).toHaveText('–');
    await expect(bare.getByRole('gridcell').nth(3)).toHaveText('–');
    const timeless = rowOf(page, '0dd00000-0010-');
    await expect(timeless.getByRole('gridcell').first()).toHaveText('–');
    const newer = rowOf(page, '0dd00000-0004-');
    await expect(newer.getByRole('gridcell').nth(1)).toHaveText('99');
    await expect(newer).toContainText('cart-1');
    await expect(newer).toContainText('9999');
    // Markup in a name is text.
    await expect(rowOf(page, '0dd00000-0007-')).toContainText('<img src=x onerror=alert(1)>');
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
  });

  test('each opens, with a sentence and all it holds, and is copied as the server sent it', async ({
    page,
  }) => {
    await openWith(page, `${stack.url}/?panes=flows&columns=uuid`, LINES.length);
    for (const response of sent) {
      const { uuid } = defined(flowOf(response), 'a flow');
      if (uuid === '') continue;
      await test.step(uuid, async () => {
        await rowOf(page, uuid).click();
        await expect.poll(() => new URL(page.url()).searchParams.get('flow')).toBe(uuid);
        await expect(page.getByTestId('why')).toHaveText(/^The .*\.$/s);
        const all = page.getByRole('button', { name: /^All \d+ fields$/ });
        if ((await all.getAttribute('aria-expanded')) === 'false') await all.click();
        await expect(fieldValue(page, 'uuid')).toHaveText(uuid);
        await page.getByRole('button', { name: 'JSON', exact: true }).click();
        await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(toJsonpb(response));
      });
    }
  });

  test('numbers without a name stay in the fields and in the copy', async ({ page }) => {
    await openWith(page, `${stack.url}/?flow=0dd00000-0004-4000-8000-000000000000&detail=1`, LINES.length);
    await page.getByRole('button', { name: /^All \d+ fields$/ }).click();
    for (const [field, number] of [
      ['verdict', '99'],
      ['drop_reason_desc', '9999'],
      ['traffic_direction', '7'],
      ['trace_observation_point', '777'],
    ] as const) {
      await expect(fieldValue(page, field)).toHaveText(number);
    }
    await page.getByRole('radio', { name: 'JSON' }).click();
    await expect(page.getByTestId('flow-json')).toContainText('"verdict":99');
    await expect(page.getByTestId('flow-json')).toContainText('"drop_reason_desc":9999');
  });

  test('a flow without an id opens in the tab that has it', async ({ page }) => {
    await openWith(page, `${stack.url}/?panes=flows`, LINES.length);
    await rowOf(page, 'nameless').click();
    await expect(page.getByTestId('why')).toContainText('shop/nameless');
  });
});

test.describe('byte for byte', () => {
  /** A GetFlowsResponse whose flow has these bytes. */
  function response(flow: Uint8Array): Uint8Array {
    return new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(flow).finish();
  }
  const FLOW = { uuid: 34, verdict: 2, source: 8, podName: 5, namespace: 3 };

  function flow(uuid: string, extra: (writer: BinaryWriter) => BinaryWriter): Uint8Array {
    const writer = new BinaryWriter().tag(FLOW.uuid, WireType.LengthDelimited).string(uuid);
    return extra(writer.tag(FLOW.verdict, WireType.Varint).uint32(1)).finish();
  }

  test('invalid UTF-8, unknown fields and broken parts among good flows', async ({ page }) => {
    const good = (uuid: string) =>
      toBinary(
        GetFlowsResponseSchema,
        create(GetFlowsResponseSchema, { responseTypes: { case: 'flow', value: { uuid, verdict: 1 } } }),
      );
    const messages = [
      good('good-1'),
      // A pod name that is no UTF-8.
      response(
        flow('no-utf8', (writer) =>
          writer.tag(FLOW.source, WireType.LengthDelimited).bytes(
            new BinaryWriter()
              .tag(FLOW.namespace, WireType.LengthDelimited)
              .string('shop')
              .tag(FLOW.podName, WireType.LengthDelimited)
              .bytes(new Uint8Array([0x63, 0x61, 0xff, 0xfe, 0x72, 0x74]))
              .finish(),
          ),
        ),
      ),
      // Fields that this build has never heard of.
      response(
        flow('unknown-fields', (writer) =>
          writer
            .tag(4711, WireType.Varint)
            .uint32(42)
            .tag(4712, WireType.LengthDelimited)
            .string('from the future'),
        ),
      ),
      // A source that ends in the middle of its name.
      response(
        flow('cut', (writer) =>
          writer.tag(FLOW.source, WireType.LengthDelimited).bytes(new Uint8Array([0x2a, 0x09, 0x63, 0x61])),
        ),
      ),
      // A length beyond the end, no message at all, and none of the kinds of response.
      new Uint8Array([0x0a, 0x7f, 0x01]),
      new Uint8Array([0xff, 0xff, 0xff]),
      new Uint8Array(0),
      good('good-2'),
    ];
    await using relay = await startFakeRelay((stream) => {
      for (const message of messages) stream.send(message);
    });
    await using stack = await startStack({ server: relay.address });
    await openPage(page, `${stack.url}/?panes=flows&columns=uuid,source,verdict`);
    // As protobuf has it, text that is no UTF-8 makes a message unreadable; those before and after it are not.
    await expect(flowRows(page).getByRole('gridcell').and(page.locator('[data-column="0"]'))).toHaveText([
      'good-1',
      'unknown-fields',
      'good-2',
    ]);
    await idle(page);
    expect(await readStats(page)).toMatchObject({ received: 8, held: 3, reconnects: 0 });
    expect((await readStats(page)).skipped).toMatchObject({ total: 5, malformed: 5 });
    await expectBalanced(page);
    const skipped = page.getByRole('contentinfo').getByRole('button', { name: /^Skipped/ });
    await skipped.hover();
    await expect(page.getByRole('tooltip')).toContainText('5: could not be decoded');

    await flowRows(page).filter({ hasText: 'unknown-fields' }).click();
    await page.getByRole('button', { name: /^All \d+ fields$/ }).click();
    await expect(fieldValue(page, '4711')).toHaveText('field not known here, varint: 2a');
    await expect(fieldValue(page, '4712')).toContainText('field not known here');
  });
});
