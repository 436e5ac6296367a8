// The real Relay between demo agents and our gateway: with TLS and mutual TLS on both of its sides as the Helm chart sets
// it up, with a node that is lost and comes back, and with one that is slow. What the gateway passes on is what
// `hubble status` and `hubble list nodes` say.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeState, Observer } from '@finderscope/hubble-api';
import { startDemoCluster } from '@finderscope/demo-cluster';
import { afterEach, expect, test, vi } from 'vitest';
import { writeCertificates } from '../support/certificates.ts';
import { callUnary } from '../support/demo-control.ts';
import { flowOf, readFlows } from '../support/flow-calls.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { runHubble } from './support/programs.ts';
import { startRealRelay } from './support/real-relay.ts';

const NAME = 'ui.hubble-relay.cilium.io';
const WAIT = { timeout: 60_000, interval: 100 };
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function startRelay(...flags: Parameters<typeof startRealRelay>): Promise<string> {
  const relay = await startRealRelay(...flags);
  stops.push(() => relay[Symbol.asyncDispose]());
  return relay.address;
}

async function startAll(relayTls: readonly string[], gatewayTls: readonly string[]) {
  const demo = await startDemoCluster({ port: 0, nodes: 3, scenario: 'load', rate: 200 });
  stops.push(() => demo.stop());
  const relay = await startRelay(demo.agentAddresses[0] ?? '', relayTls);
  const stack = await startStack({ server: relay, gateway: gatewayTls });
  stops.push(() => stack[Symbol.asyncDispose]());
  return { demo, relay, stack };
}

async function connected(stack: Stack, count: number): Promise<void> {
  await vi.waitFor(async () => {
    const status = await callUnary(stack.url, Observer.method.serverStatus, {});
    expect(status.numConnectedNodes).toBe(count);
  }, WAIT);
}

/** Names and states of the nodes, as the page gets them. */
async function nodesOf(stack: Stack): Promise<Record<string, string>> {
  const { nodes } = await callUnary(stack.url, Observer.method.getNodes, {});
  return Object.fromEntries(nodes.map(({ name, state }) => [name, NodeState[state] ?? '']));
}

test('flows, nodes and status come through the real Relay as the CLI tells them', async () => {
  const { relay, stack, demo } = await startAll(['--disable-server-tls'], []);
  await connected(stack, 3);
  const flows = (await readFlows(stack.url, { number: 50n })).filter((response) => flowOf(response));
  expect(flows.length).toBeGreaterThanOrEqual(50);
  expect(new Set(flows.map(({ nodeName }) => nodeName)).size).toBe(3);

  // The first node is the one that tells Relay about the others.
  const lost = demo.control.counters().nodes[1]?.nodeName ?? '';
  demo.control.injectFault({ kind: 'node-lost', node: lost });
  await connected(stack, 2);
  // Relay tells its health only now and then.
  await vi.waitFor(() => sameAsCli(stack, relay), WAIT);
  expect((await nodesOf(stack))[lost]).toBe('NODE_UNAVAILABLE');
  const seen = await callUnary(stack.url, Observer.method.serverStatus, {});
  expect(seen.unavailableNodes).toEqual([lost]);

  demo.control.injectFault({ kind: 'node-back', node: lost });
  await connected(stack, 3);
  await vi.waitFor(() => sameAsCli(stack, relay), WAIT);
  expect((await nodesOf(stack))[lost]).toBe('NODE_CONNECTED');
});

test('mutual TLS between Relay and agents, as the peer service announces it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'finderscope-tls-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  const agents = await writeCertificates(join(folder, 'agents'), '*.default.hubble-grpc.cilium.io');
  const client = await writeCertificates(join(folder, 'client'), '*.hubble-relay.cilium.io');
  const read = (file: string): string => readFileSync(file, 'utf8');
  const demo = await startDemoCluster({
    port: 0,
    nodes: 3,
    scenario: 'load',
    rate: 200,
    agentTls: { cert: read(agents.cert), key: read(agents.key), clientCa: read(client.ca) },
  });
  stops.push(() => demo.stop());
  const relay = await startRelay(
    demo.agentAddresses[0] ?? '',
    ['--disable-server-tls'],
    [
      `--tls-hubble-server-ca-files=${agents.ca}`,
      `--tls-hubble-client-cert-file=${client.cert}`,
      `--tls-hubble-client-key-file=${client.key}`,
    ],
  );
  const stack = await startStack({ server: relay });
  stops.push(() => stack[Symbol.asyncDispose]());
  await connected(stack, 3);
  await vi.waitFor(() => sameAsCli(stack, relay), WAIT);
  const flows = (await readFlows(stack.url, { number: 50n })).filter((response) => flowOf(response));
  expect(new Set(flows.map(({ nodeName }) => nodeName)).size).toBe(3);
});

test('a slow node is connected for us as for the CLI, and its flows come with the others', async () => {
  const { relay, stack, demo } = await startAll(['--disable-server-tls'], []);
  await connected(stack, 3);
  const slow = demo.control.counters().nodes[1]?.nodeName ?? '';
  demo.control.injectFault({ kind: 'slow-node', node: slow, flowsPerSecond: 1 });
  await vi.waitFor(() => sameAsCli(stack, relay), WAIT);
  expect((await nodesOf(stack))[slow]).toBe('NODE_CONNECTED');
  const flows = (await readFlows(stack.url, { number: 3n })).flatMap((response) => flowOf(response) ?? []);
  expect(new Set(flows.map(({ nodeName }) => nodeName)).size).toBe(3);
});

/** What the page asks the gateway, against what the CLI prints of the Relay. */
async function sameAsCli(stack: Stack, relay: string): Promise<void> {
  const seen = await callUnary(stack.url, Observer.method.serverStatus, {});
  const status = await runHubble(['status', '--server', relay]);
  const total = (seen.numConnectedNodes ?? 0) + (seen.numUnavailableNodes ?? 0);
  expect(status.stdout).toContain(`Connected Nodes: ${seen.numConnectedNodes}/${total}`);
  for (const name of seen.unavailableNodes) expect(status.stdout).toContain(`  - ${name}`);

  const listed = await runHubble(['list', 'nodes', '--server', relay]);
  const rows = listed.stdout.trim().split('\n').slice(1);
  const words: Record<string, string> = { Connected: 'NODE_CONNECTED', Unavailable: 'NODE_UNAVAILABLE' };
  const told = rows.map((row) => {
    const [name = '', word = ''] = row.split(/\s{2,}/);
    return [name, words[word] ?? word];
  });
  expect(await nodesOf(stack)).toEqual(Object.fromEntries(told));
}

test.each(['TLS', 'mutual TLS'])('%s between gateway and Relay', async (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'finderscope-tls-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  const server = await writeCertificates(join(folder, 'server'), NAME);
  const client = await writeCertificates(join(folder, 'client'), 'ui');
  const mutual = kind === 'mutual TLS';
  const relayTls = [
    `--tls-relay-server-cert-file=${server.cert}`,
    `--tls-relay-server-key-file=${server.key}`,
    ...(mutual ? [`--tls-relay-client-ca-files=${client.ca}`] : []),
  ];
  const trust = ['--tls', '--tls-ca-cert-files', server.ca, '--tls-server-name', NAME];
  const own = mutual ? ['--tls-client-cert-file', client.cert, '--tls-client-key-file', client.key] : [];
  const { stack, relay } = await startAll(relayTls, [...trust, ...own]);
  await connected(stack, 3);
  expect((await readFlows(stack.url, { number: 5n })).length).toBeGreaterThan(0);
  if (!mutual) return;
  // Without the client's certificate the Relay hangs up, and the person is told which certificate is missing.
  const without = await startStack({ server: relay, gateway: trust });
  stops.push(() => without[Symbol.asyncDispose]());
  await expect(callUnary(without.url, Observer.method.serverStatus, {})).rejects.toThrow(
    /client certificate \(mutual TLS\).*--tls-client-cert-file/,
  );
});
