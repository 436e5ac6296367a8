// The whole cluster over real connections, as a dashboard, the hubble CLI and hubble-relay use it.

import type { MessageInitShape } from '@bufbuild/protobuf';
import { compactLine } from '@finderscope/flow-query';
import { GrpcCode } from '@finderscope/grpc-wire';
import { type GetFlowsResponse, health, NodeState, Observer, peer, Verdict } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';

import { type DemoClusterOptions, startDemoCluster } from './cluster.ts';
import { TEST_SERVER } from './testing/certificates.ts';
import type { CallEnd } from './testing/grpc-client.ts';
import { agent, connect, readUntil, start, unary } from './testing/running-cluster.ts';

const isFlow = (response: GetFlowsResponse): boolean => response.responseTypes.case === 'flow';
const { SERVING } = health.HealthCheckResponse_ServingStatus;

describe('the relay', () => {
  test('answers what `hubble status` and `hubble list` ask', async () => {
    const { relay } = await start();
    const status = await unary(relay, Observer.method.serverStatus, {});
    expect(status).toMatchObject({ maxFlows: 12_285n, numConnectedNodes: 3, numUnavailableNodes: 0 });
    expect(status.version).toMatch(/^hubble-relay v1\.19/);
    expect(status.flowsRate).toBeGreaterThan(15);
    expect(Number(status.uptimeNs)).toBeGreaterThan(299e9);
    const { nodes } = await unary(relay, Observer.method.getNodes, {});
    expect(nodes.map(({ name, state }) => [name, state])).toEqual([
      ['k8s-ctr', NodeState.NODE_CONNECTED],
      ['k8s-w1', NodeState.NODE_CONNECTED],
      ['k8s-w2', NodeState.NODE_CONNECTED],
    ]);
    const { namespaces } = await unary(relay, Observer.method.getNamespaces, {});
    expect(namespaces.map(({ namespace }) => namespace)).toEqual(['default', 'kube-system']);
    for (const service of ['', 'hubble.server.Observer']) {
      expect(await unary(relay, health.Health.method.check, { service })).toMatchObject({ status: SERVING });
    }
    const { end } = await relay.all(health.Health.method.check, { service: 'observer.Observer' });
    expect(end.code).toBe(GrpcCode.NOT_FOUND);
    expect(end.headers['hubble-relay-version']).toMatch(/^1\.19/);
  });

  test('does not offer what relay does not', async () => {
    const { relay } = await start();
    const ends = [
      (await relay.all(Observer.method.getAgentEvents, {})).end,
      (await relay.all(Observer.method.getDebugEvents, {})).end,
      (await relay.all(peer.Peer.method.notify, {})).end,
    ];
    expect(ends.map(({ code, message }) => `${code} ${message}`)).toEqual([
      '12 GetAgentEvents not yet implemented',
      '12 GetDebugEvents not yet implemented',
      '12 unknown service peer.Peer',
    ]);
  });

  test('shows drops to a newcomer at once and live ones after', async () => {
    const { relay } = await start();
    const dropped = (response: GetFlowsResponse): boolean =>
      response.responseTypes.case === 'flow' && response.responseTypes.value.verdict === Verdict.DROPPED;
    const { messages } = await relay.all(Observer.method.getFlows, { number: 200n });
    expect(messages.filter(dropped).length).toBeGreaterThan(3);
    expect(messages[0] && compactLine(messages[0])).toContain('Receiving flows from 3 nodes');
    const startedAt = BigInt(Math.floor(Date.now() / 1000));
    const seen = await readUntil(
      relay,
      { follow: true, number: 1n },
      (response) => (response.time?.seconds ?? 0n) > startedAt,
    );
    expect(isFlow(seen.at(-1)!)).toBe(true);
  });

  test('filters on the servers', async () => {
    const { relay } = await start();
    const { messages } = await relay.all(Observer.method.getFlows, {
      number: 30n,
      whitelist: [{ sourceIdentity: [11_716], verdict: [Verdict.DROPPED] }],
    });
    const lines = messages.filter(isFlow).map((message) => compactLine(message));
    expect(lines.length).toBeGreaterThan(5);
    expect(
      lines.every((line) =>
        /default\/xwing:\d+ \(ID:11716\) <> default\/deathstar.* D(ENIED|ROPPED)/.test(line),
      ),
    ).toBe(true);
  });

  test('tells errors of its nodes in the stream, and ends it well', async () => {
    const { relay } = await start();
    const { messages, end } = await relay.all(Observer.method.getFlows, {
      whitelist: [{ protocol: ['nope'] }],
    });
    expect(end.code).toBe(0);
    expect(messages.map(({ responseTypes }) => responseTypes.value)).toMatchObject([
      { stateChange: NodeState.NODE_CONNECTED },
      {
        stateChange: NodeState.NODE_ERROR,
        nodeNames: ['k8s-ctr', 'k8s-w1', 'k8s-w2'],
        message: 'invalid protocol filter: unknown protocol: "nope"',
      },
    ]);
  });

  test('speaks TLS when asked to', async () => {
    const { cluster } = await start({ tls: TEST_SERVER });
    const client = connect(cluster.relayAddress, { rejectUnauthorized: false });
    expect(await unary(client, Observer.method.serverStatus, {})).toMatchObject({ numConnectedNodes: 3 });
  });
});

describe('an agent', () => {
  test('answers for itself', async () => {
    const { cluster } = await start();
    const client = agent(cluster, 1);
    const status = await unary(client, Observer.method.serverStatus, {});
    expect(status).toMatchObject({ maxFlows: 4095n, version: expect.stringMatching(/^cilium v1\.19/) });
    expect(status.numConnectedNodes).toBeUndefined();
    const { messages, end } = await client.all(Observer.method.getFlows, { number: 5n });
    expect(messages.map(({ nodeName }) => nodeName)).toEqual(Array(5).fill('k8s-w1'));
    expect(end.headers['hubble-server-version']).toMatch(/^1\.19/);
    expect(
      await unary(client, health.Health.method.check, { service: 'hubble.server.Observer' }),
    ).toMatchObject({
      status: SERVING,
    });
  });

  test('has agent events of its policies, and no debug events', async () => {
    const { cluster } = await start();
    const { messages } = await agent(cluster).all(Observer.method.getAgentEvents, { number: 5000n });
    expect(messages.some(({ agentEvent }) => agentEvent?.notification.case === 'policyUpdate')).toBe(true);
    expect((await agent(cluster).all(Observer.method.getDebugEvents, {})).messages).toEqual([]);
  });

  test.each<[MessageInitShape<typeof Observer.method.getFlows.input>, Partial<CallEnd>]>([
    [
      { first: true, follow: true },
      { code: 3, message: 'first cannot be specified with follow' },
    ],
    [{ fieldMask: { paths: ['nope'] } }, { code: 2, message: 'invalid fieldmask' }],
    [{ whitelist: [{ sourcePod: [''] }] }, { code: 2, message: 'invalid filter, name must not be empty' }],
  ])('refuses %o', async (request, expected) => {
    const { cluster } = await start();
    expect((await agent(cluster).all(Observer.method.getFlows, request)).end).toMatchObject(expected);
  });

  test('does not offer GetNodes', async () => {
    const { cluster } = await start();
    expect((await agent(cluster).all(Observer.method.getNodes, {})).end).toMatchObject({
      code: GrpcCode.UNIMPLEMENTED,
      message: 'GetNodes not implemented',
    });
  });

  test('announces all nodes as peers and keeps the stream open', async () => {
    const { cluster } = await start();
    const call = agent(cluster, 2).call(peer.Peer.method.notify, {});
    const peers = [await call.next(), await call.next(), await call.next()];
    expect(peers.map((one) => [one?.name, one?.address, one?.type, one?.tls])).toEqual(
      ['k8s-ctr', 'k8s-w1', 'k8s-w2'].map((name, index) => [
        name,
        cluster.agentAddresses[index],
        1,
        undefined,
      ]),
    );
    call.cancel();
    await call.end;
  });

  test('tells the health watch once, and again only when it changes', async () => {
    const { cluster } = await start();
    const call = agent(cluster).call(health.Health.method.watch, { service: 'other' });
    expect((await call.next())?.status).toBe(health.HealthCheckResponse_ServingStatus.SERVICE_UNKNOWN);
    call.cancel();
    await call.end;
  });
});

describe('load', () => {
  test('arrives flow by flow, each once, and is counted', async () => {
    const { cluster, relay } = await start({ scenario: 'load', rate: 20_000 });
    const uuids = new Set<string>();
    let flows = 0;
    await readUntil(relay, { follow: true, since: { seconds: 0n } }, ({ responseTypes }) => {
      if (responseTypes.case !== 'flow') return false;
      uuids.add(responseTypes.value.uuid);
      return ++flows === 3000;
    });
    expect(uuids.size).toBe(3000);
    const { nodes, streams, flowsGenerated } = cluster.control.counters();
    expect(streams[0]?.flowsSent).toBeGreaterThanOrEqual(3000);
    expect(streams[0]?.messagesSent).toBe(1 + (streams[0]?.flowsSent ?? 0));
    expect(nodes.reduce((sum, node) => sum + node.flowsGenerated, 0)).toBe(flowsGenerated);
    expect(flowsGenerated).toBeGreaterThanOrEqual(3000);
  });
});

describe('bad options reject with one line', () => {
  test.each<[DemoClusterOptions, string]>([
    [{ scenario: 'nope' }, '--scenario: there are star-wars, shop, l3, load, replay, not "nope"'],
    [{ nodes: 0 }, '--nodes: must be a whole number from 1 to 100, not 0'],
    [{ seed: 1.5 }, '--seed: must be a whole number up to 4294967295, not 1.5'],
    [{ agentsListenBase: 65_534 }, '--agents-listen-base: 3 nodes reach port 65536, over 65535'],
    [{ ringCapacity: 4096 }, '--ring-capacity: must be 2^n - 1 up to 65535, as 4095 is, not 4096'],
  ])('%o', async (options, message) => {
    await expect(startDemoCluster(options)).rejects.toThrow(message);
  });

  test('TLS material that is none', async () => {
    await expect(startDemoCluster({ tls: { cert: 'x', key: 'y' } })).rejects.toThrow(/^--tls-cert-file/);
  });
});
