// The Star Wars lab as a person goes through it with the guide, from no policy over ports to HTTP, and what the page
// shows of each stage: links, bars, rows, the why of both drops, policy names, requests.

import {
  ACTION_TIMEOUT_MS,
  chooseStage,
  closeFlow,
  expectBars,
  expectCalls,
  expectColours,
  expectLinks,
  expectNoRow,
  expectPolicies,
  expectRow,
  expectWhy,
  look,
  openLab,
  picture,
} from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

// A history without policies: the bars then show when the first one came.
test.use({
  actionTimeout: ACTION_TIMEOUT_MS,
  stackOptions: { demo: ['--scenario', 'star-wars', '--stage', 'A0', '--seed', '7'] },
});

test('from every ship may land to why a request is refused', async ({ page, stack }) => {
  test.setTimeout(180_000);
  await openLab(page, stack.url);

  await test.step('A0: nothing is asked, both ships land', async () => {
    await chooseStage(page, 'A0', 'Every ship may land');
    await expectPolicies(page, 'A0', 'There is no policy in this stage.');
    await expectLinks(page, {
      'default/tiefighter to default/deathstar': /80\/TCP.*FORWARDED/s,
      'default/xwing to default/deathstar': /80\/TCP.*FORWARDED/s,
    });
    await expectColours(page, 'forwarded');
    await expectBars(page, ['FORWARDED', 'TRACED', 'TRANSLATED'], ['DROPPED', 'REDIRECTED']);
    await look(page, 'Who may reach deathstar', 'to-pod:default/deathstar');
    await expectRow(page, 'FORWARDED', 'default/xwing', 'to-endpoint');
    await look(page, 'What xwing sends', 'from-identity:11716');
    await expectRow(page, 'FORWARDED', 'default/xwing', 'SYN');
    await expectNoRow(page, 'default/tiefighter');
    await expectWhy(
      page,
      ['default/deathstar', 'to-endpoint'],
      /^The .* from default\/xwing \(identity 11716, .*\) to port 80 of deathstar\S* was forwarded on ingress at node k8s-w\d, seen as to-endpoint\.$/,
    );
    await closeFlow(page);
  });

  await test.step('A1: xwing is denied, and the page says why', async () => {
    await chooseStage(page, 'A1', 'deathstar accepts port 80 from org=empire');
    await expectPolicies(page, 'A1', 'name: rule1', 'org: empire');
    await look(page, 'What policy decides', 'type:policy-verdict');
    await expect(page.getByRole('columnheader', { name: 'Policies' })).toBeVisible();
    await expectRow(page, 'DROPPED', 'default/xwing', 'policy-verdict:none INGRESS');
    await expectRow(page, 'FORWARDED', 'default/tiefighter', 'policy-verdict:L3-L4 INGR', 'rule1');
    await look(page, 'Who may reach deathstar', 'to-pod:default/deathstar');
    await expectLinks(page, {
      'default/xwing to default/deathstar': /80\/TCP.*DROPPED\s*\d+\s*Policy denied/s,
      'default/tiefighter to default/deathstar': /80\/TCP.*FORWARDED\s*\d+\s*(?:now|\d+ s ago)\s*$/s,
    });
    await expectColours(page, 'forwarded', 'dropped');
    await look(page, 'Only drops', 'verdict:DROPPED');
    await expectRow(page, 'DROPPED', 'default/xwing', 'Policy denied', 'SYN POLICY_DENIED');
    // Of this stage alone: what the proxy refused in another one is not here.
    await expectNoRow(page, 'default/tiefighter');
    await expectLinks(page, {
      'default/xwing to default/deathstar': /80\/TCP.*DROPPED\s*\d+\s*Policy denied/s,
    });
    await expectBars(page, ['DROPPED'], ['FORWARDED']);
    await expectWhy(
      page,
      ['Policy denied'],
      /^The SYN from default\/xwing \(identity 11716, .*\) to port 80 of deathstar\S* was dropped on ingress at node k8s-w\d: policies select deathstar\S* for ingress and none allows this peer\.$/,
    );
    const why = page.getByRole('region', { name: 'Why', exact: true });
    await expect(why).toContainText('Default deny, enforced');
    await expect(why).toContainText(/CiliumNetworkPolicy default\/rule1 revision \d+ let tiefighter in/);
    await picture(page, 'star-wars-why');
    await closeFlow(page);
    await page.goto(`${stack.url}/`);
    await chooseStage(page, 'A1', 'deathstar accepts port 80 from org=empire');
    await expectLinks(page, {
      'default/xwing to default/deathstar': /DROPPED/,
      'default/tiefighter to default/deathstar': /80\/TCP.*FORWARDED\s*\d+\s*(?:now|\d+ s ago)\s*$/s,
    });
    await expectColours(page, 'forwarded', 'dropped');
    await picture(page, 'star-wars-a1');
  });

  await test.step('A2: the SYN of tiefighter is allowed, its PUT is not', async () => {
    await chooseStage(page, 'A2', 'Only POST /v1/request-landing passes');
    await expectLinks(page, {
      'default/xwing to default/deathstar': /DROPPED/,
      'default/tiefighter to default/deathstar': /80\/TCP(?=.*FORWARDED)(?=.*REDIRECTED)(?=.*DROPPED)/s,
    });
    await expectColours(page, 'forwarded', 'dropped', 'redirected');
    await expectBars(page, ['FORWARDED', 'DROPPED', 'REDIRECTED']);
    await picture(page, 'main-dark');
    await picture(page, 'main-light', 'light');
    await expectPolicies(page, 'A2', 'path: /v1/request-landing');
    await look(page, 'Why its SYN was allowed', 'from-pod:default/tiefighter type:policy-verdict');
    await expectRow(page, 'REDIRECTED', 'policy-verdict:L3-L4', 'rule1');
    await expectWhy(
      page,
      ['REDIRECTED'],
      /^The SYN from default\/tiefighter .* was sent to the proxy.* on ingress at node k8s-w\d, which decides on layer 7, allowed by rule1 in default\.$/,
    );
    await closeFlow(page);
    await look(page, 'Who may reach deathstar', 'to-pod:default/deathstar');
    await expectLinks(page, {
      'default/xwing to default/deathstar': /80\/TCP.*DROPPED.*Policy denied/s,
      'default/tiefighter to default/deathstar': /80\/TCP(?=.*FORWARDED)(?=.*REDIRECTED)(?=.*DROPPED)/s,
    });
    await look(page, 'HTTP of deathstar', 'protocol:http pod:default/deathstar');
    await expectRow(page, 'FORWARDED', 'http-request', 'POST /v1/request-landing');
    await expectRow(page, 'FORWARDED', 'http-response', '200 POST /v1/request-landing');
    await expectRow(page, 'DROPPED', 'http-request', 'PUT /v1/exhaust-port');
    await expectRow(page, 'FORWARDED', 'http-response', '403 PUT /v1/exhaust-port');
    await expectNoRow(page, 'default/xwing');
    await expectCalls(page, 'HTTP', 'POST', '/v1/request-landing', /\b0 %/);
    await expectCalls(page, 'HTTP', 'PUT', '/v1/exhaust-port', /100 %/);
    await picture(page, 'star-wars-l7');
    await look(page, 'The PUT that fails', 'from-pod:default/tiefighter http-path:/v1/exhaust-port');
    await expectWhy(
      page,
      ['DROPPED', 'PUT /v1/exhaust-port'],
      /^The HTTP request PUT \/v1\/exhaust-port from default\/tiefighter \(identity 4532, org=empire\) to port 80 of deathstar was refused by the proxy on ingress at node k8s-w\d: no layer 7 rule of a policy allows this request\.$/,
    );
    await closeFlow(page);
    await look(page, 'Only drops', 'verdict:DROPPED');
    await expectRow(page, 'default/xwing', 'Policy denied');
    await expectRow(page, 'default/tiefighter', 'http-request');
    await expectLinks(page, {
      'default/tiefighter to default/deathstar': /80\/TCP HTTP.*DROPPED/s,
      'default/xwing to default/deathstar': /80\/TCP.*DROPPED.*Policy denied/s,
    });
    await expectBars(page, ['DROPPED'], ['FORWARDED', 'REDIRECTED']);
  });
});
