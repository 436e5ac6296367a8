// The L3 lab as a person goes through it with the guide: whom a rule may name, one kind in each stage, then audit mode,
// encryption and TLS, and what the page shows of each.

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
  openDnsAnswer,
  openLab,
  picture,
} from './support/lab-page.ts';
import { test } from './support/test.ts';

test.use({
  actionTimeout: ACTION_TIMEOUT_MS,
  stackOptions: { demo: ['--scenario', 'l3', '--stage', 'C0', '--seed', '7'] },
});

test('endpoints, services, entities and nodes', async ({ page, stack }) => {
  test.setTimeout(240_000);
  await openLab(page, stack.url);

  await test.step('C0: nothing is asked', async () => {
    await chooseStage(page, 'C0', 'frontend and client both reach backend');
    await expectPolicies(page, 'C0', 'There is no policy in this stage.');
    await expectLinks(page, {
      'default/frontend to default/backend': /80\/TCP.*FORWARDED/s,
      'default/client to default/backend': /80\/TCP.*FORWARDED/s,
    });
    await expectBars(page, ['FORWARDED'], ['DROPPED', 'AUDIT']);
    await look(page, 'Who reaches backend', 'to-pod:default/backend');
    await expectRow(page, 'FORWARDED', 'default/client', 'to-endpoint');
    await expectColours(page, 'forwarded');
    await expectWhy(
      page,
      ['default/backend', 'to-endpoint'],
      /^The .* from \S+ \(identity \d+.*\) to port 80 of backend was forwarded on ingress at node k8s-w2, seen as to-endpoint\.$/,
    );
    await closeFlow(page);
  });

  await test.step('C1: endpoints', async () => {
    await chooseStage(page, 'C1', 'backend accepts role=frontend');
    await expectPolicies(page, 'C1', 'name: backend-from-frontend', 'role: frontend');
    await look(page, 'What policy decides', 'type:policy-verdict');
    await expectRow(page, 'FORWARDED', 'default/frontend', 'L3-Only INGR', 'backend-from-frontend');
    await look(page, 'client to backend', 'from-pod:default/client to-pod:default/backend');
    await expectWhy(
      page,
      ['DROPPED', 'Policy denied'],
      /^The SYN from default\/client \(identity 16200\) to port 80 of backend was dropped on ingress at node k8s-w2: policies select backend for ingress and none allows this peer\.$/,
    );
    await closeFlow(page);
    await expectBars(page, ['DROPPED']);
    await expectLinks(page, { 'default/client to default/backend': /80\/TCP.*DROPPED.*Policy denied/s });
    await expectColours(page, 'dropped');
  });

  await test.step('C2: services', async () => {
    await chooseStage(page, 'C2', 'frontend may call the service backend-service');
    await expectPolicies(page, 'C2', 'name: frontend-to-backend-service', 'serviceName: backend-service');
    await look(page, 'What policy decides', 'type:policy-verdict');
    await expectRow(page, 'FORWARDED', 'default/backend', 'L3-Only EGR', 'frontend-to-backend-service');
    await expectRow(page, 'DROPPED', 'default/client', 'policy-verdict:none EGRESS');
    await expectRow(page, 'DROPPED', '1.1.1.1', 'policy-verdict:none EGRESS');
    await expectWhy(
      page,
      ['DROPPED', 'default/client', 'policy-verdict:none EGRESS'],
      /^The SYN from default\/frontend \(identity 4296\) to port 80 of client was dropped on egress at node k8s-w1: policies select frontend for egress and none allows this destination\.$/,
    );
    await closeFlow(page);
    await look(page, 'What frontend sends', 'from-pod:default/frontend');
    await expectLinks(page, {
      'default/frontend to default/client': /80\/TCP.*DROPPED.*Policy denied/s,
      'default/frontend to default/backend': /80\/TCP.*FORWARDED/s,
    });
    await expectColours(page, 'forwarded', 'dropped');
    await expectBars(page, ['FORWARDED', 'DROPPED']);
  });

  await test.step('C3: entities', async () => {
    await chooseStage(page, 'C3', 'frontend may reach the API server and the world');
    await expectPolicies(page, 'C3', 'name: frontend-to-apiserver-and-world', 'kube-apiserver');
    await look(page, 'To the API server', 'from-pod:default/frontend to-port:6443');
    await expectRow(page, 'FORWARDED', '192.168.10.100:6443');
    await look(page, 'To the world', 'from-pod:default/frontend to-identity:world');
    await expectRow(page, 'FORWARDED', '1.1.1.1:80', 'L3-Only EGRESS', 'frontend-to-apiserver-and-world');
    await expectLinks(page, { 'default/frontend to world': /80\/TCP.*FORWARDED/s });
    await expectColours(page, 'forwarded');
    await expectBars(page, ['FORWARDED']);
    await look(page, 'Only drops', 'verdict:DROPPED');
    await expectRow(page, 'default/frontend', 'default/backend', 'Policy denied');
    await expectNoRow(page, '1.1.1.1');
    await expectWhy(
      page,
      ['default/backend', 'Policy denied'],
      /^The SYN from default\/frontend .* to port 80 of backend was dropped on egress at node k8s-w1: policies select frontend for egress and none allows this destination\.$/,
    );
    await closeFlow(page);
  });

  await test.step('C4: nodes', async () => {
    await chooseStage(page, 'C4', 'backend accepts nodes labelled control-plane');
    await expectPolicies(page, 'C4', 'name: backend-from-control-plane', 'fromNodes:');
    await look(page, 'Who knocks at backend', 'to-pod:default/backend type:policy-verdict');
    await expectRow(page, 'FORWARDED', '192.168.10.100', 'L3-Only INGR', 'backend-from-control-plane');
    await expectRow(page, 'DROPPED', '192.168.10.101', 'policy-verdict:none INGRESS');
    await expectRow(page, 'DROPPED', 'default/control-client', 'policy-verdict:none INGRESS');
    await picture(page, 'l3-nodes');
    await expectColours(page, 'forwarded', 'dropped');
    await expectBars(page, ['FORWARDED', 'DROPPED']);
    await expectWhy(
      page,
      ['DROPPED', '192.168.10.101'],
      /^The SYN from 192\.168\.10\.101 .* to port 80 of backend was dropped on ingress at node k8s-w2: policies select backend for ingress and none allows this peer\.$/,
    );
    await closeFlow(page);
    await look(page, 'By identity', 'to-pod:default/backend');
    await expectLinks(page, {
      // The control plane, to the agents of other nodes; to its own it is the host.
      'kube-apiserver to default/49668': /FORWARDED/,
      'host to default/49668': /FORWARDED/,
      'remote-node to default/49668': /DROPPED/,
    });
  });
});

test('prefixes, names, audit mode, encryption and TLS', async ({ page, stack }) => {
  test.setTimeout(240_000);
  await openLab(page, stack.url);

  await test.step('C5: prefixes', async () => {
    await chooseStage(page, 'C5', 'frontend may reach 20.1.1.1');
    await expectPolicies(page, 'C5', 'name: frontend-to-cidr', '10.96.0.0/12');
    await look(page, 'What policy decides', 'type:policy-verdict');
    await expectRow(page, 'FORWARDED', '20.1.1.1:80', 'L3-Only EGR', 'frontend-to-cidr');
    await expectRow(page, 'FORWARDED', '10.20.30.40:80', 'L3-Only EGR', 'frontend-to-cidr');
    await expectRow(page, 'DROPPED', '30.1.1.1:80');
    await look(page, 'The exception', 'to-ip:10.96.0.0/12 verdict:DROPPED');
    await expectRow(page, 'DROPPED', '10.96.5.5:80', 'Policy denied');
    await expectBars(page, ['DROPPED'], ['FORWARDED']);
    await expectWhy(
      page,
      ['10.96.5.5:80', 'Policy denied'],
      /^The SYN from default\/frontend .* to port 80 of 10\.96\.5\.5 was dropped on egress at node k8s-w1: policies select frontend for egress and none allows this destination\.$/,
    );
    await closeFlow(page);
    await look(page, 'To prefixes', 'from-pod:default/frontend to-label:reserved:world');
    await expectRow(page, 'FORWARDED', '20.1.1.1:80', 'to-network');
    await expectLinks(page, {
      'default/frontend to 20.1.1.1/32': /80\/TCP.*FORWARDED/s,
      'default/frontend to 10.0.0.0/8': /80\/TCP.*FORWARDED/s,
      'default/frontend to 10.96.0.0/12': /80\/TCP.*DROPPED.*Policy denied/s,
    });
    await expectColours(page, 'forwarded', 'dropped');
  });

  await test.step('C6: names', async () => {
    await chooseStage(page, 'C6', 'mediabot may reach api.github.com');
    await expectPolicies(page, 'C6', 'name: fqdn', 'matchName: api.github.com');
    await look(page, 'By name', 'from-pod:default/mediabot to-fqdn:*.github.com');
    await expectRow(page, 'FORWARDED', 'api.github.com:443', 'L3-Only EGRESS', 'fqdn');
    await expectLinks(page, {
      'default/mediabot to api.github.com': /443\/TCP.*FORWARDED/s,
      'default/mediabot to support.github.com': /443\/TCP.*DROPPED.*Policy denied/s,
    });
    await expectColours(page, 'forwarded', 'dropped');
    await expectBars(page, ['FORWARDED', 'DROPPED'], ['AUDIT']);
    await picture(page, 'l3-names');
    await look(page, 'Lookups and answers', 'pod:default/mediabot protocol:dns');
    await expectRow(page, 'dns-request', 'api.github.com. A');
    await look(page, 'Only drops', 'verdict:DROPPED');
    await expectRow(page, 'support.github.com:443', 'policy-verdict:none EGRESS');
    await expectNoRow(page, 'api.github.com');
    await expectWhy(
      page,
      ['support.github.com:443', 'policy-verdict:none EGRESS'],
      /^The SYN from default\/mediabot .* to port 443 of support\.github\.com was dropped on egress .*: policies select mediabot for egress and none allows this destination\.$/,
    );
    await openDnsAnswer(page, 'support.github.com → 185.199.111.133');
    await closeFlow(page);
  });

  await test.step('C7: audit mode', async () => {
    await chooseStage(page, 'C7', 'in audit mode');
    await expectPolicies(page, 'C7', 'name: backend-from-frontend');
    await look(page, 'client to backend', 'from-pod:default/client to-pod:default/backend');
    await expectRow(page, 'FORWARDED', 'to-endpoint');
    await expectBars(page, ['FORWARDED', 'AUDIT']);
    await expectLinks(page, { 'default/client to default/backend': /80\/TCP.*AUDIT/s });
    await expectColours(page, 'forwarded', 'audit');
    await look(page, 'Audited, and let through', 'verdict:AUDIT');
    await expectRow(page, 'AUDIT', 'default/client', 'policy-verdict:none INGR');
    await expectWhy(
      page,
      ['AUDIT'],
      /^The SYN from default\/client .* only because policy audit mode is on; enforced it would be dropped: no rule allows it or a deny rule matched, and the flow does not tell which\.$/,
    );
    await picture(page, 'l3-audit');
    await closeFlow(page);
  });

  await test.step('C8: encryption', async () => {
    await chooseStage(page, 'C8', 'WireGuard on');
    await expectPolicies(page, 'C8', 'There is no policy in this stage.');
    await look(page, 'Encrypted', 'encrypted:true');
    await expectRow(page, 'FORWARDED', '192.168.10.101:51871', '192.168.10.102:51871', 'to-network', 'UDP');
    await expectNoRow(page, 'default/frontend');
    await expectLinks(page, { 'host to remote-node': /UDP.*FORWARDED/s });
    await expectColours(page, 'forwarded');
    await expectBars(page, ['FORWARDED'], ['DROPPED', 'AUDIT']);
    await look(page, 'Where it arrives', 'from-pod:default/frontend to-pod:default/backend');
    await expectRow(page, 'FORWARDED', 'default/frontend', 'default/backend', 'to-endpoint');
    await expectNoRow(page, 'to-network');
    await expectLinks(page, { 'default/frontend to default/backend': /80\/TCP.*FORWARDED/s });
    await expectWhy(
      page,
      ['default/frontend', 'default/backend', 'to-endpoint'],
      /^The .* from default\/frontend .* to port 80 of backend was forwarded on ingress at node k8s-w2, seen as to-endpoint\.$/,
    );
    await closeFlow(page);
    await look(page, 'In the open', 'type:trace:to-network encrypted:false');
    await expectRow(page, 'FORWARDED', '10250', 'to-network');
  });

  await test.step('C9: inside TLS', async () => {
    await chooseStage(page, 'C9', 'The proxy opens the TLS of mediabot');
    await expectPolicies(page, 'C9', 'name: tls-visibility', 'terminatingTLS:');
    await look(page, 'HTTP inside HTTPS', 'protocol:http pod:default/mediabot');
    await expectRow(page, 'FORWARDED', 'http-request', 'GET /headers');
    await expectCalls(page, 'HTTP', 'GET', '/headers', /\b0 %/);
    await expectBars(page, ['FORWARDED'], ['DROPPED']);
    await expectWhy(
      page,
      ['http-request', 'GET /headers'],
      /^The HTTP request GET \/headers from default\/mediabot .* to port 443 of httpbin\.org was forwarded on egress at node k8s-w2, seen as http-request\.$/,
    );
    await closeFlow(page);
  });
});
