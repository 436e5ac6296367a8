// The zero-trust shop as a person goes through it with the guide, from everything allowed to zero trust, in both
// clusters, and what the page shows of each stage. The panels of the overview are those that people watch beside it.

import {
  ACTION_TIMEOUT_MS,
  chooseStage,
  closeFlow,
  expectBars,
  expectCalls,
  expectColours,
  expectLinks,
  expectNoRow,
  expectPanel,
  expectPolicies,
  expectRow,
  expectWhy,
  look,
  openLab,
  picture,
} from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.use({
  actionTimeout: ACTION_TIMEOUT_MS,
  stackOptions: { demo: ['--scenario', 'shop', '--stage', 'B1', '--seed', '7'] },
});

const CLUSTERS = ['cluster1', 'cluster2'] as const;

/** What the links of both clusters say between two workloads of the shop. */
function bothClusters(from: string, to: string, says: RegExp): Readonly<Record<string, RegExp>> {
  return Object.fromEntries(CLUSTERS.map((name) => [`${name}/${from} to ${name}/${to}`, says]));
}

test('while everything is allowed: who allowed it, lookups, ports, requests', async ({ page, stack }) => {
  test.setTimeout(240_000);
  await openLab(page, stack.url);

  await test.step('B1: allow-all is asked, and named', async () => {
    await chooseStage(page, 'B1', 'One policy, allow-all');
    await expectPolicies(page, 'B1', 'name: allow-all', 'fromEntities: [all]');
    await look(page, 'The shop', 'namespace:shop');
    await expectLinks(page, {
      ...bothClusters('shop/frontend', 'shop/backend', /80\/TCP.*FORWARDED/s),
      ...bothClusters('shop/frontend', 'kube-system/kube-dns', /53\/UDP.*FORWARDED/s),
    });
    await expectColours(page, 'forwarded');
    await expectBars(page, ['FORWARDED'], ['DROPPED', 'REDIRECTED']);
    await look(page, 'What policy decides', 'namespace:shop type:policy-verdict');
    await expectRow(page, 'FORWARDED', 'kube-system/kube-dns', 'policy-verdict:all EGRESS', 'allow-all');
    await expectRow(page, 'FORWARDED', 'shop/backend', 'policy-verdict:all INGR', 'allow-all');
    await expectWhy(
      page,
      ['shop/backend', 'policy-verdict:all INGR'],
      /^The SYN from shop\/frontend\S* .* to port 80 of backend was allowed by allow-all in shop on ingress at node \S+\.$/,
    );
    await closeFlow(page);
  });

  await test.step('B2: lookups are seen', async () => {
    await chooseStage(page, 'B2', 'allow-dns sends lookups through the DNS proxy');
    await look(page, 'What policy decides', 'namespace:shop type:policy-verdict');
    await expectRow(page, 'REDIRECTED', 'kube-system/kube-dns', 'policy-verdict:L3-L4', 'allow-dns');
    await expectBars(page, ['FORWARDED', 'REDIRECTED'], ['DROPPED']);
    await expectLinks(page, {
      ...bothClusters('shop/frontend', 'kube-system/kube-dns', /53\/UDP.*REDIRECTED/s),
      ...bothClusters('shop/frontend', 'shop/backend', /80\/TCP.*FORWARDED/s),
    });
    await expectColours(page, 'forwarded', 'redirected');
    await expectWhy(
      page,
      ['REDIRECTED', 'kube-system/kube-dns'],
      /^The UDP packet from shop\/frontend\S* .* to port 53 of kube-dns\S* was sent to the proxy.* on egress at node \S+, which decides on layer 7, allowed by allow-dns in shop\.$/,
    );
    await closeFlow(page);
    await expectPolicies(page, 'B2', 'name: allow-all', 'name: allow-dns');
    await look(page, 'Lookups and answers', 'namespace:shop protocol:dns');
    await expectRow(page, 'FORWARDED', 'dns-request', 'backend.shop.svc.cluster.local. A');
    await expectRow(page, 'FORWARDED', 'dns-response', /DNS Answer "34\.118\.2/);
    await expectCalls(page, 'DNS', 'backend.shop.svc.cluster.local', /34\.118\.239\.118|34\.118\.228\.223/);
    await picture(page, 'shop-dns');
  });

  await test.step('B3: the most precise rule is named, and the world is still open', async () => {
    await chooseStage(page, 'B3', 'frontend may call backend on port 80');
    await look(page, 'What policy decides', 'namespace:shop type:policy-verdict');
    await expectRow(page, 'policy-verdict:L3-L4 EGRE', 'allow-frontend-egress');
    await expectRow(page, 'policy-verdict:L3-L4 INGR', 'allow-frontend-to-backend');
    await expectWhy(
      page,
      ['policy-verdict:L3-L4 INGR'],
      /^The SYN from shop\/frontend\S* .* to port 80 of backend was allowed by allow-frontend-to-backend in shop on ingress at node \S+\.$/,
    );
    await closeFlow(page);
    await expectPolicies(page, 'B3', 'name: allow-frontend-egress', 'name: allow-frontend-to-backend');
    await look(page, 'Still out to the world', 'from-pod:shop/frontend to-fqdn:example.com');
    await expectRow(page, 'FORWARDED', 'example.com', 'SYN');
    await expectNoRow(page, 'DROPPED');
    await expectLinks(page, {
      'cluster1/shop/frontend to example.com': /443\/TCP.*FORWARDED/s,
      'cluster2/shop/frontend to example.com': /443\/TCP.*FORWARDED/s,
    });
    await expectColours(page, 'forwarded');
    await expectBars(page, ['FORWARDED'], ['DROPPED', 'REDIRECTED']);
    await look(page, 'frontend to backend', 'from-pod:shop/frontend to-pod:shop/backend');
    await expectRow(page, 'FORWARDED', 'to-endpoint', 'SYN');
  });

  await test.step('B4: requests go through the proxy', async () => {
    await chooseStage(page, 'B4', 'sends requests through the HTTP proxy');
    await look(page, 'Redirected to the proxy', 'namespace:shop verdict:REDIRECTED');
    await expectRow(page, 'REDIRECTED', 'shop/backend', 'allow-frontend-l7');
    await expectWhy(
      page,
      ['REDIRECTED', 'shop/backend'],
      /^The SYN from shop\/frontend\S* .* to port 80 of backend was sent to the proxy.* on ingress at node \S+, which decides on layer 7, allowed by allow-frontend-l7 in shop\.$/,
    );
    await closeFlow(page);
    await expectPolicies(page, 'B4', 'name: allow-all', 'name: allow-frontend-l7', 'path: ^/status/200$');
    await expectLinks(page, bothClusters('shop/frontend', 'shop/backend', /80\/TCP.*REDIRECTED/s));
    await expectColours(page, 'redirected');
    await look(page, 'Requests and responses', 'namespace:shop protocol:http');
    await expectRow(page, 'FORWARDED', 'http-request', 'GET /status/200');
    await expectBars(page, ['FORWARDED'], ['DROPPED', 'REDIRECTED']);
    // One group: 200 and 500 are numbers in the path.
    await expectCalls(page, 'HTTP', 'GET', '/status/{n}', '2 paths');
    await look(page, 'Server errors', 'namespace:shop http-status:5+');
    await expectRow(page, 'FORWARDED', '500', '/status/500');
    await expectNoRow(page, '/status/200');
  });
});

test('zero trust: what is left, what is refused, what is dropped, and the panels', async ({
  page,
  stack,
}) => {
  test.setTimeout(180_000);
  await openLab(page, stack.url);
  await chooseStage(page, 'B5', 'allow-all is gone');
  await expectPolicies(page, 'B5', 'name: default-deny', 'name: allow-frontend-l7');

  await test.step('two kinds of drops', async () => {
    await look(page, 'Denied on egress', 'namespace:shop type:policy-verdict verdict:DROPPED');
    await expectRow(page, 'DROPPED', 'example.com', 'policy-verdict:none EGRESS');
    await expectRow(page, 'DROPPED', '1.1.1.1', 'policy-verdict:none EGRESS');
    await expectNoRow(page, 'INGRESS');
    await look(page, 'Requests and responses', 'namespace:shop protocol:http');
    await expectRow(page, 'FORWARDED', 'http-response', '200 GET /status/200');
    await expectRow(page, 'DROPPED', 'http-request', 'GET /get');
    await expectRow(page, 'FORWARDED', 'http-response', '403 GET /get');
    await expectCalls(page, 'HTTP', 'GET', '/status/{n}', /\b0 %/);
    await expectCalls(page, 'HTTP', 'GET', '/get', /100 %/);
    await look(page, 'Denied requests', 'namespace:shop protocol:http verdict:DROPPED');
    await expectRow(page, 'DROPPED', 'http-request', 'GET /get');
    await expectNoRow(page, '/status/200');
    await expectWhy(
      page,
      ['GET /get'],
      /^The HTTP request GET \/get from shop\/frontend\S* \(identity (?:114060|135917).*\) to port 80 of backend was refused by the proxy on ingress at node \S+: no layer 7 rule of a policy allows this request\.$/,
    );
    await closeFlow(page);
    await look(page, 'Only drops', 'namespace:shop verdict:DROPPED');
    await expectWhy(
      page,
      ['example.com', 'Policy denied'],
      /^The SYN from shop\/frontend\S* \(identity (?:114060|135917).*\) to port 443 of example\.com was dropped on egress at node \S+: policies select frontend\S* for egress and none allows this destination\.$/,
    );
    const why = page.getByRole('region', { name: 'Why', exact: true });
    await expect(why).toContainText('CiliumNetworkPolicy shop/allow-frontend-egress');
    // It was in play in the stage before, and is gone.
    await expect(why).not.toContainText('allow-all');
    await picture(page, 'shop-why');
    await closeFlow(page);
    await expectBars(page, ['DROPPED'], ['FORWARDED', 'REDIRECTED']);
    await expectLinks(page, {
      'cluster1/shop/frontend to example.com': /443\/TCP.*DROPPED.*Policy denied/s,
      'cluster2/shop/frontend to world': /80\/TCP.*DROPPED.*Policy denied/s,
      ...bothClusters('shop/frontend', 'shop/backend', /80\/TCP HTTP.*DROPPED/s),
    });
    await expectColours(page, 'dropped');
  });

  await test.step('what is allowed, and by whom', async () => {
    await look(page, 'What is allowed', 'namespace:shop type:policy-verdict not verdict:DROPPED');
    await expectRow(page, 'FORWARDED', 'shop/backend', 'policy-verdict:L3-L4 EGRE', 'allow-frontend-egress');
    await expectRow(page, 'REDIRECTED', 'shop/backend', 'policy-verdict:L3-L4 INGR', 'allow-frontend-l7');
    await expectRow(page, 'REDIRECTED', 'kube-system/kube-dns', 'allow-dns');
    await expectNoRow(page, 'allow-all');
    await expectWhy(
      page,
      ['policy-verdict:L3-L4 EGRE', 'shop/backend'],
      /^The SYN from shop\/frontend\S* .* was allowed by allow-frontend-egress in shop on egress at node \S+\.$/,
    );
    await closeFlow(page);
    await expectColours(page, 'forwarded', 'redirected');
  });

  await test.step('one cluster against the other', async () => {
    await look(page, 'By cluster', 'namespace:shop');
    await expectLinks(page, {
      'cluster1/cluster1 to example.com': /DROPPED/,
      'cluster2/cluster2 to example.com': /DROPPED/,
    });
    await picture(page, 'shop-clusters');
  });

  await test.step('the panels that people watch', async () => {
    await look(page, 'In numbers', 'namespace:shop');
    await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible();
    await expectPanel(page, 'Flow types', 'trace', 'trace-sock', 'l7', 'policy-verdict', 'drop');
    await expectPanel(page, 'Verdicts', 'FORWARDED', 'REDIRECTED', 'DROPPED');
    await expectPanel(page, 'TCP flags', 'SYN', 'SYN,ACK');
    const ports = page.getByTestId('overview-panels').getByRole('region', { name: 'Top ports' });
    for (const port of ['80TCP, HTTP', '53UDP, DNS', '443TCP']) {
      await expect(ports.getByRole('button').filter({ hasText: port })).toBeVisible();
    }
    await expectPanel(page, 'L7', 'DNS', 'HTTP', 'HTTP 4xx');
    await expectPanel(page, 'Drop reasons', 'POLICY_DENIED', 'DROP_REASON_UNKNOWN');
    await expectPanel(page, 'DNS errors', String.raw`example\.com\.shop\.svc\.cluster\.local\. NXDOMAIN,`);
    await expect(
      page.getByTestId('overview-panels').getByRole('region', { name: 'Top denied pairs' }),
    ).toContainText(/cluster[12]\/shop\/frontend → example\.com\s*443 TCP/);
    await picture(page, 'shop-overview');
  });
});
