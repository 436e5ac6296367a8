// A browser behind Hubble's own Relay: agents of the demo cluster <- hubble-relay <- gateway <- page. The strip has to say
// of the nodes what the CLI says.

import type { Page } from '@playwright/test';
import { runHubble } from './hubble/support/programs.ts';
import { startRealRelay } from './hubble/support/real-relay.ts';
import { injectFault } from './support/demo-control.ts';
import { expectBalanced, flowRows, openPage, readStats } from './support/page.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

test.skip(
  process.env['FINDERSCOPE_HUBBLE'] === undefined,
  "needs Hubble's own programs, which npm test -- --only hubble builds where there is Go",
);

/** Relay looks after its nodes, and tells their state, only now and then. */
const IN_TIME = { timeout: 60_000 };

test('flows come through the real Relay, and a lost node is told as the CLI tells it', async ({ page }) => {
  // Its own gateway steers it: Relay knows nothing of faults.
  await using cluster = await startStack({ demo: ['--scenario', 'load', '--rate', '50'] });
  const peer = /agents (\S+)/.exec(cluster.demo?.output() ?? '')?.[1] ?? '';
  await using relay = await startRealRelay(peer);
  await using stack = await startStack({ server: relay.address });

  await openPage(page, `${stack.url}/?panes=flows`);
  const nodes = page.getByRole('button', { name: /^Nodes/ });
  await expect(nodes).toHaveText('Nodes 3/3', IN_TIME);
  await expect(flowRows(page).first()).toBeVisible(IN_TIME);
  await nodes.click();
  await expectAsTheCli(page, relay.address);

  const lost = 'k8s-w1';
  expect(await injectFault(cluster.url, { case: 'nodeLost', value: {} }, lost)).toBe(1);
  await expect(nodes).toHaveText(/Nodes 2\/3 ?1 unavailable/, IN_TIME);
  await expectAsTheCli(page, relay.address);
  await expect(nodeLines(page).filter({ hasText: lost })).toContainText('unavailable');
  const { held } = await readStats(page);
  await expect.poll(async () => (await readStats(page)).held, IN_TIME).toBeGreaterThan(held);

  await injectFault(cluster.url, { case: 'nodeBack', value: {} }, lost);
  await expect(nodes).toHaveText('Nodes 3/3', IN_TIME);
  await expectAsTheCli(page, relay.address);
  await expectBalanced(page);
});

function nodeLines(page: Page) {
  return page.getByRole('dialog', { name: 'Nodes' }).getByRole('listitem');
}

/** Numbers by `hubble status`, names and states by `hubble list nodes`; Relay changes its mind when it likes. */
async function expectAsTheCli(page: Page, relay: string): Promise<void> {
  await expect(async () => {
    const status = await runHubble(['status', '--server', relay]);
    const listed = await runHubble(['list', 'nodes', '--server', relay]);
    const said = listed.stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(/\s{2,}/))
      .map(([name = '', state = '']) => `${name} ${state.toLowerCase()}`);
    const shown = await nodeLines(page).evaluateAll((lines) =>
      lines.map((line) => [...line.children].map((cell) => cell.textContent)),
    );
    expect(shown.map(([name, state]) => `${name} ${state}`).toSorted()).toEqual(said.toSorted());
    const [counts = ''] = /\d+\/\d+/.exec(/Connected Nodes: .*/.exec(status.stdout)?.[0] ?? '') ?? [];
    expect(await page.getByRole('button', { name: /^Nodes/ }).textContent()).toContain(`Nodes ${counts}`);
    expect(counts).not.toBe('');
  }).toPass(IN_TIME);
}
