// The timeline: bars that add up, a window picked by mouse and by keyboard that narrows every pane but the timeline
// itself, zoom and the way back, and the split that the address holds. On flows of a file, so that all is known.

import type { Locator, Page } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { timelineSums as sums } from './support/lab-page.ts';
import { idle, openWith } from './support/page.ts';
import { fixture, readLines, replayed, replayFlags } from './support/replay.ts';
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

test('the bars hold every flow once, by verdict', async ({ page, stack }) => {
  await openWith(page, stack.url, count);
  await expect.poll(async () => total(await sums(page))).toBe(count);
  const byVerdict: Record<string, number> = {};
  for (const line of readLines(RECORDS)) {
    const name = /"verdict":"(\w+)"/.exec(line)?.[1] ?? 'VERDICT_UNKNOWN';
    byVerdict[name] = (byVerdict[name] ?? 0) + 1;
  }
  await expect.poll(() => sums(page)).toEqual({ ...byVerdict, Lost: 0 });
});

test('a filter narrows the bars, the own window does not', async ({ page, stack }) => {
  await openWith(page, `${stack.url}/?q=verdict:DROPPED`, count);
  await expect.poll(async () => Object.keys(await sums(page))).toEqual(['DROPPED', 'Lost']);
  await openWith(page, stack.url, count);
  await expect.poll(async () => total(await sums(page))).toBe(count);
  const before = await sums(page);
  await drag(page, 0, 0.5);
  expect(param(page, 'window')).toMatch(/\/2/);
  await idle(page);
  expect(await sums(page)).toEqual(before);
});

test('a drag picks a window for every pane; back and double-click give it up', async ({ page, stack }) => {
  await openWith(page, stack.url, count);
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
  await openWith(page, stack.url, count);
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

test('the wheel zooms, and the bars say how long they are', async ({ page, stack }) => {
  await openWith(page, stack.url, count);
  const words = page.getByText(/^1 bar = /);
  const before = await words.textContent();
  await plot(page).hover({ position: { x: 400, y: 50 } });
  for (let notch = 0; notch < 12; notch++) await page.mouse.wheel(0, -120);
  await expect(words).not.toHaveText(before ?? '');
  await expect(words).toContainText('Double-click for live.');
  await plot(page).dblclick({ position: { x: 400, y: 50 } });
  await expect(words).toHaveText(before ?? '');
});

test('the split is part of the address', async ({ page, stack }) => {
  await openWith(page, stack.url, count);
  await page.getByRole('button', { name: 'by verdict' }).click();
  await page.getByRole('menuitemradio', { name: 'by drop reason' }).click();
  expect(param(page, 'by')).toBe('drop-reason');
  await expect.poll(async () => Object.keys(await sums(page))).toContain('POLICY_DENIED');
  await expect(page.getByRole('list', { name: 'Legend' })).toContainText('POLICY_DENIED');
  await page.goBack();
  await expect(page.getByRole('button', { name: 'by verdict' })).toBeVisible();
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe has nothing to say, ${colorScheme}`, async ({ page, stack }) => {
    await page.emulateMedia({ colorScheme });
    await openWith(page, `${stack.url}/?by=type`, count);
    await plot(page).focus();
    await page.keyboard.press('ArrowLeft');
    const { violations } = await new AxeBuilder({ page }).include('section[aria-label="Timeline"]').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  });
}
