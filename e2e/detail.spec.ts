// One flow: who, whom and why in a sentence; its JSON as the CLI prints it; the way to the next drop; its values as
// filters.

import { compactLine, toJsonpb } from '@finderscope/flow-query';
import { Verdict } from '@finderscope/hubble-api';
import type { Page } from '@playwright/test';
import { setStage } from './support/demo-control.ts';
import { flowOf, readFlows } from './support/flow-calls.ts';
import { filterOf, flowRows, idle, openPage } from './support/page.ts';
import { expect, test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

// Of the Star Wars demo: xwing, of the alliance, is denied what tiefighter may do.
test.beforeAll(async ({ stack }) => setStage(stack.url, 'A1'));
test.afterAll(async ({ stack }) => setStage(stack.url, ''));

const why = (page: Page) => page.getByTestId('why');
const selectedFlow = (page: Page) => new URL(page.url()).searchParams.get('flow') ?? '';

/** Opens the page on xwing's denied packets, paused, with the first of them open. */
async function openDrop(page: Page, url: string): Promise<void> {
  await openPage(page, `${url}/?q=drop-reason-desc:POLICY_DENIED+from-pod:default/xwing+type:drop`);
  await expect(flowRows(page).nth(3)).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: /^Paused/ })).toBeChecked();
  await idle(page);
  await flowRows(page).nth(1).click();
  await expect(why(page)).toBeVisible();
}

test('a drop says who was denied and why', async ({ page, stack }) => {
  await openDrop(page, stack.url);
  await expect(page.getByRole('heading', { name: 'Policy denied' })).toBeVisible();
  await expect(why(page)).toHaveText(
    /^The SYN from default\/xwing \(identity 11716, .*\) to port 80 of deathstar\S* was dropped on ingress at node k8s-w\d: policies select deathstar\S* for ingress and none allows this peer\.$/,
  );
  await expect(page.getByRole('region', { name: 'Why', exact: true })).toContainText(
    'Default deny, enforced',
  );
  // Told from what the policy lets through, with its kind and namespace.
  await expect(page.getByRole('region', { name: 'Why', exact: true })).toContainText(
    /Policy in play\s*CiliumNetworkPolicy default\/rule1 revision \d+ let tiefighter in \d+ times?, last \d\d:\d\d:\d\d/,
  );
  const rule = page.getByTestId('smallest-rule');
  await expect(rule).toContainText('kind: CiliumNetworkPolicy');
  await expect(rule).toContainText('k8s:class: xwing');
  await expect(page.getByText('Allowing may be wrong.')).toBeVisible();
  await page.getByRole('radio', { name: 'NetworkPolicy', exact: true }).click();
  await expect(rule).toContainText('apiVersion: networking.k8s.io/v1');
  await expect(page.getByRole('region', { name: 'From', exact: true })).toContainText('org=alliance');
  await expect(page.getByRole('region', { name: 'To', exact: true })).toContainText('org=empire');
  // The verdict beside its drop.
  await expect(page.getByRole('region', { name: 'Related flows' })).toContainText('policy-verdict:none');
});

test('what finds the smallest rule is asked for again when it could not be had', async ({ page, stack }) => {
  let isAway = true;
  await page.route('**/assets/suggest-*.js', async (route) => {
    if (isAway) await route.abort();
    else await route.continue();
  });
  await openDrop(page, stack.url);
  await expect(page.getByText('What finds the smallest rule could not be fetched.')).toBeVisible();
  isAway = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('smallest-rule')).toContainText('CiliumNetworkPolicy');
});

test('a link that cannot be made just now is told, and made the next time', async ({ page, stack }) => {
  let isAway = true;
  await page.route('**/assets/share-texts-*.js', async (route) => {
    if (isAway) await route.abort();
    else await route.continue();
  });
  await openDrop(page, stack.url);
  await page.keyboard.press('y');
  await expect(page.getByText(/could not be fetched: the server is away/).first()).toBeVisible();
  isAway = false;
  await page.keyboard.press('y');
  await expect(page.getByText(/^Link copied with the flow/).first()).toBeVisible();
});

test('copies are what the server sent, as the CLI prints it', async ({ page, stack }) => {
  await openDrop(page, stack.url);
  const responses = await readFlows(stack.url, {
    number: 10n,
    whitelist: [{ uuid: [selectedFlow(page)] }],
  });
  const sent = responses.filter((response) => flowOf(response) !== undefined);
  expect(sent).toHaveLength(1);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  for (const [button, text] of [
    ['JSON', toJsonpb(sent[0]!)],
    ['Compact line', compactLine(sent[0]!)],
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: `${button} copied` })).toBeVisible();
    expect(await clipboard()).toBe(text);
  }
  await page.getByRole('button', { name: /^All \d+ fields$/ }).click();
  await page.getByRole('radio', { name: 'JSON' }).click();
  await expect(page.getByTestId('flow-json')).toHaveText(toJsonpb(sent[0]!));
});

test('n and p, and their buttons, walk from drop to drop', async ({ page, stack }) => {
  await openPage(page, `${stack.url}/?panes=flows`);
  await expect(flowRows(page).first()).toBeVisible();
  const drops = async (): Promise<readonly string[]> =>
    (await readFlows(stack.url, { number: 4095n, whitelist: [{ verdict: [Verdict.DROPPED] }] })).flatMap(
      (response) => flowOf(response)?.uuid ?? [],
    );
  await expect.poll(async () => (await drops()).length).toBeGreaterThan(3);
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: /^Paused/ })).toBeChecked();
  await page.keyboard.press('p');
  await expect.poll(() => selectedFlow(page)).not.toBe('');
  const last = selectedFlow(page);
  await page.keyboard.press('p');
  await expect.poll(() => selectedFlow(page)).not.toBe(last);
  const before = selectedFlow(page);
  const known = await drops();
  expect(known.indexOf(before)).toBe(known.indexOf(last) - 1);
  // The row is on screen and marked.
  await expect(page.getByTestId('flow-rows').getByRole('row', { selected: true })).toBeVisible();
  await page.getByTestId('flow-rows').getByRole('row', { selected: true }).click();
  await page.getByRole('button', { name: 'Next drop' }).click();
  await expect.poll(() => selectedFlow(page)).toBe(last);
  await page.getByRole('button', { name: 'Previous drop' }).click();
  await expect.poll(() => selectedFlow(page)).toBe(before);
  await page.keyboard.press('n');
  await expect.poll(() => selectedFlow(page)).toBe(last);
});

test('values become filters beside what is there', async ({ page, stack }) => {
  await openDrop(page, stack.url);
  const filter = filterOf(page);
  const to = page.getByRole('region', { name: 'To', exact: true });
  await to.getByRole('button', { name: 'org=empire' }).click();
  await page.getByRole('menuitem', { name: /^Only to-label:/ }).click();
  await expect.poll(() => filterOf(page)).toMatch(/to-label:\S*org=empire/);
  expect(filterOf(page)).toContain(filter);
  await idle(page);
  await expect(page.getByTestId('flow-rows').getByRole('row', { selected: true })).toBeVisible();
  await page.goBack();
  await to.getByRole('button', { name: /^(?:6589|\d+)$/ }).click();
  await page.getByRole('menuitem', { name: 'Not to-identity:6589' }).click();
  await expect.poll(() => filterOf(page)).toContain('not to-identity:6589');
  await expect(page.getByText('No flow matches this filter')).toBeVisible();
  // The panel keeps the flow that it shows.
  await expect(why(page)).toBeVisible();
});
