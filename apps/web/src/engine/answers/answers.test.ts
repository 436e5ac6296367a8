import '@finderscope/flow-query/expressions';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, numbered, ROWS, start, type Started, stream } from '../test-support/connected.ts';
import { GRPC_WEB_HEADERS } from '../test-support/flow-server.ts';
import { flowBytes, frames, numberedFlow, uuidOf } from '../test-support/flows.ts';
import type { RigOptions } from '../test-support/rig.ts';
import { toRowId } from './row-id.ts';

afterEach(closeAll);

describe('rows', () => {
  async function held(count: number, options: RigOptions = {}): Promise<Started> {
    const started = await start([stream(...numbered(0, count))], options);
    await started.status(({ stats }) => stats.received === count);
    return started;
  }

  it('show what the flow holds', async () => {
    const { engine } = await held(4);
    const answer = await engine.ask(ROWS);
    expect(answer.total).toBe(4);
    expect(answer.rows.map(({ uuid }) => uuid)).toEqual([4, 3, 2, 1].map(uuidOf));
    expect(answer.rows[0]).toEqual({
      id: 3,
      timeNs: 1_700_000_003_000_000_000n,
      verdict: 2,
      dropReason: 133,
      trafficDirection: 0,
      isReply: undefined,
      source: {
        namespace: 'default',
        name: 'client-1',
        workload: '',
        ip: '10.0.0.1',
        port: 40_003,
        identity: 100,
        cluster: '',
      },
      destination: {
        namespace: 'default',
        name: 'server',
        workload: '',
        ip: '10.0.1.1',
        port: 80,
        identity: 200,
        cluster: '',
      },
      type: 'Policy denied',
      summary: 'TCP Flags: SYN',
      l4: 'TCP',
      l7: '',
      httpCode: 0,
      nodeName: 'k8s-w1',
      uuid: uuidOf(4),
      policies: [],
      count: 1,
    });
  });

  it('stay readable when the flow lacks almost everything', async () => {
    const { engine, status } = await start([
      stream(flowBytes({}), flowBytes({ ethernet: { source: 'ae:11', destination: 'be:22' } })),
    ]);
    await status(({ stats }) => stats.received === 2);
    const { rows } = await engine.ask(ROWS);
    expect(
      rows.map(({ timeNs, source, destination, uuid }) => [
        timeNs,
        source.name,
        destination.name,
        source.port,
        uuid,
      ]),
    ).toEqual([
      [undefined, 'ae:11', 'be:22', undefined, ''],
      [undefined, '', '', undefined, ''],
    ]);
  });

  it.each([
    { sort: { key: 'time', descending: true }, group: false },
    { sort: { key: 'time', descending: false }, group: false },
    { sort: { key: 'source', descending: true }, group: false },
    { sort: { key: 'source', descending: false }, group: true },
  ] as const)('tell where drops are in their order: $sort, grouped $group', async (order) => {
    const { engine } = await held(30);
    const { rows, drops, total } = await engine.ask({ ...ROWS, ...order });
    expect(rows).toHaveLength(total);
    const parts = rows.flatMap(({ verdict }, place) =>
      verdict === 2 ? [Math.floor((place * drops.length) / total)] : [],
    );
    expect(parts.length).toBeGreaterThan(0);
    expect([...drops].flatMap((count, part) => (count > 0 ? [part] : []))).toEqual(parts);
  });

  it('are filtered, windowed, sliced and counted', async () => {
    const { engine } = await held(60);
    const answer = await engine.ask({
      ...ROWS,
      filter: 'verdict:DROPPED',
      sinceNs: 1_700_000_006_000_000_000n,
      untilNs: 1_700_000_030_000_000_000n,
      sort: { key: 'time', descending: false },
      at: { from: 2, count: 3 },
    });
    expect(answer.total).toBe(9);
    expect(answer.rows.map(({ uuid }) => uuid)).toEqual([12, 15, 18].map((n) => uuidOf(n + 1)));
    expect(answer.drops.reduce((sum, count) => sum + count, 0)).toBe(9);
    expect(answer.newest).toBe(59);
  });

  it('can be asked for around one of them, and around one that the filter hides', async () => {
    const { engine } = await held(60);
    const all = await engine.ask(ROWS);
    const around = all.rows.find(({ uuid }) => uuid === uuidOf(31))!.id;
    const slice = await engine.ask({ ...ROWS, at: { around, before: 2, after: 2 } });
    expect(slice.from).toBe(27);
    expect(slice.rows.map(({ uuid }) => uuid)).toEqual([33, 32, 31, 30, 29].map(uuidOf));
    const hidden = all.rows.find(({ uuid }) => uuid === uuidOf(32))!.id;
    const near = await engine.ask({
      ...ROWS,
      filter: 'verdict:DROPPED',
      at: { around: hidden, before: 0, after: 0 },
    });
    expect(near.rows.map(({ uuid }) => uuid)).toEqual([uuidOf(31)]);
  });

  it('sort by text and group what is alike', async () => {
    const { engine } = await held(12);
    const sorted = await engine.ask({ ...ROWS, sort: { key: 'source', descending: false } });
    expect(sorted.rows.map(({ source }) => source.name)).toEqual([
      ...Array(6).fill('client-0'),
      ...Array(6).fill('client-1'),
    ]);
    expect(sorted.rows.map(({ uuid }) => uuid).slice(0, 6)).toEqual([1, 3, 5, 7, 9, 11].map(uuidOf));
    const grouped = await engine.ask({ ...ROWS, group: true });
    expect(grouped.rows.map(({ source, verdict, count }) => [source.name, verdict, count])).toEqual([
      ['client-1', 1, 4],
      ['client-0', 1, 4],
      ['client-1', 2, 2],
      ['client-0', 2, 2],
    ]);
  });

  it('keep still when paused and tell how many came since', async () => {
    let socket: ServerResponse | undefined;
    const { engine, status } = await start([
      (_, response) => {
        socket = response;
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.write(frames(...numbered(0, 10)));
      },
    ]);
    await status(({ stats }) => stats.received === 10);
    const { newest } = await engine.ask(ROWS);
    // a flow that is older than some of those shown arrives late
    socket?.write(frames(flowBytes({ ...numberedFlow(5), uuid: uuidOf(500) }), ...numbered(10, 15)));
    await status(({ stats }) => stats.received === 16);
    const paused = await engine.ask({ ...ROWS, upTo: newest });
    expect(paused.total).toBe(10);
    expect(paused.newer).toBe(6);
    expect(paused.rows.map(({ uuid }) => uuid)).not.toContain(uuidOf(500));
    const live = await engine.ask(ROWS);
    expect(live.rows.map(({ uuid }) => uuid)).toContain(uuidOf(500));
    expect(live.newer).toBe(0);
  });

  it('match nothing when the filter is no filter', async () => {
    const { engine } = await held(3);
    expect((await engine.ask({ ...ROWS, filter: 'http-status:9x' })).total).toBe(0);
  });
});

describe('the other questions', () => {
  async function held(): Promise<Started> {
    const started = await start([stream(...numbered(0, 30))]);
    await started.status(({ stats }) => stats.received === 30);
    return started;
  }

  it('seek the next and the previous of a kind', async () => {
    const { engine } = await held();
    const drops = {
      kind: 'seek',
      filter: '',
      from: undefined,
      backwards: false,
      want: { drop: true },
    } as const;
    const first = await engine.ask(drops);
    expect(first).toMatchObject({ row: 0, index: 1, count: 10 });
    expect(await engine.ask({ ...drops, from: first.row })).toMatchObject({ row: 3, index: 2 });
    expect(await engine.ask({ ...drops, backwards: true })).toMatchObject({ row: 27, index: 10 });
    const window = { sinceNs: 1_700_000_003n * 1_000_000_000n, upTo: toRowId(20) };
    expect(await engine.ask({ ...drops, backwards: true, window })).toMatchObject({ row: 18, index: 6 });
    expect(await engine.ask({ ...drops, window })).toMatchObject({ row: 3, index: 1, count: 6 });
    const fromFour = (await engine.ask({ ...drops, want: { uuid: uuidOf(5) } })).row;
    expect(fromFour).toBe(4);
    expect(await engine.ask({ ...drops, from: fromFour, backwards: true })).toMatchObject({ row: 3 });
    expect(await engine.ask({ ...drops, filter: 'verdict:DROPPED', from: fromFour })).toMatchObject({
      row: 6,
    });
    expect(await engine.ask({ ...drops, want: { text: 'CLIENT-1' } })).toMatchObject({ row: 1, count: 15 });
    expect(await engine.ask({ ...drops, want: { text: 'nowhere' } })).toMatchObject({
      row: undefined,
      count: 0,
    });
    expect(
      await engine.ask({ ...drops, from: (await engine.ask({ ...drops, backwards: true })).row }),
    ).toMatchObject({ row: undefined, count: 10 });
  });

  it('give the values of a field with their counts', async () => {
    const { engine } = await held();
    const values = async (field: string, contains = '', filter = ''): Promise<string[]> => {
      const answer = await engine.ask({ kind: 'values', field, contains, filter, limit: 10 });
      return answer.values.map(({ value, count }) => `${value} ${count}`);
    };
    expect(await values('pod')).toEqual(['default/server 30', 'default/client-0 15', 'default/client-1 15']);
    expect(await values('from-pod', 'CLIENT-1')).toEqual(['default/client-1 15']);
    expect(await values('verdict')).toEqual(['FORWARDED 20', 'DROPPED 10']);
    expect(await values('namespace')).toEqual(['default 30']);
    expect(await values('to-port')).toEqual(['80 30']);
    expect(await values('protocol')).toEqual(['tcp 30']);
    expect(await values('type')).toEqual(['trace 20', 'trace:to-endpoint 20', 'drop 10']);
    expect(await values('drop-reason-desc', '', 'verdict:FORWARDED')).toEqual([]);
    expect(await values('drop-reason-desc')).toEqual(['POLICY_DENIED 10']);
    expect(await values('no-such-field')).toEqual([]);
  });

  it('count several filters at once', async () => {
    const { engine } = await held();
    const answer = await engine.ask({
      kind: 'count',
      filters: ['', 'verdict:DROPPED', 'pod:default/client-0'],
    });
    expect(answer.counts).toEqual([30, 10, 15]);
  });

  it('count within a window', async () => {
    const { engine } = await held();
    const window = { sinceNs: 1_700_000_020_000_000_000n, untilNs: 1_700_000_025_000_000_000n };
    const { counts } = await engine.ask({ kind: 'count', filters: ['', 'verdict:DROPPED'], window });
    expect(counts).toEqual([6, 2]);
  });

  it('count more filters at once than are kept in use', async () => {
    const { engine } = await held();
    const filters = Array.from({ length: 60 }, (_, i) => `pod:default/client-${i % 2} not port:${i + 1}`);
    expect((await engine.ask({ kind: 'count', filters })).counts).toEqual(filters.map(() => 15));
  });

  it('give one flow byte for byte, with the rest of its connection', async () => {
    const back = flowBytes({
      ...numberedFlow(2),
      uuid: uuidOf(900),
      isReply: true,
      source: { namespace: 'default', podName: 'server' },
      destination: { namespace: 'default', podName: 'client-0' },
      IP: { source: '10.0.1.1', destination: '10.0.0.0', ipVersion: 1 },
      l4: { protocol: { case: 'TCP', value: { sourcePort: 80, destinationPort: 40_002 } } },
    });
    const { engine, status } = await start([stream(...numbered(0, 5), back)]);
    await status(({ stats }) => stats.received === 6);
    const { rows } = await engine.ask(ROWS);
    const id = rows.find(({ uuid }) => uuid === uuidOf(3))!.id;
    const detail = await engine.flow(id);
    expect(detail?.response).toEqual(flowBytes(numberedFlow(2)));
    expect(detail?.row.uuid).toBe(uuidOf(3));
    expect(detail?.related.map(({ uuid }) => uuid)).toEqual([uuidOf(900)]);
    expect(detail?.dnsAnswer).toBeUndefined();
  });

  it('give with one flow the DNS answer that gave its address', async () => {
    const { source, IP } = numberedFlow(0);
    const answer = flowBytes({
      ...numberedFlow(0),
      isReply: true,
      source: { namespace: 'kube-system', podName: 'coredns' },
      destination: source!,
      IP: { source: '10.0.0.53', destination: IP!.source!, ipVersion: 1 },
      l4: { protocol: { case: 'UDP', value: { sourcePort: 53, destinationPort: 40_000 } } },
      verdict: 1,
      Type: 2,
      l7: {
        type: 2,
        record: { case: 'dns', value: { query: 'server.', ips: [IP!.destination!], qtypes: ['A'] } },
      },
    });
    const { engine, status } = await start([stream(answer, ...numbered(1, 3))]);
    await status(({ stats }) => stats.received === 3);
    const { rows } = await engine.ask(ROWS);
    const id = rows.find(({ uuid }) => uuid === uuidOf(3))!.id;
    const detail = await engine.flow(id);
    expect(detail?.dnsAnswer).toMatchObject({
      row: { uuid: uuidOf(1), type: expect.stringMatching(/^dns-response/) },
      name: 'server.',
      address: '10.0.1.1',
    });
    expect(detail?.related).toEqual([]);
  });
});
