// The lab guide: a newcomer goes through the Star Wars lab with it, by mouse and by keyboard, and puts it away for good.
// The lab's own stack: stages that are switched here must not change under other specs.

import { demo } from '@finderscope/hubble-api';
import type { Locator, Page } from '@playwright/test';

import { expectNoViolation } from './support/axe.ts';
import { callUnary } from './support/demo-control.ts';
import { startFakeRelay } from './support/fake-relay.ts';
import { filterOf, flowRows, idle, openPage } from './support/page.ts';
import { fixture } from './support/replay.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

test.use({ stackOptions: { demo: ['--scenario', 'star-wars', '--seed', '7'] } });

const guideOf = (page: Page): Locator => page.getByRole('region', { name: 'Lab guide' });

const windowOf = (page: Page): string => new URL(page.url()).searchParams.get('window') ?? '';

async function stageOf(url: string): Promise<string> {
  const { scenario } = await callUnary(url, demo.DemoService.method.getScenario, {});
  return scenario?.cycling === true ? 'cycling' : (scenario?.currentStageId ?? '');
}

test('a view holds its stage and shows what came since it began; cycling shows all times', async ({
  page,
  stack,
}) => {
  await openPage(page, stack.url);
  const guide = guideOf(page);
  await expect(guide.getByRole('radio', { name: /^Cycle/ })).toBeChecked();
  await expect(guide).toContainText('the page shows all of them; choose one to hold it');
  // Whichever stage is on: each has a view of drops, or of what xwing sends.
  await guide.getByRole('group', { name: 'Look at' }).getByRole('button').last().click();
  await expect
    .poll(() => filterOf(page))
    .toMatch(/^(?:verdict:DROPPED|from-identity:11716|type:policy-verdict)$/);
  await expect.poll(() => stageOf(stack.url)).toMatch(/^A\d$/);
  const held = await stageOf(stack.url);
  await expect(guide.getByRole('radio', { name: new RegExp(`^${held}:`) })).toBeChecked();
  const { scenario } = await callUnary(stack.url, demo.DemoService.method.getScenario, {});
  const since = Math.ceil(Number(scenario?.currentStageSince?.seconds) + 0.5);
  await expect.poll(() => windowOf(page)).toMatch(/^\S+Z\/\.\.$/);
  expect(Math.abs(Date.parse(windowOf(page).split('/')[0] ?? '') / 1000 - since)).toBeLessThanOrEqual(1);

  // A view is a step of its own: back undoes it.
  await page.goBack();
  await expect.poll(() => filterOf(page)).toBe('');
  await guide.getByRole('radio', { name: /^A0/ }).click();
  await expect.poll(() => stageOf(stack.url)).toBe('A0');
  await expect.poll(() => windowOf(page)).not.toBe('');
  await guide.getByRole('radio', { name: /^Cycle/ }).click();
  await expect.poll(() => stageOf(stack.url)).toBe('cycling');
  await expect.poll(() => windowOf(page)).toBe('');
});

test('a view is shown from its newest flow on, whatever was read before', async ({ page, stack }) => {
  await openPage(page, stack.url);
  const guide = guideOf(page);
  const follow = page.getByRole('button', { name: 'Follow' });
  await guide.getByRole('radio', { name: /^A1/ }).click();
  await guide.getByRole('button', { name: 'Only drops' }).click();
  await flowRows(page).first().click();
  await expect(page.getByTestId('why')).toBeVisible();
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await guide.getByRole('button', { name: 'What xwing sends' }).click();
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  // Also after a list that had no end, since it was not by time.
  await page.getByRole('columnheader', { name: 'Source' }).click();
  await follow.click();
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await guide.getByRole('button', { name: 'What xwing sends' }).click();
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  // Also the one that is open already.
  await follow.click();
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await guide.getByRole('button', { name: 'What xwing sends' }).click();
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
});

test('a time without flows is told as such, and one click leads out of it', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?window=2001-01-01T00:00:00Z/2001-01-01T00:01:00Z`);
  await expect(page.getByText('No flow in this time')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove all filters/ })).toHaveCount(0);
  await page.getByRole('button', { name: /^Look at all times/ }).click();
  await expect.poll(() => windowOf(page)).toBe('');
  await expect(flowRows(page).first()).toBeVisible();
});

test('is reached and steered by keyboard, and axe finds nothing in it', async ({ page, stack }) => {
  await openPage(page, stack.url);
  const guide = guideOf(page);
  await guide.getByRole('radio', { name: /^A0/ }).click();
  await expect.poll(() => stageOf(stack.url)).toBe('A0');
  await expect(guide).toContainText('Every ship may land');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => stageOf(stack.url)).toBe('A1');
  await expect(guide).toContainText('deathstar accepts port 80');
  await page.keyboard.press('Tab');
  await expect(guide.getByRole('button', { name: 'Policy', exact: true })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(guide.getByRole('button', { name: 'Only drops' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
  await expectNoViolation(page, '[aria-label="Lab guide"]');
  // On to the latest drop and into it, without leaving the view that the button in focus has opened.
  await expect(flowRows(page).filter({ hasText: 'DROPPED' }).first()).toBeVisible();
  await page.keyboard.press('n');
  await expect.poll(() => new URL(page.url()).searchParams.get('flow')).not.toBeNull();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('why')).toContainText('was dropped on ingress');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('why')).toBeHidden();

  // A2 has that view too; in A0 nothing is dropped, and it would show nothing.
  const before = windowOf(page);
  await guide.getByRole('radio', { name: /^A2/ }).click();
  await expect.poll(() => windowOf(page)).not.toBe(before);
  expect(filterOf(page)).toBe('verdict:DROPPED');
  await guide.getByRole('radio', { name: /^A0/ }).click();
  await expect.poll(() => filterOf(page)).toBe('');
  await guide.getByRole('radio', { name: /^Cycle/ }).click();
  await expect.poll(() => stageOf(stack.url)).toBe('cycling');
});

test('is of the live cluster: not there while a file is open, back with it', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await expect(guideOf(page)).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^Source/ }).click();
  await page.getByRole('menuitem', { name: /^Open a file/ }).click();
  await (await chooser).setFiles(fixture('every-field.jsonl'));
  await expect(page.getByRole('contentinfo').getByRole('button', { name: /^File .* read$/ })).toBeVisible();
  await idle(page);
  await expect(guideOf(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(guideOf(page)).toBeVisible();
});

test('is of demo clusters: a Relay that plays no lab has none', async ({ page }) => {
  await using relay = await startFakeRelay(() => undefined);
  await using stack = await startStack({ server: relay.address });
  const [answer] = await Promise.all([
    page.waitForResponse(/\/GetScenario$/),
    page.goto(`${stack.url}/?panes=flows`),
  ]);
  await answer.finished();
  await expect(page.getByRole('contentinfo').getByRole('button', { name: /\bconnected/ })).toBeVisible();
  await idle(page);
  await expect(guideOf(page)).toHaveCount(0);
});

test('stays away once it is put away, until it is asked for', async ({ page, stack }) => {
  await openPage(page, stack.url);
  await guideOf(page).getByRole('button', { name: 'Put the lab guide away' }).click();
  await expect(guideOf(page)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('button', { name: /Demo cluster/ })).toBeVisible();
  await idle(page);
  await expect(guideOf(page)).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command' }).fill('guide');
  await page.keyboard.press('Enter');
  await expect(guideOf(page)).toBeVisible();
});
