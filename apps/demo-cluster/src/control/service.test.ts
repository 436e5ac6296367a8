// Steering a cluster over its own service, and what goes wrong on demand.

import { timestampMs } from '@bufbuild/protobuf/wkt';
import { GrpcCode } from '@finderscope/grpc-wire';
import { demo, NodeState, Observer } from '@finderscope/hubble-api';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';

import { agent, connect, readUntil, start, unary } from '../testing/running-cluster.ts';

describe('the demo service', () => {
  const { method } = demo.DemoService;

  test('shows the scenario and holds its stages', async () => {
    const { relay } = await start();
    const { scenario } = await unary(relay, method.getScenario, {});
    expect(scenario).toMatchObject({ name: 'star-wars', currentStageId: 'A2', cycling: true });
    expect(scenario?.stages.map(({ id, policyYaml }) => [id, policyYaml.includes('rule1')])).toEqual([
      ['A0', false],
      ['A1', true],
      ['A2', true],
    ]);
    expect((await unary(relay, method.setStage, { stageId: 'A0' })).scenario).toMatchObject({
      currentStageId: 'A0',
      cycling: false,
    });
    expect((await unary(relay, method.setStage, {})).scenario).toMatchObject({ cycling: true });
    expect((await relay.all(method.setStage, { stageId: 'B1' })).end).toMatchObject({
      code: GrpcCode.INVALID_ARGUMENT,
      message: 'there is no stage "B1"; this scenario has A0, A1, A2',
    });
  });

  test('tells when the stage in force began', async () => {
    const { relay } = await start();
    const sinceMs = async (stageId: string | undefined): Promise<number> => {
      const { scenario } =
        stageId === undefined
          ? await unary(relay, method.getScenario, {})
          : await unary(relay, method.setStage, { stageId });
      return timestampMs(scenario!.currentStageSince!);
    };
    const before = await sinceMs(undefined);
    const asked = Date.now();
    expect(before, 'in the history').toBeLessThan(asked);
    expect(await sinceMs('A2'), 'held while it goes on').toBe(before);
    const changed = await sinceMs('A0');
    expect(changed - before, 'after a change').toBeGreaterThan(1000);
    expect(await sinceMs('A0'), 'asked for again').toBe(changed);
    expect(await sinceMs(''), 'cycling again').toBe(changed);
    const { relay: unstaged } = await start({ scenario: 'load' });
    expect((await unary(unstaged, method.getScenario, {})).scenario?.currentStageSince).toBeUndefined();
  });

  test('a lost node breaks its streams and is unavailable until it is back', async () => {
    const { relay, cluster } = await start();
    const direct = agent(cluster, 1).call(Observer.method.getFlows, { follow: true });
    await direct.next();
    expect(
      await unary(relay, method.injectFault, { nodeName: 'k8s-w1', fault: { case: 'nodeLost', value: {} } }),
    ).toMatchObject({
      affected: 1,
    });
    await direct.end;
    const status = await unary(relay, Observer.method.serverStatus, {});
    expect(status).toMatchObject({
      numConnectedNodes: 2,
      numUnavailableNodes: 1,
      unavailableNodes: ['k8s-w1'],
    });
    const { messages } = await relay.all(Observer.method.getFlows, { number: 5n });
    expect(messages[1]?.responseTypes.value).toMatchObject({
      stateChange: NodeState.NODE_UNAVAILABLE,
      nodeNames: ['k8s-w1'],
    });
    // As with a machine that is gone, nobody answers on its port: a real hubble-relay calls that unavailable.
    await expect(once(agent(cluster, 1).session, 'remoteSettings')).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    await unary(relay, method.injectFault, { fault: { case: 'nodeBack', value: {} } });
    expect(await unary(relay, Observer.method.serverStatus, {})).toMatchObject({ numConnectedNodes: 3 });
    expect(await unary(agent(cluster, 1), Observer.method.serverStatus, {})).toMatchObject({
      maxFlows: 4095n,
    });
  });

  test('lost events reach streams and counters', async () => {
    const { relay } = await start();
    await unary(relay, method.injectFault, {
      nodeName: 'k8s-ctr',
      fault: { case: 'lostEvents', value: { count: 42n } },
    });
    await unary(relay, method.injectFault, { nodeName: 'k8s-ctr', fault: { case: 'lostEvents', value: {} } });
    const { messages } = await relay.all(Observer.method.getFlows, { number: 1n, since: { seconds: 0n } });
    expect(messages.length).toBeGreaterThan(0);
    const all = (await relay.all(Observer.method.getFlows, {})).messages;
    expect(
      all.some(
        ({ responseTypes: { value } }) =>
          value?.$typeName === 'flow.LostEvent' && value.numEventsLost === 42n,
      ),
    ).toBe(true);
    const { nodes } = await unary(relay, method.getCounters, {});
    expect(nodes[0]).toMatchObject({ nodeName: 'k8s-ctr', eventsLost: 43n });
  });

  test('a skewed clock shows in the flows of its node', async () => {
    const { relay } = await start();
    await unary(relay, method.injectFault, { fault: { case: 'clockSkew', value: { offsetMs: 3_600_000n } } });
    const soon = BigInt(Math.floor(Date.now() / 1000)) + 3000n;
    const seen = await readUntil(relay, { follow: true }, ({ time }) => (time?.seconds ?? 0n) > soon);
    expect(seen.at(-1)?.responseTypes.case).toBe('flow');
  });

  test('a garbage frame comes between good ones', async () => {
    const { relay } = await start();
    const call = relay.call(Observer.method.getFlows, { follow: true, number: 300n });
    await call.nextBytes();
    await unary(relay, method.injectFault, { fault: { case: 'garbageFrame', value: {} } });
    let garbage = 0;
    for (let after = 0; after < 3;) {
      const bytes = await call.nextBytes();
      if (bytes?.every((byte) => byte === 0xff) === true) garbage++;
      else if (garbage > 0) after++;
    }
    expect(garbage).toBe(1);
    call.cancel();
  });

  test('a truncated stream ends inside a frame, without a status', async () => {
    const { relay } = await start();
    const call = relay.call(Observer.method.getFlows, { follow: true });
    await call.nextBytes();
    await unary(relay, method.injectFault, { fault: { case: 'truncatedStream', value: {} } });
    for (let next = await call.nextBytes(); next !== undefined;) next = await call.nextBytes();
    const end = await call.end;
    expect(end.leftover).toBeGreaterThan(0);
    expect(end.code).toBe(-1);
  });

  test('closed connections break calls; new ones work', async () => {
    const { relay, cluster } = await start();
    const call = relay.call(Observer.method.getFlows, { follow: true });
    await call.nextBytes();
    const { affected } = await unary(relay, method.injectFault, {
      fault: { case: 'closeConnections', value: {} },
    });
    expect(affected).toBe(1);
    expect((await call.end).code).toBe(-1);
    expect(await unary(connect(cluster.relayAddress), Observer.method.serverStatus, {})).toMatchObject({
      numConnectedNodes: 3,
    });
  });

  test.each([
    [{}, GrpcCode.INVALID_ARGUMENT, 'no fault is set'],
    [
      { nodeName: 'x', fault: { case: 'nodeLost', value: {} } } as const,
      GrpcCode.NOT_FOUND,
      'there is no node "x"',
    ],
  ])('refuses %o', async (request, code, message) => {
    const { relay } = await start();
    expect((await relay.all(method.injectFault, request)).end).toMatchObject({ code, message });
  });
});
