import '@finderscope/flow-query/expressions';
import type { ServerResponse } from 'node:http';
import { encodeTrailerFrame } from '@finderscope/grpc-wire';
import { FlowStore } from '@finderscope/flow-store';
import { type FlowFilter, LostEventSource, NodeState, Verdict } from '@finderscope/hubble-api';
import { afterEach, describe, expect, it } from 'vitest';
import type { LiveSpec, StatusAnswer, StatusQuery } from '../protocol.ts';
import { closeAll, numbered, ROWS, start, type Started, stream } from '../test-support/connected.ts';
import { fakeTime } from '../test-support/fake-timers.ts';
import { GRPC_WEB_HEADERS, type Script } from '../test-support/flow-server.ts';
import { flowBytes, frames, numberedFlow, responseBytes, uuidOf } from '../test-support/flows.ts';
import { MatchLists } from './match-lists.ts';
import { ServerFilter } from './server-filter.ts';

afterEach(closeAll);

const START = 1_700_000_000;
const S = 1_000_000_000n;
const DROPS = 'verdict:DROPPED';

/** Answers and ends. */
function past(messages: readonly Uint8Array[], code = 0, text = ''): Script {
  return (_, response) => {
    response.writeHead(200, GRPC_WEB_HEADERS);
    response.end(Buffer.concat([frames(...messages), encodeTrailerFrame(code, text)]));
  };
}

/** Drops among the flows with these numbers. */
function drops(from: number, to: number): Uint8Array[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
    .filter((n) => n % 3 === 0)
    .map((n) => flowBytes(numberedFlow(n)));
}

function spec({ server }: Started, pushDown: LiveSpec['pushDown'] = 'auto'): LiveSpec {
  return { kind: 'live', baseUrl: server.baseUrl, last: 100, pushDown };
}

/** The first status for a filter that is as wanted. */
function statusOf(
  { engine }: Started,
  filter: string,
  ready: (status: StatusAnswer) => boolean,
): Promise<StatusAnswer> {
  const query: StatusQuery = { kind: 'status', filter };
  return new Promise((resolve) => {
    const subscription = engine.subscribe(query, (answer) => {
      if (!ready(answer)) return;
      subscription.close();
      resolve(answer);
    });
  });
}

function throwIt(error: unknown): never {
  throw error;
}

function expectBalanced({ stats }: StatusAnswer): void {
  expect(stats.received).toBe(stats.held + stats.evicted + stats.lost.total + stats.skipped.total);
}

const isBackfilled = ({ coverage }: StatusAnswer): boolean => coverage?.backfill.state === 'done';

describe('backfill', () => {
  it('asks for older flows that match, beside the stream, and drops what is here already', async () => {
    const started = await start([stream(...numbered(60, 90)), past(drops(0, 80))]);
    const before = await started.status(({ stats }) => stats.held === 30);
    expect(before.coverage).toEqual({
      pushedDown: '',
      complete: {
        kind: 'since',
        sinceNs: BigInt(START + 60) * S,
        limit: { node: 'k8s-w1', isInterrupted: false },
      },
      missing: [],
      backfill: { state: 'none' },
      unreadable: 0,
    });
    started.engine.open(spec(started), DROPS);
    const after = await statusOf(started, DROPS, isBackfilled);
    expect(started.server.requests).toHaveLength(2);
    expect(started.server.requests[1]).toMatchObject({
      follow: false,
      whitelist: [{ verdict: [Verdict.DROPPED] }],
      until: { seconds: BigInt(START + 60 + 5) },
    });
    // 0, 3 ... 78 came, of which 60 to 78 were held
    expect(after.stats).toMatchObject({ held: 30 + 20, skipped: { duplicate: 7, total: 7 } });
    expectBalanced(after);
    expect(after.matching).toBe(30);
    expect(after.coverage).toMatchObject({ complete: { kind: 'all' }, pushedDown: '' });
    const { rows } = await started.engine.ask({
      ...ROWS,
      filter: DROPS,
      sort: { key: 'time', descending: false },
    });
    expect(rows.map(({ uuid }) => uuid)).toEqual(Array.from({ length: 30 }, (_, i) => uuidOf(i * 3 + 1)));
    // another filter is no more complete than before
    const other = await statusOf(started, 'pod:default/client-1', () => true);
    expect(other.coverage?.complete).toMatchObject({ kind: 'since', sinceNs: BigInt(START + 60) * S });
  });

  it('claims for the stream only what every node has sent', async () => {
    const started = await start([
      stream(
        flowBytes({ ...numberedFlow(3), nodeName: 'calm' }),
        flowBytes({ ...numberedFlow(60), nodeName: 'busy' }),
        flowBytes({ ...numberedFlow(61), nodeName: 'calm' }),
      ),
    ]);
    const { coverage } = await started.status(({ stats }) => stats.held === 3);
    expect(coverage?.complete).toEqual({
      kind: 'since',
      sinceNs: BigInt(START + 60) * S,
      limit: { node: 'busy', isInterrupted: false },
    });
  });

  it('says from when on it is complete when a node had more than was asked for', async () => {
    const node = (nodeName: string, n: number): Uint8Array =>
      responseBytes({
        nodeName,
        time: { seconds: BigInt(START + n) },
        responseTypes: { case: 'flow', value: numberedFlow(n) },
      });
    const busy = Array.from({ length: 2000 }, (_, i) => node('busy', 300 + i));
    const started = await start([stream(...numbered(3000, 3010)), past([node('calm', 3), ...busy])]);
    await started.status(({ stats }) => stats.held === 10);
    started.engine.open(spec(started), DROPS);
    const { coverage } = await statusOf(started, DROPS, isBackfilled);
    expect(coverage?.backfill).toEqual({ state: 'done', sinceNs: BigInt(START + 300) * S });
    expect(coverage?.complete).toMatchObject({ kind: 'since', sinceNs: BigInt(START + 300) * S });
  });

  it('tells why it failed, and leaves what was complete complete', async () => {
    const started = await start([stream(...numbered(60, 90)), past([], 2, 'invalid filter')]);
    await started.status(({ stats }) => stats.held === 30);
    started.engine.open(spec(started), DROPS);
    const { coverage } = await statusOf(
      started,
      DROPS,
      (status) => status.coverage?.backfill.state === 'failed',
    );
    expect(coverage?.backfill).toEqual({ state: 'failed', reason: 'invalid filter' });
    expect(coverage?.complete).toMatchObject({ kind: 'since', sinceNs: BigInt(START + 60) * S });
  });

  it('says which nodes did not answer, and does not take the rest for everything', async () => {
    const silent = responseBytes({
      responseTypes: {
        case: 'nodeStatus',
        value: { stateChange: NodeState.NODE_UNAVAILABLE, nodeNames: ['k8s-w2'] },
      },
    });
    const started = await start([stream(...numbered(60, 90)), past([silent, ...drops(0, 80)])]);
    await started.status(({ stats }) => stats.held === 30);
    started.engine.open(spec(started), DROPS);
    const after = await statusOf(started, DROPS, ({ coverage }) => coverage?.backfill.state === 'failed');
    expect(after.coverage?.backfill).toEqual({ state: 'failed', reason: 'k8s-w2 did not answer.' });
    expect(after.coverage?.complete).toMatchObject({ kind: 'since', sinceNs: BigInt(START + 60) * S });
    expect(after.matching).toBe(30);
    expectBalanced(after);
  });

  it('and the stream may overlap, whichever brings a flow first', async () => {
    const open: { stream?: ServerResponse; past?: ServerResponse } = {};
    const script: Script = ({ follow }, response) => {
      response.writeHead(200, GRPC_WEB_HEADERS);
      response.write(frames(...(follow ? numbered(60, 90) : drops(30, 40))));
      open[follow ? 'stream' : 'past'] = response;
    };
    const started = await start([script]);
    await started.status(({ stats }) => stats.held === 30);
    started.engine.open(spec(started), DROPS);
    await statusOf(started, DROPS, ({ stats }) => stats.held === 34);
    open.stream?.write(frames(...numbered(36, 46)));
    // 36 and 39 are here
    await statusOf(started, DROPS, ({ stats }) => stats.held === 42);
    open.past?.end(Buffer.concat([frames(...drops(40, 50)), encodeTrailerFrame(0)]));
    const after = await statusOf(started, DROPS, isBackfilled);
    // of 42, 45 and 48 only the last is new
    expect(after.stats).toMatchObject({ held: 43, skipped: { duplicate: 4, total: 4 } });
    expectBalanced(after);
  });

  it('claims no more than is held once rows that it found here already are evicted', async () => {
    let live: ServerResponse | undefined;
    const open: Script = (_, response) => {
      live = response;
      response.writeHead(200, GRPC_WEB_HEADERS);
      response.write(frames(...numbered(60, 90)));
    };
    const started = await start([open, past(drops(0, 80))], { limits: { maxRows: 60 } });
    await started.status(({ stats }) => stats.held === 30);
    started.engine.open(spec(started), DROPS);
    expect((await statusOf(started, DROPS, isBackfilled)).coverage?.complete).toEqual({ kind: 'all' });
    live?.write(frames(...numbered(90, 110)));
    const { coverage } = await statusOf(started, DROPS, ({ stats }) => stats.evicted > 0);
    // 60 to 69 have made room
    expect(coverage?.complete).toEqual({
      kind: 'since',
      sinceNs: BigInt(START + 69) * S + 1n,
      limit: 'evicted',
    });
  });

  it('does not claim what came to pass without a connection', async () => {
    let live: ServerResponse | undefined;
    const first: Script = (_, response) => {
      live = response;
      response.writeHead(200, GRPC_WEB_HEADERS);
      response.write(frames(...numbered(60, 90)));
    };
    const started = await start([first, stream(...numbered(500, 510))]);
    await started.status(({ stats }) => stats.held === 30);
    live?.end();
    await started.status(({ connection }) => connection.state === 'disconnected');
    started.engine.retry();
    const { coverage, gaps } = await started.status(({ stats }) => stats.held === 40);
    expect(gaps).toMatchObject([{ refilled: false }]);
    expect(coverage?.complete).toMatchObject({ kind: 'since', sinceNs: BigInt(START + 500) * S });
  });

  it('is given up for the next filter, and is not asked for twice', async () => {
    let gone: () => void = () => undefined;
    const isGone = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const endless: Script = (_, response: ServerResponse) => {
      response.on('close', gone);
      response.writeHead(200, GRPC_WEB_HEADERS);
      response.write(frames(...drops(0, 9)));
    };
    const started = await start([stream(...numbered(60, 90)), endless, past(drops(0, 9)), past([])]);
    await started.status(({ stats }) => stats.held === 30);
    started.engine.open(spec(started), DROPS);
    await statusOf(started, DROPS, ({ stats }) => stats.held === 33);
    started.engine.open(spec(started), 'pod:default/client-0');
    await isGone;
    await statusOf(started, 'pod:default/client-0', isBackfilled);
    started.engine.open(spec(started), DROPS);
    await statusOf(started, DROPS, isBackfilled);
    started.engine.open(spec(started), 'pod:default/client-0');
    started.engine.open(spec(started), DROPS);
    await started.engine.idle();
    expect(started.server.requests).toHaveLength(4);
  });

  it('is shown in a paused view, each flow in its place; only what the stream brings then is new', async () => {
    let live: ServerResponse | undefined;
    const open: Script = (_, response) => {
      live = response;
      response.writeHead(200, GRPC_WEB_HEADERS);
      response.write(frames(...numbered(60, 90)));
    };
    const started = await start([open, past(drops(30, 80))]);
    const { newestNs } = await started.status(({ stats }) => stats.held === 30);
    const { engine } = started;
    const { newest: upTo } = await engine.ask(ROWS);
    engine.open(spec(started), DROPS);
    // among what the stream brings is a flow that is older than all that was asked for
    live?.write(frames(...drops(0, 1), ...numbered(90, 100)));
    await statusOf(started, DROPS, ({ stats, coverage }) => {
      return stats.held === 30 + 10 + 11 && coverage?.backfill.state === 'done';
    });
    const paused = { ...ROWS, filter: DROPS, upTo, untilNs: newestNs };
    const rows = await engine.ask({ ...paused, sort: { key: 'time', descending: false } });
    const shown = Array.from({ length: 20 }, (_, i) => uuidOf(30 + i * 3 + 1));
    expect(rows.rows.map(({ uuid }) => uuid)).toEqual(shown);
    // 0, 90, 93, 96, 99
    expect(rows.newer).toBe(5);
    const window = { upTo, untilNs: newestNs };
    const facets = await engine.ask({
      kind: 'facets',
      filter: DROPS,
      window,
      fields: ['node-name'],
      limit: 9,
    });
    expect(facets.facets[0]?.values[0]?.count).toBe(20);
    // what was asked for and is later than the pause waits too
    const early = await engine.ask({ ...paused, untilNs: BigInt(START + 50) * S });
    expect(early.newer).toBe(5 + 3);
  });

  it('does not move the place to resume from', async () => {
    const old = Array.from({ length: 6000 }, (_, i) =>
      flowBytes({ ...numberedFlow(0), uuid: uuidOf(10_000 + i) }),
    );
    let live: ServerResponse | undefined;
    const started = await start([
      (_, response) => {
        live = response;
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.write(frames(...numbered(60, 90)));
      },
      past(old),
      stream(),
    ]);
    await started.status(({ stats }) => stats.held === 30);
    started.engine.open(spec(started), DROPS);
    await statusOf(started, DROPS, isBackfilled);
    live?.end();
    const { connection } = await started.status(({ connection }) => connection.state === 'disconnected');
    expect(connection).toMatchObject({ resumeFromNs: BigInt(START + 87) * S });
  });
});

describe('pushing down', () => {
  it('opens the stream again from where it stood, and once more when the filter is taken back', async () => {
    const scripts: Script = (request, response) => {
      response.writeHead(200, GRPC_WEB_HEADERS);
      const isFiltered = request.whitelist.length > 0;
      if (!request.follow) response.end(Buffer.concat([frames(...drops(0, 60)), encodeTrailerFrame(0)]));
      else if (isFiltered) response.write(frames(...drops(87, 100)));
      else response.write(frames(...(request.since === undefined ? numbered(60, 90) : numbered(97, 110))));
    };
    const started = await start([scripts], {}, { pushDown: 'always' });
    await started.status(({ stats }) => stats.held === 30);
    started.engine.open(spec(started, 'always'), DROPS);
    const filtered = await statusOf(
      started,
      DROPS,
      ({ stats, coverage }) => stats.held === 30 + 20 + 4 && coverage?.backfill.state === 'done',
    );
    const asked = started.server.requests.filter(({ follow }) => follow);
    expect(asked[1]).toMatchObject({
      whitelist: [{ verdict: [Verdict.DROPPED] }],
      since: { seconds: BigInt(START + 87) },
    });
    expect(filtered.coverage).toMatchObject({ pushedDown: DROPS, complete: { kind: 'all' } });
    expect(filtered.stats).toMatchObject({ reconnects: 0, skipped: { duplicate: 1 } });
    expect(filtered.gaps).toEqual([]);
    expectBalanced(filtered);
    const other = await statusOf(started, '', () => true);
    expect(other.coverage?.complete).toEqual({ kind: 'nothing' });

    started.engine.open(spec(started, 'always'), '');
    const open = await statusOf(started, '', ({ stats }) => stats.held === 54 + 13 - 1);
    expect(open.coverage).toMatchObject({
      pushedDown: '',
      complete: { kind: 'since', sinceNs: BigInt(START + 99) * S },
    });
    expect((await statusOf(started, DROPS, () => true)).coverage?.complete).toEqual({ kind: 'all' });
  });

  it('is taken back when a node does not understand the filter', async () => {
    const refusal = responseBytes({
      responseTypes: {
        case: 'nodeStatus',
        value: { stateChange: NodeState.NODE_ERROR, nodeNames: ['k8s-w1'], message: 'unknown field' },
      },
    });
    const script: Script = (request, response) => {
      response.writeHead(200, GRPC_WEB_HEADERS);
      if (!request.follow) response.end(encodeTrailerFrame(0));
      else if (request.whitelist.length > 0) response.write(frames(refusal));
      else response.write(frames(...(request.since === undefined ? numbered(60, 90) : numbered(88, 95))));
    };
    const started = await start([script], {}, { pushDown: 'always' });
    await started.status(({ stats }) => stats.held === 30);
    started.engine.open(spec(started, 'always'), DROPS);
    const after = await statusOf(started, DROPS, ({ stats }) => stats.held === 35);
    expect(after.coverage?.pushedDown).toBe('');
    expect(after.nodeEvents[0]).toMatchObject({ state: NodeState.NODE_ERROR, message: 'unknown field' });
  });

  it('happens by itself once more comes than is easy, and stays until the filter is taken back', () => {
    const time = fakeTime();
    const store = new FlowStore();
    const pushed: (readonly FlowFilter[])[] = [];
    let perS = 100_000;
    const filter = new ServerFilter({
      env: { after: time.after, fetch: () => Promise.reject(new Error('not asked')), failed: throwIt },
      spec: { kind: 'live', baseUrl: '', last: 100 },
      store,
      lists: new MatchLists(store),
      push: ({ allow }) => pushed.push(allow),
      perS: () => perS,
      sink: () => ({ messages: () => undefined, oversized: () => undefined, bytesReceived: () => undefined }),
      reach: () => ({ sinceNs: undefined, limit: undefined, missing: [] }),
      changed: () => undefined,
    });
    const settle = (text: string): void => {
      filter.use(text);
      time.advance(300);
    };
    settle(DROPS);
    filter.tick();
    expect(pushed).toEqual([]);
    perS = 100_001;
    filter.tick();
    expect(pushed).toMatchObject([[{ verdict: [Verdict.DROPPED] }]]);
    expect(filter.coverage(DROPS).pushedDown).toBe(DROPS);
    // what comes now says nothing about what would come without
    perS = 10;
    filter.tick();
    settle('port:80');
    expect(pushed).toHaveLength(2);
    expect(filter.coverage('').pushedDown).toBe('port:80');
    settle('');
    expect(pushed).toMatchObject([[{}], [{}, {}], []]);
    perS = 1_000_000;
    filter.tick();
    expect(pushed).toHaveLength(3);
  });

  it('does not happen for what the server held, which comes all at once', async () => {
    const lost = responseBytes({
      nodeName: 'k8s-w1',
      time: { seconds: BigInt(START) },
      responseTypes: {
        case: 'lostEvents',
        value: { source: LostEventSource.HUBBLE_RING_BUFFER, numEventsLost: 2_000_000n },
      },
    });
    const started = await start([stream(...numbered(0, 30), lost), past([])]);
    await started.status(({ stats }) => stats.received === 2_000_030);
    started.engine.open(spec(started), DROPS);
    const { coverage } = await statusOf(started, DROPS, isBackfilled);
    expect(coverage?.pushedDown).toBe('');
  });

  it('does not happen for a stream that is easy to read', async () => {
    const started = await start([stream(...numbered(0, 30)), past([])]);
    await started.status(({ stats }) => stats.held === 30);
    started.engine.open(spec(started), DROPS);
    const { coverage } = await statusOf(started, DROPS, isBackfilled);
    expect(coverage?.pushedDown).toBe('');
    expect(started.server.requests.filter(({ follow }) => follow)).toHaveLength(1);
  });
});

it('rows whose messages are gone are told of when a filter reads whole messages', async () => {
  const started = await start([stream(...numbered(0, 3000)), past([])], { limits: { maxRawBytes: 200_000 } });
  await started.status(({ stats }) => stats.held === 3000);
  const status = await statusOf(started, 'cel:"_flow.verdict == Verdict.DROPPED"', () => true);
  expect(status.coverage?.unreadable).toBeGreaterThan(1000);
  expect(status.coverage?.unreadable).toBeLessThan(3000);
  expect((await statusOf(started, DROPS, () => true)).coverage?.unreadable).toBe(0);
});
