// The lab guide: a newcomer goes through the Star Wars lab with it, by mouse and by keyboard, and puts it away for good.
// The lab's own stack: stages that are switched here must not change under other specs.

import { AxeBuilder } from '@axe-core/playwright';
import { demo } from '@finderscope/hubble-api';
import type { Locator, Page } from '@playwright/test';

import { callUnary } from './support/demo-control.ts';
import { filterOf, flowRows, idle, openPage } from './support/page.ts';
import { expect, test } from './support/test.ts';

test.use({ stackOptions: { demo: ['--scenario', 'star-wars', '--seed', '7'] } });

const guideOf = (page: Page): Locator => page.getByRole('region', { name: 'Lab guide' });

async function stageOf(url: string): Promise<string> {
  const { scenario } = await callUnary(url, demo.DemoService.method.getScenario, {});
  return scenario?.cycling === true ? 'cycling' : (scenario?.currentStageId ?? '');
}

test('leads from a stage to what it drops, and to why', async ({ page, stack }) => {
  await openPage(page, stack.url);
  const guide = guideOf(page);
  await guide.getByRole('radio', { name: /^A1/ }).click();
  await expect(guide).toContainText('Empire ships only');
  await expect.poll(() => stageOf(stack.url)).toBe('A1');

  await guide.getByRole('button', { name: 'Policy', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Policy of stage A1' })).toContainText('name: rule1');
  await page.keyboard.press('Escape');

  await guide.getByRole('button', { name: 'Only drops' }).click();
  await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
  await idle(page);
  await expect(flowRows(page).first()).toContainText('DROPPED');
  await expect(flowRows(page).filter({ hasText: 'FORWARDED' })).toHaveCount(0);

  await guide.getByRole('button', { name: 'What policy decides' }).click();
  await expect.poll(() => filterOf(page)).toBe('type:policy-verdict');
  await expect(page.getByRole('columnheader', { name: 'Policies' })).toBeVisible();
  // A look is a step of its own: back undoes it.
  await page.goBack();
  await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
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
  const { violations } = await new AxeBuilder({ page }).include('[aria-label="Lab guide"]').analyze();
  expect(violations).toEqual([]);

  await guide.getByRole('radio', { name: /^Cycle/ }).click();
  await expect.poll(() => stageOf(stack.url)).toBe('cycling');
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
