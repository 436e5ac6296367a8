// The timeline: bars that add up, a window picked by mouse and by keyboard that narrows every pane but the timeline
// itself, zoom and the way back, and the split that the address holds. On flows of a file, so that all is known.

import type { Locator, Page } from '@playwright/test';
import { expectNoViolation } from './support/axe.ts';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { freePort } from './support/free-port.ts';
import { timelineSums as sums } from './support/lab-page.ts';
import { startFakeRelay } from './support/fake-relay.ts';
import { flowLines, sendFlows } from './support/map-flows.ts';
import { idle, openPage, openWith } from './support/page.ts';
import { fixture, readLines, replayed, replayFlags } from './support/replay.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const RECORDS = fixture('every-field.jsonl');
const count = readLines(RECORDS).length;

test.use({ stackOptions: { demo: replayFlags(RECORDS) } });
test.beforeAll(({ stack }) => replayed(stack, count));

function plot(page: Page): Locator {
  return page.getByRole('slider', { name: 'Time' });
}

function readout(page: Page): Locator {
  return page.getByTestId('timeline-readout');
}

/** A parameter of the address, '' without it. */
function param(page: Page, name: string): string {
  return new URL(page.url()).searchParams.get(name) ?? '';
}

function total(of: Readonly<Record<string, number>>): number {
  return Object.entries(of).reduce((all, [name, flows]) => (name === 'Lost' ? all : all + flows), 0);
}

/** Brings the mouse to a share of the plot's width. */
async function pointAt(page: Page, share: number): Promise<void> {
  const box = await plot(page).boundingBox();
  if (box === null) throw new Error('the timeline is not on screen');
  await page.mouse.move(box.x + 44 + (box.width - 58) * share, box.y + box.height / 2);
}

/** Drags from one share of the plot's width to another. */
async function drag(page: Page, from: number, to: number): Promise<void> {
  await pointAt(page, from);
  await page.mouse.down();
  await pointAt(page, (from + to) / 2);
  await pointAt(page, to);
  await page.mouse.up();
}

/** Where the mouse, going right from a share of the width, first meets an edge of the window. */
async function edgeAfter(page: Page, from: number): Promise<number> {
  for (let share = from; share < 1; share += 0.003) {
    await pointAt(page, share);
    if ((await plot(page).evaluate(({ style }: HTMLElement) => style.cursor)) === 'ew-resize') return share;
  }
  throw new Error('there is no edge to take hold of');
}

test('the bars hold every flow once; a filter narrows them, the own window does not', async ({
  page,
  stack,
}) => {
  await openWith(page, `${stack.url}/?panes=flows`, count);
  await expect.poll(async () => total(await sums(page))).toBe(count);
  const byVerdict: Record<string, number> = {};
  for (const line of readLines(RECORDS)) {
    const name = /"verdict":"(\w+)"/.exec(line)?.[1] ?? 'VERDICT_UNKNOWN';
    byVerdict[name] = (byVerdict[name] ?? 0) + 1;
  }
  await expect.poll(() => sums(page)).toEqual({ ...byVerdict, Lost: 0 });
  await drag(page, 0, 0.5);
  expect(param(page, 'window')).toMatch(/\/2/);
  await idle(page);
  expect(await sums(page)).toEqual({ ...byVerdict, Lost: 0 });
  await openWith(page, `${stack.url}/?panes=flows&q=verdict:DROPPED`, count);
  await expect.poll(async () => Object.keys(await sums(page))).toEqual(['DROPPED', 'Lost']);
});

test('a drag picks a window for every pane; back and double-click give it up', async ({ page, stack }) => {
  await openWith(page, `${stack.url}/?panes=flows`, count);
  const rows = page.getByTestId('flow-rows').getByRole('row');
  await expect(rows).not.toHaveCount(0);
  await drag(page, 0, 0.1);
  await expect.poll(() => param(page, 'window')).toMatch(/^2\S+Z\/2\S+Z$/);
  await expect(rows).toHaveCount(0);
  const picked = param(page, 'window');

  // Its edge.
  await drag(page, await edgeAfter(page, 0.08), 0.3);
  await expect.poll(() => param(page, 'window')).not.toBe(picked);
  expect(param(page, 'window').split('/')[0]).toBe(picked.split('/')[0]);
  // Its middle: the length stays.
  const [since = '', until = ''] = param(page, 'window').split('/');
  await drag(page, 0.15, 0.35);
  const [movedSince = '', movedUntil = ''] = param(page, 'window').split('/');
  expect(Date.parse(movedSince)).toBeGreaterThan(Date.parse(since));
  expect(Date.parse(movedUntil) - Date.parse(movedSince)).toBe(Date.parse(until) - Date.parse(since));

  await page.goBack();
  await expect.poll(() => param(page, 'window')).toBe(`${since}/${until}`);
  await plot(page).dblclick({ position: { x: 400, y: 50 } });
  await expect.poll(() => param(page, 'window')).toBe('');
  await expect(rows).not.toHaveCount(0);
});

test('the keyboard reads bars, picks a window and leaves it', async ({ page, stack }) => {
  await openWith(page, `${stack.url}/?panes=flows`, count);
  await plot(page).focus();
  for (const key of ['ArrowLeft', 'Home', 'Shift+PageDown', 'Shift+ArrowRight', 'Shift+ArrowLeft']) {
    await page.keyboard.press(key);
  }
  await expect(plot(page)).toHaveAttribute('aria-valuetext', /^\d\d:\d\d:\d\d(\.\d+)? to \S+: \d+ flows/);
  await expect(readout(page)).toBeVisible();
  expect(param(page, 'window')).toBe('');
  await page.keyboard.press('Enter');
  await expect.poll(() => param(page, 'window')).toMatch(/^2\S+Z\/2\S+Z$/);
  const [since = '', until = ''] = param(page, 'window').split('/');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => Date.parse(param(page, 'window').split('/')[0] ?? ''))
    .toBeGreaterThan(Date.parse(since));
  const [movedSince = '', movedUntil = ''] = param(page, 'window').split('/');
  expect(Date.parse(movedUntil) - Date.parse(movedSince)).toBe(Date.parse(until) - Date.parse(since));
  await page.keyboard.press('Escape');
  await expect.poll(() => param(page, 'window')).toBe('');
});

test('the wheel zooms, the bars say how long they are, and the address how they are split', async ({
  page,
  stack,
}) => {
  await openWith(page, `${stack.url}/?panes=flows`, count);
  const words = page.getByText(/^1 bar = /);
  const before = await words.textContent();
  await plot(page).hover({ position: { x: 400, y: 50 } });
  for (let notch = 0; notch < 12; notch++) await page.mouse.wheel(0, -120);
  await expect(words).not.toHaveText(before ?? '');
  await expect(words).toContainText('Double-click for live.');
  await plot(page).dblclick({ position: { x: 400, y: 50 } });
  await expect(words).toHaveText(before ?? '');

  await page.getByRole('button', { name: 'by verdict' }).click();
  await page.getByRole('menuitemradio', { name: 'by drop reason' }).click();
  expect(param(page, 'by')).toBe('drop-reason');
  await expect.poll(async () => Object.keys(await sums(page))).toContain('POLICY_DENIED');
  await expect(page.getByRole('list', { name: 'Legend' })).toContainText('POLICY_DENIED');
  await page.goBack();
  await expect(page.getByRole('button', { name: 'by verdict' })).toBeVisible();
});

test('what was lost on the way is told and stands on the bar it belongs to', async ({ page, stack }) => {
  const body = readFileSync(fixture('odd-rows.jsonl'));
  await page.route('**/odd.log', (route) => route.fulfill({ body }));
  await openPage(page, `${stack.url}/?file=odd.log&panes=flows`);
  await expect.poll(async () => (await sums(page))['Lost']).toBe(42);
  await plot(page).focus();
  await expect(async () => {
    await page.keyboard.press('ArrowLeft');
    await expect(plot(page)).toHaveAttribute('aria-valuetext', /\. 30 lost\./, { timeout: 1 });
  }).toPass();
  await expect(readout(page)).toContainText('30 lost on the way');
});

test('a break without its flows is said in words, and ends where they come again', async ({ page }) => {
  let calls = 0;
  await using relay = await startFakeRelay((stream) => {
    calls++;
    if (calls > 1) return sendFlows(stream, 'shop/cart -> data/redis 5 port:6379 age:-30');
    sendFlows(stream, 'shop/cart -> data/redis 40 port:6379');
    return stream.end(14, 'Relay is gone');
  });
  await using own = await startStack({ server: relay.address });
  await openWith(page, `${own.url}/?panes=flows`, 45);
  const bars = page.getByRole('table', { name: /^Flows by/ });
  await expect(bars.getByRole('columnheader', { name: 'Not connected' })).toBeAttached();
  await plot(page).focus();
  await expect(async () => {
    await page.keyboard.press('ArrowLeft');
    await expect(plot(page)).toHaveAttribute('aria-valuetext', /: 0 flows\. Not connected for/, {
      timeout: 1,
    });
  }).toPass();
  await expect(readout(page)).toContainText('Not connected for');
});

test.describe('what agents tell', () => {
  const at = (time: string, event: string): string =>
    `{"agent_event":${event},"node_name":"worker1","time":"2026-03-01T10:0${time}Z"}`;
  const policy = (name: string, revision: number): string =>
    `{"type":"POLICY_UPDATED","policy_update":{"labels":["k8s:io.cilium.k8s.policy.name=${name}"],"revision":"${String(revision)}","rule_count":"1"}}`;
  const RECORDS_WITH_EVENTS = [
    at('3:30', policy('rule1', 2)),
    ...flowLines('shop/cart -> data/redis 40 port:6379\nshop/batch -> data/redis 3 age:70'),
    at('4:10', policy('rule2', 3)),
    at(
      '4:40',
      '{"type":"ENDPOINT_CREATED","endpoint_update":{"id":"9","namespace":"shop","pod_name":"cart-0"}}',
    ),
    '{"agent_event":{"type":"AGENT_STARTED"},"node_name":"worker1"}',
  ].join('\n');
  const TOLD =
    /POLICY_UPDATED \(labels: \[k8s:io\.cilium\.k8s\.policy\.name=rule2\], revision: 3, count: 1\)/;

  async function expectTold(page: Page): Promise<void> {
    const table = page.getByRole('table', { name: /^Flows by/ });
    await expect(table.getByRole('columnheader', { name: 'Told by agents' })).toBeAttached();
    await expect(table).toContainText(TOLD);
    await expect(table).toContainText('ENDPOINT_CREATED (id: 9, namespace: shop, pod name: cart-0)');
    await plot(page).focus();
    await page.keyboard.press('Shift+E');
    await expect(readout(page)).toContainText('ENDPOINT_CREATED shop/cart-0');
    await page.keyboard.press('Shift+E');
    await page.keyboard.press('Shift+E');
    await expect(readout(page)).toContainText('POLICY_UPDATED rule1');
    await page.keyboard.press('e');
    await expect(plot(page)).toHaveAttribute('aria-valuetext', TOLD);
    await expect(readout(page)).toContainText('POLICY_UPDATED rule2');
  }

  test('in a file stands where it happened, whatever the filter, in words by mouse and by keyboard', async ({
    page,
    stack,
  }) => {
    await page.route('**/with-events.log', (route) => route.fulfill({ body: RECORDS_WITH_EVENTS }));
    await openPage(page, `${stack.url}/?file=with-events.log&panes=flows&q=pod:nowhere/nobody`);
    await expect(page.getByRole('contentinfo').getByRole('button', { name: /^File .* read$/ })).toBeVisible();
    await expectTold(page);
    await expect(page.getByText('Agent events not shown: 1 without a time')).toBeVisible();
    await page.keyboard.press('Escape');
    await plot(page).blur();
    await expect(readout(page)).toBeHidden();
    await expect(async () => {
      for (let share = 0; share < 1; share += 0.01) {
        await pointAt(page, share);
        if (TOLD.test(await readout(page).innerText())) return;
      }
      throw new Error('no mark tells of rule2');
    }).toPass();
  });

  test('comes from an agent, and not from Relay, which has none', async ({ page }, testInfo) => {
    const file = testInfo.outputPath('with-events.jsonl');
    await writeFile(file, RECORDS_WITH_EVENTS);
    const port = await freePort();
    await using cluster = await startStack({
      demo: [...replayFlags(file), '--agents-listen-base', String(port)],
    });
    await using agent = await startStack({ server: `127.0.0.1:${String(port)}` });
    await openWith(page, `${cluster.url}/?panes=flows`, 43);
    await expect(page.getByRole('columnheader', { name: 'Told by agents' })).toHaveCount(0);
    await openPage(page, `${agent.url}/?panes=flows&window=2026-03-01T10:03:00Z/2026-03-01T10:05:00Z`);
    await expectTold(page);
  });
});

test('axe has nothing to say, in both themes', async ({ page, stack }) => {
  await openWith(page, `${stack.url}/?panes=flows&by=type`, count);
  await plot(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expectNoViolation(page, 'section[aria-label="Timeline"]');
});
