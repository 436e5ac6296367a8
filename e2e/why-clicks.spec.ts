// What a newcomer does in the labs: from the page as it opens to the sentence that says why, in at most three clicks, and
// on to a colleague whose cluster has never seen the flow.

import type { Page } from '@playwright/test';
import { setStage } from './support/demo-control.ts';
import { filterOf, flowRows, idle, openPage } from './support/page.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

// Two clusters and two browsers in each test.
test.setTimeout(180_000);

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const LABS = [
  {
    scenario: 'star-wars',
    stage: 'A1',
    // share.spec.ts hands this one on.
    isHandedOn: false,
    row: 'xwing',
    sentence:
      /^The SYN from default\/xwing .* to port 80 of deathstar\S* was dropped on ingress at node k8s-w\d: policies select deathstar\S* for ingress and none allows this peer\.$/,
  },
  {
    scenario: 'star-wars',
    stage: 'A2',
    isHandedOn: true,
    row: 'PUT',
    sentence:
      /^The HTTP request PUT \/v1\/exhaust-port from default\/tiefighter .* was refused by the proxy on ingress .*: no layer 7 rule of a policy allows this request\.$/,
  },
  {
    scenario: 'shop',
    stage: 'B5',
    isHandedOn: true,
    row: 'GET',
    sentence:
      /^The HTTP request GET \/get from shop\/frontend.* was refused by the proxy on ingress .*: no layer 7 rule of a policy allows this request\.$/,
  },
  {
    scenario: 'shop',
    stage: 'B5',
    isHandedOn: false,
    row: 'Policy denied',
    sentence:
      /^The SYN from shop\/frontend.* was dropped on egress .*: policies select frontend\S* for egress and none allows this destination\.$/,
  },
] as const;

/** The page's own mouse, counted by the browser. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.assign(window, { clicks: 0 });
    addEventListener(
      'pointerdown',
      () => Object.assign(window, { clicks: Number(Reflect.get(window, 'clicks')) + 1 }),
      true,
    );
  });
  return () => page.evaluate(() => Number(Reflect.get(window, 'clicks')));
}

for (const { scenario, stage, isHandedOn, row, sentence } of LABS) {
  test(`${scenario} ${stage}: why ${row} fails is three clicks away${isHandedOn ? ', and in a link for good' : ''}`, async ({
    page,
    browser,
  }) => {
    await using stack = await startStack({ demo: ['--scenario', scenario] });
    await setStage(stack.url, stage);
    const clicks = await countClicks(page);
    await openPage(page, stack.url);
    const facets = page.getByRole('region', { name: 'Facets' });
    await facets.getByRole('button', { name: /^DROPPED, / }).click();
    await expect.poll(() => filterOf(page)).toBe('verdict:DROPPED');
    // Rows that move on between being found and being pressed are no matter of clicks: whoever sees one holds them.
    const wanted = flowRows(page).filter({ hasText: 'DROPPED' }).filter({ hasText: row }).first();
    const mode = (name: RegExp) => page.getByRole('radio', { name });
    await expect(async () => {
      await mode(/^Live/).press('Space');
      await expect(wanted).toBeVisible();
      await mode(/^Pause/).press('Space');
      await idle(page);
      await expect(wanted).toBeVisible({ timeout: 1000 });
    }).toPass();
    await wanted.click();
    const why = page.getByTestId('why');
    await expect(why).toHaveText(sentence);
    expect(await clicks()).toBeLessThanOrEqual(3);
    const said = await why.innerText();
    if (!isHandedOn) return;

    await page.keyboard.press('y');
    await expect(page.getByText(/^Link copied with the flow/).first()).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.close();
    await stack.demo?.kill();
    await stack.demo?.start();
    await using other = await browser.newContext();
    const reader = await other.newPage();
    await openPage(reader, link);
    await expect(reader.getByTestId('why')).toHaveText(said);
    await expect(reader.getByRole('status', { name: 'From the link' })).toBeVisible();
  });
}
