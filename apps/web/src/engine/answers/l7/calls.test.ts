import { afterEach, describe, expect, it } from 'vitest';
import type { CallGroup, CallsAnswer, CallsQuery, Exchange, ExchangesQuery } from '../../protocol.ts';
import { closeAll, start, type Started, stream } from '../../test-support/connected.ts';
import { GRPC_WEB_HEADERS } from '../../test-support/flow-server.ts';
import { flowBytes, type FlowInit, frames, uuidOf } from '../../test-support/flows.ts';

afterEach(closeAll);

const START = 1_700_000_000;
const RULES = { off: [], routes: [] };
const CALLS = { kind: 'calls', filter: '', by: 'call', rules: RULES, only: 'all', limit: 10 } as const;
const EXCHANGES = {
  kind: 'exchanges',
  filter: '',
  by: 'call',
  group: undefined,
  rules: RULES,
  limit: 10,
} as const;

async function held(...flows: readonly FlowInit[]): Promise<Started> {
  const started = await start([stream(...flows.map((flow) => flowBytes(flow)))]);
  await started.status(({ stats }) => stats.received === flows.length);
  return started;
}

type Said = {
  readonly port?: number;
  readonly client?: string;
  readonly verdict?: number;
  readonly ms?: number;
  readonly node?: string;
};

type L7Init = NonNullable<FlowInit['l7']>;

/** One flow of a call at second `n`: of the request, or of the response with the ends turned round. */
function l7(n: number, type: 1 | 2, record: L7Init['record'], said: Said = {}): FlowInit {
  const client = {
    namespace: 'shop',
    podName: `${said.client ?? 'cart'}-1`,
    identity: 100,
    workloads: [{ name: said.client ?? 'cart', kind: 'Deployment' }],
  };
  const server = {
    namespace: 'shop',
    podName: 'api-1',
    identity: 200,
    workloads: [{ name: 'api', kind: 'Deployment' }],
  };
  const port = said.port ?? 40_000;
  const isReply = type === 2;
  return {
    time: { seconds: BigInt(START + n) },
    uuid: uuidOf(n + 1),
    verdict: said.verdict ?? 1,
    nodeName: said.node ?? 'w1',
    Type: 2,
    eventType: { type: 129 },
    isReply,
    source: isReply ? server : client,
    destination: isReply ? client : server,
    IP: isReply
      ? { source: '10.0.0.2', destination: '10.0.0.1' }
      : { source: '10.0.0.1', destination: '10.0.0.2' },
    l4: {
      protocol: {
        case: 'TCP',
        value: isReply
          ? { sourcePort: 80, destinationPort: port }
          : { sourcePort: port, destinationPort: 80 },
      },
    },
    l7: {
      type,
      ...(isReply ? { latencyNs: BigInt(said.ms ?? 5) * 1_000_000n } : {}),
      ...(record === undefined ? {} : { record }),
    },
  };
}

function http(
  n: number,
  path: string,
  code: number,
  said: Said & { readonly id?: string; readonly method?: string } = {},
): FlowInit {
  const headers = said.id === undefined ? [] : [{ key: 'X-Request-Id', value: said.id }];
  const value = { method: said.method ?? 'GET', url: `http://api.shop${path}`, headers, code };
  return l7(n, code === 0 ? 1 : 2, { case: 'http', value }, said);
}

const keys = ({ groups }: CallsAnswer): readonly string[] =>
  groups.map(
    ({ key, requests, responses, errors }) => `${key.join(' ')}: ${requests} ${responses} ${errors}`,
  );

describe('calls', () => {
  it('are counted over time, in whole stretches alone', async () => {
    // One call in each second, two in every tenth; from the fourth second on another one that has no response.
    const flows = Array.from({ length: 40 }, (_, n) => [
      http(n, '/a', 0),
      http(n, '/a', 200),
      ...(n % 10 === 0 ? [http(n, '/a', 0)] : []),
      ...(n > 3 ? [http(n, '/b', 0)] : []),
    ]).flat();
    const { engine } = await held(...flows.map((flow, i) => ({ ...flow, uuid: uuidOf(i + 1) })));
    const { times, groups } = await engine.ask({ ...CALLS, protocol: 'http' });
    const second = 1_000_000_000n;
    expect(times).toEqual({ fromNs: BigInt(START + 1) * second, bucketNs: second, buckets: 38, unseen: [] });
    const expected = (count: (n: number) => number) => Array.from({ length: 38 }, (_, i) => count(i + 1));
    expect([...(groups[0]?.trend ?? [])]).toEqual(expected((n) => (n % 10 === 0 ? 2 : 1)));
    expect([...(groups[1]?.trend ?? [])]).toEqual(expected((n) => (n > 3 ? 1 : 0)));
    // The same of a window, which is counted anew.
    const window = { sinceNs: BigInt(START + 9) * second, untilNs: BigInt(START + 13) * second };
    const part = await engine.ask({ ...CALLS, protocol: 'http', window });
    expect([...(part.groups[0]?.trend ?? [])]).toEqual([2, 1, 1]);
    const short = await engine.ask({
      ...CALLS,
      protocol: 'http',
      window: { ...window, untilNs: window.sinceNs },
    });
    expect(short.times).toBeUndefined();
  });

  it('are counted over time beside a flow without a time that came before all others', async () => {
    const { time: _, ...timeless } = http(0, '/a', 0);
    const later = Array.from({ length: 20 }, (_, n) => http(n + 1, '/a', 0));
    const { engine } = await held(timeless, ...later);
    const { times, groups, spanNs, total } = await engine.ask({ ...CALLS, protocol: 'http' });
    const second = 1_000_000_000n;
    expect(times).toMatchObject({ fromNs: BigInt(START + 2) * second, bucketNs: second, buckets: 18 });
    expect([...(groups[0]?.trend ?? [])]).toEqual(Array.from({ length: 18 }, () => 1));
    expect([total.requests, spanNs?.[0]]).toEqual([21, BigInt(START + 1) * second]);
  });

  it.each([
    ['ahead', 30],
    ['behind', -10],
  ])('are counted over time beside a flow of a clock that is years %s', async (_, years) => {
    const right = Array.from({ length: 20 }, (__, n) => http(n, '/a', 0));
    const wrong = http(years * 365 * 86_400, '/a', 0);
    const { engine } = await held(...right.slice(0, 10), wrong, ...right.slice(10));
    const { times, groups, total } = await engine.ask({ ...CALLS, protocol: 'http' });
    const second = 1_000_000_000n;
    expect(times).toMatchObject({ fromNs: BigInt(START + 1) * second, bucketNs: second });
    expect(times?.buckets).toBeGreaterThanOrEqual(18);
    expect([...(groups[0]?.trend ?? [])].slice(0, 18)).toEqual(Array.from({ length: 18 }, () => 1));
    expect(total.requests).toBe(21);
  });

  it('are counted by seconds again when what reached over hours is no longer held', async () => {
    const frame = (second: number) => frames(flowBytes(http(second, '/a', 0)));
    let send = (_bytes: Uint8Array): void => {};
    const { engine, status } = await start(
      [
        (_, response) => {
          response.writeHead(200, GRPC_WEB_HEADERS);
          for (let n = 0; n < 10; n++) response.write(frame(n));
          send = (bytes) => response.write(bytes);
        },
      ],
      { limits: { maxRows: 25 } },
    );
    await status(({ stats }) => stats.received === 10);
    const ask = () => engine.ask({ ...CALLS, protocol: 'http' });
    expect((await ask()).times?.buckets).toBe(8);
    for (let n = 0; n < 10; n++) send(frame(36_000 + n));
    await status(({ stats }) => stats.received === 20);
    expect((await ask()).times?.bucketNs).toBe(1024n * 1_000_000_000n);
    for (let n = 10; n < 25; n++) send(frame(36_000 + n));
    await status(({ stats }) => stats.received === 35);
    const { times, groups } = await ask();
    expect(times).toMatchObject({ bucketNs: 1_000_000_000n, buckets: 23 });
    expect([...(groups[0]?.trend ?? [])]).toEqual(Array.from({ length: 23 }, () => 1));
  });

  it('are put together by method and template, most first', async () => {
    const { engine } = await held(
      http(0, '/orders/1?page=2', 0),
      http(1, '/orders/1?page=2', 200),
      http(2, '/orders/22', 0),
      http(3, '/orders/22', 503),
      http(4, '/health', 0),
      http(5, '/health', 200, { ms: 200 }),
      http(6, '/health', 0, { verdict: 2 }),
      http(7, '/orders/3', 0, { method: 'POST' }),
    );
    const of = (query: Partial<CallsQuery> = {}) => engine.ask({ ...CALLS, protocol: 'http', ...query });
    const answer = await of();
    expect(keys(answer)).toEqual(['GET /health: 2 1 0', 'GET /orders/{n}: 2 2 1', 'POST /orders/{n}: 1 0 0']);
    expect(answer.groups[1]).toMatchObject({
      folded: 2,
      results: [
        { result: '200', count: 1 },
        { result: '503', count: 1 },
      ],
    });
    expect(answer.groups[0]).toMatchObject({ denied: 1, slow: 1, folded: 1 });
    expect(answer.groups[0]?.latency?.p99Ns).toBeCloseTo(200e6, -7);
    expect(answer.groups[2]?.latency).toBeUndefined();
    expect(answer.total).toMatchObject({ requests: 5, responses: 3, errors: 1, denied: 1, slow: 1 });
    expect([answer.distinct, answer.spanNs]).toEqual([
      3,
      [BigInt(START) * 1_000_000_000n, BigInt(START + 7) * 1_000_000_000n],
    ]);
    expect(keys(await of({ rules: { off: ['number'], routes: [] }, limit: 2 }))).toEqual([
      'GET /health: 2 1 0',
      'GET /orders/1: 1 1 0',
    ]);
    expect(keys(await of({ filter: 'http-status:5+' }))).toEqual(['GET /orders/{n}: 0 1 1']);
    expect(keys(await of({ only: 'errors' }))).toEqual(['GET /health: 2 1 0', 'GET /orders/{n}: 2 2 1']);
    const slow = await of({ only: 'slow' });
    expect(keys(slow)).toEqual(['GET /health: 2 1 0']);
    expect([slow.distinct, slow.total.requests]).toEqual([1, 5]);
    const sinceNs = BigInt(START + 4) * 1_000_000_000n;
    expect(keys(await of({ window: { sinceNs } }))).toEqual([
      'GET /health: 2 1 0',
      'POST /orders/{n}: 1 0 0',
    ]);
  });

  it('are put together by who asks and by who answers, replies turned round', async () => {
    const { engine } = await held(
      http(0, '/a', 0),
      http(1, '/a', 200),
      http(2, '/a', 0, { client: 'web' }),
      http(3, '/a', 500, { client: 'web' }),
      http(4, '/a', 0, { client: 'web' }),
    );
    const by = async (by: CallsQuery['by']) => keys(await engine.ask({ ...CALLS, protocol: 'http', by }));
    expect(await by('client')).toEqual(['shop web: 2 1 1', 'shop cart: 1 1 0']);
    expect(await by('server')).toEqual(['shop api: 3 2 1']);
  });

  it('of DNS have name, type, rcode and the newest answer', async () => {
    const dns = (n: number, type: 1 | 2, query: string, more: object = {}): FlowInit =>
      l7(n, type, { case: 'dns', value: { query, qtypes: ['A'], ...more } }, { ms: 2 });
    const { engine } = await held(
      dns(0, 1, 'db.shop.'),
      dns(1, 2, 'db.shop.', { ips: ['10.1.1.1'], ttl: 30 }),
      dns(2, 2, 'db.shop.', { ips: ['10.1.1.2', '10.1.1.3'], ttl: 29, cnames: ['x.'] }),
      dns(3, 2, 'no.where.', { rcode: 3, ttl: 4_294_967_295 }),
    );
    const { groups, total } = await engine.ask({ ...CALLS, protocol: 'dns' });
    expect(groups.map(({ key, results, answer }) => [...key, results[0]?.result, answer])).toEqual([
      ['db.shop.', 'A', 'NOERROR', { ips: ['10.1.1.2', '10.1.1.3'], cnames: ['x.'], ttlS: 29 }],
      ['no.where.', 'A', 'NXDOMAIN', { ips: [], cnames: [], ttlS: 0 }],
    ]);
    expect([total.errors, total.responses]).toEqual([1, 3]);
    expect((await engine.ask({ ...CALLS, protocol: 'http' })).groups).toEqual([]);
  });

  it('of Kafka have API key, topic and error', async () => {
    const kafka = (n: number, type: 1 | 2, apiKey: string, errorCode = 0): FlowInit =>
      l7(n, type, {
        case: 'kafka',
        value: { apiKey, topic: 'orders', errorCode, correlationId: n - (n % 2) },
      });
    const { engine } = await held(kafka(0, 1, 'produce'), kafka(1, 2, 'produce', -1), kafka(2, 1, 'fetch'));
    const { groups } = await engine.ask({ ...CALLS, protocol: 'kafka' });
    expect(groups.map(({ key, results, errors }) => [...key, results[0]?.result, errors])).toEqual([
      ['fetch', 'orders', undefined, 0],
      ['produce', 'orders', '-1', 1],
    ]);
    const { exchanges } = await engine.ask({ ...EXCHANGES, protocol: 'kafka' });
    expect(exchanges.map(({ what, result, failed }) => [what, result, failed])).toEqual([
      ['fetch orders', '', false],
      ['produce orders', '-1', true],
    ]);
  });

  it('stay right while flows leave', async () => {
    const flows = Array.from({ length: 600 }, (_, n) =>
      flowBytes(http(n, `/x/${n % 7}`, n % 2 === 0 ? 0 : 200)),
    );
    const { engine, status } = await start([stream(...flows)], { limits: { maxRows: 100 } });
    const seen: CallsAnswer[] = [];
    engine.subscribe({ ...CALLS, protocol: 'http' }, (answer) => seen.push(answer));
    await status(({ stats }) => stats.received === 600);
    await engine.idle();
    expect(seen.at(-1)?.total).toMatchObject({ requests: 50, responses: 50 });
    expect(seen.at(-1)?.groups[0]).toMatchObject({ requests: 50, responses: 50, folded: 7 });
  });
});

describe('exchanges', () => {
  async function of(started: Started, query: Partial<ExchangesQuery> = {}): Promise<readonly Exchange[]> {
    return (await started.engine.ask({ ...EXCHANGES, protocol: 'http', ...query })).exchanges;
  }
  const shown = (exchanges: readonly Exchange[]) =>
    exchanges.map(
      ({ what, result, latencyNs, client, server, denied }) =>
        `${client.name} > ${server.name} ${what} ${result || 'waits'} ${latencyNs === undefined ? '-' : latencyNs / 1e6}${denied ? ' denied' : ''}`,
    );

  it('pair a request with its response, newest first', async () => {
    const started = await held(
      http(0, '/a', 0),
      http(1, '/a?x=1', 0, { port: 40_001 }),
      http(2, '/a?x=1', 200, { port: 40_001, ms: 7 }),
      http(3, '/a', 500),
      http(4, '/b', 0),
      http(5, '/c', 403, { ms: 1 }),
    );
    expect(shown(await of(started))).toEqual([
      'cart-1 > api-1 GET /c 403 1',
      'cart-1 > api-1 GET /b waits -',
      'cart-1 > api-1 GET /a 200 7',
      'cart-1 > api-1 GET /a 500 5',
    ]);
    const [newest, , , oldest] = await of(started);
    expect(newest?.uuid).toBe(uuidOf(6));
    // The pair stands at the time of the request and opens the response.
    expect([oldest?.timeNs, oldest?.uuid, oldest?.failed]).toEqual([
      BigInt(START) * 1_000_000_000n,
      uuidOf(4),
      true,
    ]);
  });

  it('keep apart what node, port and id of the request tell apart', async () => {
    const started = await held(
      http(0, '/a', 0, { id: 'one' }),
      http(1, '/a', 0, { id: 'two' }),
      http(2, '/a', 200, { id: 'two', ms: 1 }),
      http(3, '/a', 200, { id: 'one', ms: 3 }),
      http(4, '/a', 0, { node: 'w2' }),
      http(5, '/a', 200, { node: 'w1', ms: 9 }),
    );
    expect(shown(await of(started)).map((text) => text.split(' /a ')[1])).toEqual([
      '200 9',
      'waits -',
      '200 1',
      '200 3',
    ]);
  });

  it('pair in order where nothing tells them apart', async () => {
    const started = await held(
      http(0, '/a', 0),
      http(1, '/a', 500, { ms: 1 }),
      http(2, '/a', 0),
      http(3, '/a', 200, { ms: 3 }),
    );
    expect(shown(await of(started)).map((text) => text.split(' /a ')[1])).toEqual(['200 3', '500 1']);
  });

  it('are those of a group, of a filter and no more than asked for', async () => {
    const flows = [
      http(0, '/orders/1', 0),
      http(1, '/orders/1', 200),
      http(2, '/orders/2', 0, { client: 'web' }),
      http(3, '/orders/2', 404, { client: 'web' }),
      http(4, '/health', 0, { verdict: 2 }),
    ];
    const started = await held(...flows);
    const group: CallGroup['key'] = ['GET', '/orders/{n}'];
    expect(shown(await of(started, { group }))).toEqual([
      'web-1 > api-1 GET /orders/2 404 5',
      'cart-1 > api-1 GET /orders/1 200 5',
    ]);
    expect(shown(await of(started, { group: ['shop', 'web'], by: 'client' }))).toEqual([
      'web-1 > api-1 GET /orders/2 404 5',
    ]);
    expect(shown(await of(started, { filter: 'http-status:4+' }))).toEqual([
      'web-1 > api-1 GET /orders/2 404 5',
    ]);
    expect(shown(await of(started, { filter: 'verdict:DROPPED' }))).toEqual([
      'cart-1 > api-1 GET /health waits - denied',
    ]);
    const answer = await started.engine.ask({ ...EXCHANGES, protocol: 'http', limit: 1 });
    expect([shown(answer.exchanges), answer.complete]).toEqual([
      ['cart-1 > api-1 GET /health waits - denied'],
      false,
    ]);
  });
});
