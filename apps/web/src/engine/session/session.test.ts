import type { ServerResponse } from 'node:http';
import { encodeTrailerFrame, FRAME_HEADER_BYTES, writeFrameHeader } from '@finderscope/grpc-wire';
import { LostEventSource, NodeState } from '@finderscope/hubble-api';
import { afterEach, describe, expect, it } from 'vitest';
import type { RowsAnswer, Stats } from '../protocol.ts';
import { MAX_MESSAGE_BYTES } from '../sources/frame-scanner.ts';
import { closeAll, closeLater, numbered, ROWS, start, stream } from '../test-support/connected.ts';
import { GRPC_WEB_HEADERS, type Script, startFlowServer } from '../test-support/flow-server.ts';
import { flowBytes, frames, numberedFlow, responseBytes } from '../test-support/flows.ts';
import type { Rig } from '../test-support/rig.ts';

afterEach(closeAll);

function expectBalanced(stats: Stats): void {
  expect(stats.received).toBe(stats.held + stats.evicted + stats.lost.total + stats.skipped.total);
}

const lost = (n: bigint, source: LostEventSource): Uint8Array =>
  responseBytes({
    nodeName: 'k8s-w1',
    time: { seconds: 1_700_000_000n },
    responseTypes: { case: 'lostEvents', value: { source, numEventsLost: n } },
  });

describe('what is told of many rows', () => {
  it('is all that is held, also when nothing comes any more', async () => {
    const many = 51_000;
    let response: ServerResponse | undefined;
    const script: Script = (_, opened) => {
      response = opened;
      opened.writeHead(200, GRPC_WEB_HEADERS);
      opened.write(frames(...numbered(0, many)));
    };
    const { engine, status } = await start([script], { timersBelowMs: 1000 });
    await status(({ stats }) => stats.received === many);
    const drops: number[] = [];
    engine.subscribe(ROWS, (answer) => drops.push(answer.drops.reduce((sum, count) => sum + count, 0)));
    await expect.poll(() => drops.at(-1), { timeout: 10_000 }).toBeGreaterThan(0);
    const before = drops.at(-1) ?? 0;
    response?.write(frames(...numbered(many, many + 10)));
    await status(({ stats }) => stats.received === many + 10);
    await expect.poll(() => drops.at(-1), { timeout: 10_000 }).toBeGreaterThan(before);
  });
});

describe('the books', () => {
  it('balance to the flow over everything that can happen to a message', async () => {
    const header = new Uint8Array(FRAME_HEADER_BYTES);
    writeFrameHeader(header, 0, MAX_MESSAGE_BYTES + 1);
    const script: Script = (_, response) => {
      response.writeHead(200, GRPC_WEB_HEADERS);
      response.write(frames(...numbered(0, 50)));
      response.write(frames(Uint8Array.of(0x0a, 0xff), new Uint8Array(0)));
      response.write(
        frames(
          lost(12n, LostEventSource.HUBBLE_RING_BUFFER),
          lost(3n, LostEventSource.PERF_EVENT_RING_BUFFER),
        ),
      );
      response.write(
        frames(lost(5n, LostEventSource.OBSERVER_EVENTS_QUEUE), lost(7n, 99 as LostEventSource)),
      );
      response.write(Buffer.concat([header, new Uint8Array(MAX_MESSAGE_BYTES + 1)]));
      response.write(
        frames(
          responseBytes({
            responseTypes: {
              case: 'nodeStatus',
              value: { stateChange: NodeState.NODE_CONNECTED, nodeNames: ['k8s-w1'] },
            },
          }),
        ),
      );
      response.end(encodeTrailerFrame(0));
    };
    const { engine, status } = await start([script], { limits: { maxRows: 30 } });
    const answer = await status(({ connection }) => connection.state === 'disconnected');
    expect(answer.stats).toMatchObject({
      received: 50 + 2 + 27 + 1,
      held: 30,
      evicted: 20,
      lost: { total: 27, hubbleRing: 12, perfRing: 3, observerQueue: 5, unknown: 7 },
      skipped: { total: 3, malformed: 2, oversized: 1, duplicate: 0 },
      sampled: 0,
    });
    expectBalanced(answer.stats);
    expect(answer.nodeEvents).toEqual([
      { timeNs: undefined, state: NodeState.NODE_CONNECTED, nodes: ['k8s-w1'], message: '' },
    ]);
    expect(await engine.stats()).toEqual(answer.stats);
  });

  it('tell rates by the times of the flows while what the server held arrives', async () => {
    // One flow a second, three hundred of them at once.
    const { status } = await start([stream(...numbered(0, 300))]);
    const answer = await status(({ stats }) => stats.received === 300);
    expect(answer.inPerS).toBeGreaterThan(0);
    expect(answer.inPerS).toBeLessThan(2);
  });

  it('count what the filter in force hides', async () => {
    const { engine, server, status } = await start([stream(...numbered(0, 30))]);
    await status(({ stats }) => stats.received === 30);
    engine.open({ kind: 'live', baseUrl: server.baseUrl, last: 100 }, 'verdict:DROPPED');
    expect(await engine.stats()).toMatchObject({ held: 30, filtered: 20 });
    expect(server.requests).toHaveLength(1);
  });
});

describe('resuming', () => {
  it('drops what comes twice, counts no loss twice, and notes the gap', async () => {
    const loss = lost(4n, LostEventSource.HUBBLE_RING_BUFFER);
    const { engine, status, server } = await start([
      (_, response) => response.writeHead(200, GRPC_WEB_HEADERS).end(frames(...numbered(0, 20), loss)),
      stream(...numbered(17, 30), loss),
    ]);
    const down = await status(({ connection }) => connection.state === 'disconnected');
    expect(down.connection).toMatchObject({ code: 'TRUNCATED', resumeFromNs: 1_700_000_017_000_000_000n });
    expect(down.gaps).toEqual([{ fromNs: 1_700_000_019_000_000_000n, toNs: undefined, refilled: false }]);
    engine.retry();
    const up = await status(({ stats }) => stats.held === 30);
    expect(up.stats).toMatchObject({
      received: 20 + 4 + 13,
      reconnects: 1,
      skipped: { duplicate: 3, total: 3 },
      lost: { total: 4 },
    });
    expectBalanced(up.stats);
    expect(up.gaps).toEqual([
      { fromNs: 1_700_000_019_000_000_000n, toNs: 1_700_000_020_000_000_000n, refilled: true },
    ]);
    expect(server.requests[1]?.since?.seconds).toBe(1_700_000_017n);
  });

  it('leaves the gap open to both ends when the server no longer has what came meanwhile', async () => {
    const { engine, status } = await start([
      (_, response) => response.writeHead(200, GRPC_WEB_HEADERS).end(frames(...numbered(0, 5))),
      stream(...numbered(50, 60)),
    ]);
    await status(({ connection }) => connection.state === 'disconnected');
    engine.retry();
    const up = await status(({ stats }) => stats.held === 15);
    expect(up.gaps).toEqual([
      { fromNs: 1_700_000_004_000_000_000n, toNs: 1_700_000_050_000_000_000n, refilled: false },
    ]);
  });

  it('starts afresh with another source', async () => {
    const { engine, status } = await start([stream(...numbered(0, 10))]);
    await status(({ stats }) => stats.held === 10);
    const other = await startFlowServer(stream(...numbered(100, 103)));
    closeLater(() => other.close());
    engine.open({ kind: 'live', baseUrl: other.baseUrl, last: 100 }, '');
    const answer = await status(({ stats }) => stats.held === 3);
    expect(answer.stats).toMatchObject({ received: 3, evicted: 0 });
  });
});

describe('subscriptions', () => {
  it('get an answer at once, then one per frame at most, and never one to an older query', async () => {
    let socket: ServerResponse | undefined;
    const rig = await start([
      (_, response) => {
        socket = response;
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.flushHeaders();
      },
    ]);
    await rig.status(({ connection }) => connection.state === 'connected');
    const answers: RowsAnswer[] = [];
    const subscription = rig.engine.subscribe(ROWS, (answer) => answers.push(answer));
    await rig.engine.idle();
    expect(answers.at(-1)?.total).toBe(0);

    rig.holdFrames = true;
    const sentBefore = rig.sent.filter(({ type }) => type === 'answers').length;
    socket?.write(frames(...numbered(0, 10)));
    await untilReceived(rig, 10);
    socket?.write(frames(...numbered(10, 40)));
    await untilReceived(rig, 40);
    subscription.update({ ...ROWS, filter: 'verdict:DROPPED' });
    await untilReceived(rig, 40);
    // the page has drawn no frame: at most one batch was sent, and none delivered
    expect(rig.sent.filter(({ type }) => type === 'answers').length - sentBefore).toBeLessThanOrEqual(1);
    const before = answers.length;
    rig.holdFrames = false;
    rig.drawFrame();
    expect(answers).toHaveLength(before);
    await rig.engine.idle();
    expect(answers.at(-1)?.total).toBe(14);
    expect(answers.slice(before).every(({ total }) => total === 14)).toBe(true);
    subscription.close();
  });

  it('hear of the first flows without waiting for a beat', async () => {
    let socket: ServerResponse | undefined;
    const rig = await start([
      (_, response) => {
        socket = response;
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.flushHeaders();
      },
    ]);
    await rig.status(({ connection }) => connection.state === 'connected');
    const first = rig.status(({ stats }) => stats.held > 0);
    await rig.engine.idle();
    rig.waits.length = 0;
    socket?.write(frames(...numbered(0, 10)));
    await first;
    // A frame, but not the 400 ms after which numbers change.
    expect(Math.max(...rig.waits)).toBeLessThanOrEqual(16);
  });

  it.each([
    { links: 20, leastMs: 0, mostMs: 420 },
    { links: 2500, leastMs: 750, mostMs: 1250 },
  ])('of a map come as seldom as the page takes to draw $links links', async ({ links, leastMs, mostMs }) => {
    let socket: ServerResponse | undefined;
    const linked = (n: number): Uint8Array =>
      flowBytes({ ...numberedFlow(n), source: { namespace: 'default', podName: `pod-${n % links}` } });
    const script: Script = (_, response) => {
      socket = response;
      response.writeHead(200, GRPC_WEB_HEADERS);
      response.write(frames(...Array.from({ length: links }, (__, n) => linked(n))));
    };
    const rig = await start([script], { timersBelowMs: 1000 });
    await untilReceived(rig, links);
    const told: number[] = [];
    rig.engine.subscribe({ kind: 'edges', filter: '', scope: 'pod', limit: 10_000 }, ({ edges }) =>
      told.push(edges.reduce((sum, { flows }) => sum + flows, 0)),
    );
    await rig.engine.idle();
    expect(told.at(-1)).toBe(links);
    rig.waits.length = 0;
    socket?.write(frames(linked(links)));
    await expect.poll(() => told.at(-1)).toBe(links + 1);
    const waitedMs = rig.waits.reduce((sum, ms) => sum + ms, 0);
    expect(waitedMs).toBeGreaterThanOrEqual(leastMs);
    expect(waitedMs).toBeLessThanOrEqual(mostMs);
  });

  it('are answered when a scan takes many slices, while the stream is read on', async () => {
    const rig = await start([stream(...numbered(0, 40))], { msPerLook: 20 });
    await untilReceived(rig, 40);
    const totals: number[] = [];
    rig.engine.subscribe({ ...ROWS, filter: 'verdict:DROPPED' }, ({ total }) => totals.push(total));
    await rig.engine.idle();
    expect(totals.at(-1)).toBe(14);
  });

  it('of rows are answered before what is counted beside them', async () => {
    const rig = await start([stream(...numbered(0, 40))], { msPerLook: 20 });
    await untilReceived(rig, 40);
    const told: string[] = [];
    const facets = { kind: 'facets', fields: ['namespace', 'port'], limit: 8 } as const;
    const counted = rig.engine.subscribe({ ...facets, filter: '' }, () => told.push('facets'));
    const rows = rig.engine.subscribe(ROWS, () => told.push('rows'));
    await rig.engine.idle();
    told.length = 0;
    counted.update({ ...facets, filter: 'verdict:DROPPED' });
    rows.update({ ...ROWS, filter: 'verdict:DROPPED' });
    await rig.engine.idle();
    expect(told).toEqual(['rows', 'facets']);
  });

  it('of rows are told alone, also when all else could be told with them', async () => {
    const rig = await start([stream(...numbered(0, 40))]);
    await untilReceived(rig, 40);
    const facets = { kind: 'facets', fields: ['namespace', 'port'], limit: 8 } as const;
    const counted = rig.engine.subscribe({ ...facets, filter: '' }, () => undefined);
    const rows = rig.engine.subscribe(ROWS, () => undefined);
    await rig.engine.idle();
    rig.sent.length = 0;
    counted.update({ ...facets, filter: 'verdict:DROPPED' });
    rig.engine.expect('verdict:DROPPED');
    rows.update({ ...ROWS, filter: 'verdict:DROPPED' });
    await rig.engine.idle();
    const batches = rig.sent.flatMap((message) =>
      message.type === 'answers' ? [message.answers.map(({ answer }) => answer.kind)] : [],
    );
    expect(batches).toEqual([['rows'], ['facets']]);
  });

  it('are answered whatever was expected to be asked, and was not', async () => {
    const rig = await start([stream(...numbered(0, 40))], { msPerLook: 20 });
    await untilReceived(rig, 40);
    for (const filter of ['verdict:FORWARDED', 'no filter:at:all (', 'verdict:DROPPED'])
      rig.engine.expect(filter);
    expect((await rig.engine.ask({ ...ROWS, filter: 'port:80' })).total).toBe(40);
    await rig.engine.idle();
  });

  it('of rows do not wait for the code of others, and those are idle only when they have come', async () => {
    const code = Promise.withResolvers<void>();
    const rig = await start([stream(...numbered(0, 40))], { lateAnswersAfter: () => code.promise });
    await untilReceived(rig, 40);
    const told: string[] = [];
    const facets = { kind: 'facets', fields: ['namespace'], limit: 8, filter: '' } as const;
    rig.engine.subscribe(facets, () => told.push('facets'));
    rig.engine.subscribe(ROWS, () => told.push('rows'));
    const asked = rig.engine.ask(facets);
    const idle = rig.engine.idle().then(() => told.push('idle'));
    expect((await rig.engine.ask(ROWS)).total).toBe(40);
    expect(told).not.toContain('facets');
    expect(told).not.toContain('idle');
    code.resolve();
    await idle;
    expect(told).toContain('rows');
    expect(told.indexOf('idle')).toBeGreaterThan(told.indexOf('facets'));
    expect((await asked).kind).toBe('facets');
  });

  it('hear nothing after they are closed', async () => {
    const rig = await start([stream(...numbered(0, 4))]);
    let calls = 0;
    rig.engine.subscribe(ROWS, () => calls++).close();
    await rig.engine.idle();
    expect(calls).toBe(0);
  });
});

it('rejects what is still open when the engine is closed', async () => {
  const rig = await start([stream()]);
  const asked = rig.engine.ask(ROWS);
  rig.engine.close();
  await expect(asked).rejects.toThrow('closed');
  await expect(rig.engine.stats()).rejects.toThrow('closed');
});

/** Asks again and again, as fast as the session answers, until that many messages are on the books. */
async function untilReceived(rig: Rig, count: number): Promise<void> {
  while ((await rig.engine.stats()).received < count) continue;
}
