import '@finderscope/flow-query/expressions';
import { afterEach, describe, expect, it } from 'vitest';
import { dnsRcodeExpression, quoteValue } from '@finderscope/flow-query';
import { L7FlowType, LostEventSource, Verdict } from '@finderscope/hubble-api';
import type { Edge, EdgesAnswer, EdgesQuery, FacetsAnswer, TopQuery } from '../protocol.ts';
import { closeAll, numbered, start, type Started, stream } from '../test-support/connected.ts';
import { flowBytes, type FlowInit, numberedFlow, responseBytes } from '../test-support/flows.ts';

afterEach(closeAll);

const START = 1_700_000_000;
const S = 1_000_000_000n;

async function held(...messages: readonly Uint8Array[]): Promise<Started> {
  const started = await start([stream(...messages)]);
  await started.status(({ stats }) => stats.received === messages.length);
  return started;
}

function written({ facets }: FacetsAnswer): readonly string[] {
  return facets.map(
    ({ field, values, distinct }) =>
      `${field}/${distinct}: ${values.map(({ value, count, state }) => `${value} ${count} ${state}`).join(', ')}`,
  );
}

describe('facets', () => {
  it('of what only expressions can ask for are counted without those, and with all others', async () => {
    const dns = (n: number, rcode: number): Uint8Array =>
      flowBytes({
        ...numberedFlow(n),
        l7: { type: L7FlowType.RESPONSE, record: { case: 'dns', value: { rcode } } },
      });
    const { engine } = await held(dns(0, 0), dns(1, 0), dns(2, 3), dns(3, 3), dns(4, 3), ...numbered(10, 20));
    const counts = async (filter: string): Promise<readonly string[]> =>
      written(await engine.ask({ kind: 'facets', filter, fields: ['dns-rcode'], limit: 9 }));
    const asked = `cel-expression:${quoteValue(dnsRcodeExpression(3))}`;
    expect(await counts('')).toEqual(['dns-rcode/2: NXDOMAIN 3 none, NOERROR 2 none']);
    expect(await counts(asked)).toEqual(['dns-rcode/2: NXDOMAIN 3 included, NOERROR 2 none']);
    expect(await counts(`not ${asked}`)).toEqual(['dns-rcode/2: NXDOMAIN 3 excluded, NOERROR 2 none']);
    const other = 'cel-expression:"_flow.verdict == Verdict.DROPPED"';
    expect(await counts(other)).toEqual(['dns-rcode/2: NOERROR 1 none, NXDOMAIN 1 none']);
    const { counts: matching } = await engine.ask({ kind: 'count', filters: [asked, `not ${asked}`] });
    expect(matching).toEqual([3, 12]);
  });

  it('of drop reasons are as many as a filter finds: drops that tell none, and nothing that was not dropped', async () => {
    const judged = (n: number, verdict: Verdict, dropReasonDesc: number): Uint8Array =>
      flowBytes({ ...numberedFlow(n), verdict, dropReasonDesc });
    const { engine } = await held(
      judged(0, Verdict.DROPPED, 133),
      judged(1, Verdict.DROPPED, 0),
      judged(2, Verdict.DROPPED, 0),
      judged(3, Verdict.FORWARDED, 0),
      judged(4, Verdict.AUDIT, 133),
      judged(5, Verdict.AUDIT, 133),
    );
    const facets = await engine.ask({ kind: 'facets', filter: '', fields: ['drop-reason-desc'], limit: 9 });
    expect(written(facets)).toEqual(['drop-reason-desc/2: DROP_REASON_UNKNOWN 2 none, POLICY_DENIED 1 none']);
    const values = facets.facets[0]?.values ?? [];
    const found = await engine.ask({
      kind: 'count',
      filters: values.map(({ value }) => `drop-reason-desc:${value}`),
    });
    expect(found.counts).toEqual(values.map(({ count }) => count));
  });

  it('count each field as if the filter did not speak of it', async () => {
    const { engine } = await held(...numbered(0, 30));
    const facets = async (filter: string, limit = 10): Promise<readonly string[]> =>
      written(await engine.ask({ kind: 'facets', filter, fields: ['verdict', 'from-pod', 'port'], limit }));
    expect(await facets('')).toEqual([
      'verdict/2: FORWARDED 20 none, DROPPED 10 none',
      'from-pod/2: default/client-0 15 none, default/client-1 15 none',
      expect.stringMatching(/^port\/31: 80 30 none, 40000 1 none/),
    ]);
    expect(await facets('verdict:DROPPED from-pod:default/client-1', 1)).toEqual([
      // of client-1's fifteen flows five are drops
      'verdict/2: FORWARDED 10 none, DROPPED 5 included',
      'from-pod/2: default/client-0 5 none, default/client-1 5 included',
      'port/6: 80 5 none',
    ]);
    expect(await facets('not verdict:DROPPED verdict:FORWARDED')).toEqual([
      'verdict/2: FORWARDED 20 included, DROPPED 10 excluded',
      expect.stringContaining('from-pod/2: '),
      expect.stringContaining('port/21: '),
    ]);
  });

  it('name values that only the filter knows, and leave groups in force', async () => {
    const { engine } = await held(...numbered(0, 30));
    const fields = ['verdict', 'no-such-field', 'http-class'];
    const filter = 'verdict:AUDIT (verdict:DROPPED or pod:default/client-1)';
    expect(written(await engine.ask({ kind: 'facets', filter, fields, limit: 10 }))).toEqual([
      'verdict/2: DROPPED 10 none, FORWARDED 10 none, AUDIT 0 included',
      'no-such-field/0: ',
      'http-class/0: ',
    ]);
  });

  it('of workloads are as many as a filter by the name finds, however a token names it', async () => {
    const common = { namespace: 'empire', clusterName: 'kind', identity: 900 };
    const job = { ...common, podName: 'deathstar-j', workloads: [{ name: 'deathstar', kind: 'Job' }] };
    const afar = { ...common, podName: 'deathstar-7' };
    const between = (n: number, source: FlowInit['source'], destination: FlowInit['source']): Uint8Array =>
      flowBytes({ ...numberedFlow(n), source, destination });
    const { engine } = await held(
      between(0, XWING, DEATHSTAR),
      // Told by the node of xwing, which does not know what deathstar belongs to.
      between(1, XWING, afar),
      // Of two that have one name.
      between(2, DEATHSTAR, job),
    );
    const facet = async (filter: string): Promise<readonly string[]> =>
      written(await engine.ask({ kind: 'facets', filter, fields: ['workload-name'], limit: 9 }));
    const rows = async (filter: string): Promise<number | undefined> =>
      (await engine.ask({ kind: 'count', filters: [filter] })).counts[0];
    expect(await facet('')).toEqual(['workload-name/2: deathstar 2 none, xwing 2 none']);
    expect(await facet('workload:deathstar')).toEqual([
      'workload-name/2: deathstar 2 included, xwing 2 none',
    ]);
    for (const [word, count] of [
      ['deathstar', 2],
      ['Job/deathstar', 1],
      ['Job/', 1],
      ['Deployment/', 3],
    ] as const) {
      expect(await rows(`workload:${word}`)).toBe(count);
      const [said] = await facet(`workload:${word}`);
      expect(said).toContain(`${word} ${String(count)} included`);
    }
  });

  it('keep to a window and to what had arrived', async () => {
    const { engine } = await held(...numbered(0, 30));
    const rows = await engine.ask({
      kind: 'seek',
      filter: '',
      from: undefined,
      backwards: true,
      want: { text: '40019' },
    });
    const window = { sinceNs: BigInt(START + 3) * S, untilNs: BigInt(START + 25) * S, upTo: rows.row };
    const answer = await engine.ask({ kind: 'facets', filter: '', fields: ['verdict'], limit: 9, window });
    // flows 3 to 19
    expect(written(answer)).toEqual(['verdict/2: FORWARDED 11 none, DROPPED 6 none']);
  });

  it('stay right while flows come, go and are counted in slices', async () => {
    const { engine, status } = await start([stream(...numbered(0, 3000))], {
      limits: { maxRows: 700 },
      msPerLook: 20,
    });
    const seen: FacetsAnswer[] = [];
    engine.subscribe({ kind: 'facets', filter: '', fields: ['verdict'], limit: 9 }, (answer) =>
      seen.push(answer),
    );
    await status(({ stats }) => stats.received === 3000);
    await engine.idle();
    // 2300 to 2999: every number that three divides is a drop
    expect(written(seen.at(-1)!)).toEqual(['verdict/2: FORWARDED 467 none, DROPPED 233 none']);
  });
});

describe('histograms', () => {
  it('count per bucket and value, with losses and nothing outside of the range', async () => {
    const lost = responseBytes({
      nodeName: 'k8s-w1',
      time: { seconds: BigInt(START + 12) },
      responseTypes: {
        case: 'lostEvents',
        value: { source: LostEventSource.HUBBLE_RING_BUFFER, numEventsLost: 8n },
      },
    });
    const { engine, status } = await start([stream(...numbered(0, 30), lost)]);
    await status(({ stats }) => stats.received === 38);
    const answer = await engine.ask({
      kind: 'histogram',
      filter: '',
      field: 'verdict',
      bucketNs: 10n * S,
      sinceNs: BigInt(START + 4) * S,
      untilNs: BigInt(START + 25) * S,
    });
    expect({ ...answer, series: answer.series.map(({ value, counts }) => [value, ...counts]) }).toEqual({
      kind: 'histogram',
      fromNs: BigInt(START) * S,
      bucketNs: 10n * S,
      buckets: 3,
      series: [
        ['FORWARDED', 6, 7, 7],
        ['DROPPED', 4, 3, 3],
      ],
      lost: Float64Array.of(0, 8, 0),
      gaps: [],
    });
  });

  it('count a flow once whatever its field says of it, and find their own range', async () => {
    const { engine } = await held(...numbered(0, 30));
    const of = async (field: string, filter = ''): Promise<unknown> => {
      const answer = await engine.ask({
        kind: 'histogram',
        filter,
        field,
        bucketNs: 15n * S,
        sinceNs: undefined,
        untilNs: undefined,
      });
      return [answer.buckets, ...answer.series.map(({ value, counts }) => [value, ...counts])];
    };
    expect(await of('type')).toEqual([3, ['trace', 6, 10, 4], ['drop', 4, 5, 1]]);
    expect(await of('http-class')).toEqual([3, ['', 10, 15, 5]]);
    expect(await of('to-port', 'pod:default/client-1')).toEqual([3, ['80', 5, 7, 3]]);
    expect(await of('no-such-field')).toEqual([3]);
  });

  it('answer no more than 4,096 buckets, the newest', async () => {
    const { engine } = await held(...numbered(0, 30));
    const answer = await engine.ask({
      kind: 'histogram',
      filter: '',
      field: 'verdict',
      bucketNs: 1n,
      sinceNs: undefined,
      untilNs: undefined,
    });
    expect([answer.buckets, answer.bucketNs]).toEqual([4096, 1_000_000n]);
    expect(answer.series.map(({ value, counts }) => [value, counts.reduce((a, b) => a + b, 0)])).toEqual([
      ['FORWARDED', 4],
      ['DROPPED', 1],
    ]);
  });
});

const XWING: FlowInit['source'] = {
  namespace: 'default',
  podName: 'xwing-1',
  identity: 11716,
  clusterName: 'kind',
  workloads: [{ name: 'xwing', kind: 'Deployment' }],
};
const DEATHSTAR: FlowInit['source'] = {
  namespace: 'empire',
  podName: 'deathstar-7',
  identity: 900,
  clusterName: 'kind',
  workloads: [{ name: 'deathstar', kind: 'Deployment' }],
};
const WORLD: FlowInit['source'] = { identity: 2, labels: ['reserved:world'] };
const TO_NETWORK = 11;

type Told = {
  readonly point?: number;
  readonly drop?: 'drop' | 'verdict';
  readonly side?: 1 | 2;
  readonly node?: string;
};

/** A SYN from xwing to deathstar as told at one point. */
function syn(n: number, { point = 0, drop, side = 1, node = 'w2' }: Told): Uint8Array {
  return flowBytes({
    ...numberedFlow(n),
    source: XWING,
    destination: DEATHSTAR,
    verdict: drop === undefined ? Verdict.FORWARDED : Verdict.DROPPED,
    dropReasonDesc: drop === 'drop' ? 133 : 0,
    eventType:
      drop === undefined
        ? { type: 4, subType: point }
        : drop === 'drop'
          ? { type: 1, subType: 133 }
          : { type: 5 },
    trafficDirection: side,
    nodeName: node,
  });
}

const EDGES: EdgesQuery = { kind: 'edges', filter: '', scope: 'workload', limit: 100 };

function namesOf({ nodes, edges }: EdgesAnswer): readonly string[] {
  return edges
    .map(({ from, to, flows, replies }) => {
      const name = (place: number): string => `${nodes[place]!.kind} ${nodes[place]!.name}`;
      return `${name(from)} > ${name(to)}: ${flows} flows, ${replies} replies`;
    })
    .sort();
}

describe('edges', () => {
  async function only(...messages: readonly Uint8Array[]): Promise<Edge> {
    const { engine } = await held(...messages);
    const { edges } = await engine.ask(EDGES);
    expect(edges).toHaveLength(1);
    return edges[0]!;
  }

  it('count a packet once however often it is seen', async () => {
    const seenFrom = (n: number) => [5, TO_NETWORK, 0].map((point, i) => syn(n + i, { point }));
    const edge = await only(...seenFrom(0), ...seenFrom(3));
    expect(edge.flows).toBe(6);
    expect(edge.verdicts).toEqual([[Verdict.FORWARDED, 6]]);
    expect(edge.ended).toEqual([[Verdict.FORWARDED, 2]]);
  });

  it('leave out what the socket load balancer tells, and count it', async () => {
    const translated = flowBytes({
      ...numberedFlow(1),
      source: XWING,
      destination: WORLD,
      verdict: Verdict.TRANSLATED,
      eventType: { type: 7, subType: 2 },
    });
    const { engine } = await held(syn(0, {}), translated, translated);
    const answer = await engine.ask(EDGES);
    expect(namesOf(answer)).toEqual(['inside xwing > inside deathstar: 1 flows, 0 replies']);
    expect(answer.sockets).toBe(2);
  });

  it('call a packet dropped that was forwarded on its way, and a drop told twice one drop', async () => {
    const edge = await only(
      syn(0, { point: 5, side: 2, node: 'w1' }),
      syn(1, { point: TO_NETWORK, side: 2, node: 'w1' }),
      syn(2, { drop: 'verdict' }),
      syn(3, { drop: 'drop' }),
    );
    expect(edge.ended).toEqual([[Verdict.DROPPED, 1]]);
    expect(edge).toMatchObject({ droppedAtSource: 0, dropReason: 133, flows: 4 });
  });

  it('give replies to the edge of what they answer, with the port that serves', async () => {
    const reply = flowBytes({
      ...numberedFlow(9),
      source: DEATHSTAR,
      destination: XWING,
      verdict: 1,
      eventType: { type: 4 },
      isReply: true,
      l4: { protocol: { case: 'TCP', value: { sourcePort: 80, destinationPort: 40_000 } } },
    });
    const edge = await only(syn(0, {}), reply);
    expect(edge).toMatchObject({ flows: 2, replies: 1, portsInAll: 1 });
    expect(edge.ports).toEqual([{ port: 80, protocol: 'TCP', l7: '', flows: 2 }]);
    expect(edge.lastNs).toBe(BigInt(START + 9) * S);
  });

  it('know the workload of a pod that another node tells by its name alone', async () => {
    const { workloads: _, ...afar } = DEATHSTAR;
    const seenAfar = flowBytes({
      ...numberedFlow(0),
      source: XWING,
      destination: afar,
      verdict: 1,
      eventType: { type: 4, subType: TO_NETWORK },
    });
    // Told afar first: what is learned later holds for what came before.
    const edge = await only(seenAfar, syn(1, { side: 1 }));
    expect(edge.flows).toBe(2);
  });

  it('sum up L7', async () => {
    const http = (n: number, more: FlowInit, code: number, latencyNs = 0n): Uint8Array =>
      flowBytes({
        ...numberedFlow(n),
        source: XWING,
        destination: DEATHSTAR,
        Type: 2,
        eventType: { type: 129 },
        verdict: Verdict.FORWARDED,
        dropReasonDesc: 0,
        l7: { type: code === 0 ? 1 : 2, latencyNs, record: { case: 'http', value: { code, method: 'GET' } } },
        ...more,
      });
    const edge = await only(
      http(1, {}, 0),
      http(2, { verdict: Verdict.DROPPED }, 0),
      http(3, { isReply: true, source: DEATHSTAR, destination: XWING }, 503, 2_000_000n),
      http(4, { isReply: true, source: DEATHSTAR, destination: XWING }, 404, 1_000_000n),
      http(
        5,
        {
          isReply: true,
          source: DEATHSTAR,
          destination: XWING,
          l7: { type: 2, record: { case: 'http', value: {} } },
        },
        0,
      ),
    );
    expect(edge.l7).toEqual({
      requests: 2,
      responses: 3,
      denied: 1,
      http4xx: 1,
      http5xx: 1,
      dnsErrors: 0,
      untold: 1,
    });
    expect(edge.ended).toEqual([
      [Verdict.FORWARDED, 1],
      [Verdict.DROPPED, 1],
    ]);
    expect(edge.p95Ns! / 1e6).toBeCloseTo(2, 1);
  });

  it('name peers by what is known of them', async () => {
    const to = (n: number, more: FlowInit): Uint8Array =>
      flowBytes({ ...numberedFlow(n), source: XWING, destination: WORLD, ...more });
    const ip = (address: string): FlowInit => ({
      IP: { source: '10.0.0.1', destination: address, ipVersion: 1 },
    });
    const { engine } = await held(
      to(0, { ...ip('1.1.1.1'), destinationNames: ['api.github.com'] }),
      to(1, ip('1.1.1.2')),
      to(2, { destination: { identity: 1, labels: ['reserved:host'] } }),
      to(3, {
        destination: {
          identity: 16_777_217,
          labels: ['cidr:1.0.0.0/8', 'cidr:1.1.0.0/16', 'reserved:world'],
        },
      }),
      to(4, { destination: undefined, ...ip('9.9.9.9') }),
      to(5, { destination: undefined, IP: undefined }),
      to(6, { destination: DEATHSTAR }),
    );
    expect(namesOf(await engine.ask(EDGES))).toEqual([
      'inside xwing > address 1.1.0.0/16: 1 flows, 0 replies',
      'inside xwing > address 9.9.9.9: 1 flows, 0 replies',
      'inside xwing > dns api.github.com: 1 flows, 0 replies',
      'inside xwing > inside deathstar: 1 flows, 0 replies',
      'inside xwing > reserved host: 1 flows, 0 replies',
      'inside xwing > reserved world: 1 flows, 0 replies',
      'inside xwing > unknown : 1 flows, 0 replies',
    ]);
  });

  it('join what a wider scope makes one, and learn where pods run', async () => {
    const { engine } = await held(syn(0, { side: 2, node: 'w1' }), syn(1, { side: 1, node: 'w2' }));
    const at = async (scope: EdgesQuery['scope']): Promise<readonly string[]> =>
      namesOf(await engine.ask({ ...EDGES, scope }));
    const both = ': 2 flows, 0 replies';
    expect(await at('node')).toEqual([`inside w1 > inside w2${both}`]);
    expect(await at('pod')).toEqual([`inside xwing-1 > inside deathstar-7${both}`]);
    expect(await at('namespace')).toEqual([`inside default > inside empire${both}`]);
    expect(await at('identity')).toEqual([`inside 11716 > inside 900${both}`]);
    expect(await at('cluster')).toEqual([`inside kind > inside kind${both}`]);
  });

  it('fold what is beyond the limit, and count it', async () => {
    const { engine } = await held(...numbered(0, 30), syn(31, {}));
    const answer = await engine.ask({ ...EDGES, scope: 'pod', limit: 2 });
    expect(answer.edges.map(({ flows }) => flows)).toEqual([15, 15]);
    expect(answer.nodes.map(({ name, flows }) => `${name} ${flows}`)).toEqual([
      'client-0 15',
      'server 30',
      'client-1 15',
    ]);
    expect(answer.folded).toEqual({ edges: 1, nodes: 2, flows: 1 });
    expect(answer.spanNs).toEqual([BigInt(START) * S, BigInt(START + 31) * S]);
  });

  it('can be ordered by drops, which then come before busier ones', async () => {
    const { engine } = await held(
      ...[0, 1, 2, 3].map((n) => syn(n, {})),
      flowBytes({ ...numberedFlow(6), destination: { namespace: 'default', podName: 'quiet' } }),
    );
    const of = async (order?: 'flows' | 'drops'): Promise<readonly number[]> => {
      const { edges } = await engine.ask({
        ...EDGES,
        scope: 'pod',
        limit: 1,
        ...(order === undefined ? {} : { order }),
      });
      return edges.map(({ flows }) => flows);
    };
    expect(await of()).toEqual([4]);
    expect(await of('drops')).toEqual([1]);
  });

  it('count the flows of a window', async () => {
    const { engine } = await held(...numbered(0, 100));
    const window = { untilNs: BigInt(START + 3) * S };
    expect((await engine.ask({ ...EDGES, scope: 'namespace', window })).edges[0]?.flows).toBe(4);
  });
});

describe('top and quantiles', () => {
  it('group by several fields at once', async () => {
    const { engine } = await held(...numbered(0, 30));
    const answer = await engine.ask({
      kind: 'top',
      filter: '',
      by: ['from-pod', 'verdict', 'served-port'],
      limit: 3,
    });
    expect(answer).toEqual({
      kind: 'top',
      groups: [
        { values: ['default/client-0', 'FORWARDED', '80'], count: 10 },
        { values: ['default/client-1', 'FORWARDED', '80'], count: 10 },
        { values: ['default/client-0', 'DROPPED', '80'], count: 5 },
      ],
      distinct: 4,
      total: 30,
    });
    expect(await engine.ask({ kind: 'top', filter: '', by: ['dns-query'], limit: 3 })).toMatchObject({
      groups: [],
      total: 0,
    });
    expect(await engine.ask({ kind: 'top', filter: '', by: ['nonsense'], limit: 3 })).toMatchObject({
      groups: [],
    });
  });

  it('count only what all conditions hold for, also of what the filter asks for', async () => {
    const { engine } = await held(
      ...[0, 3, 3, 2, undefined].map((rcode, n) =>
        flowBytes({
          ...numberedFlow(n + 1),
          verdict: 1,
          l7: {
            type: rcode === undefined ? 1 : 2,
            record: { case: 'dns', value: { query: `${n % 2}.example.`, rcode: rcode ?? 0 } },
          },
        }),
      ),
    );
    const of = async (where: TopQuery['where']): Promise<readonly string[]> => {
      const { groups } = await engine.ask({
        kind: 'top',
        filter: 'verdict:FORWARDED',
        by: ['dns-query'],
        where: where ?? [],
        limit: 9,
      });
      return groups.map(({ values, count }) => `${values.join(' ')} ${count}`);
    };
    const failed = { field: 'dns-rcode', is: 'other-than', values: ['NOERROR'] } as const;
    expect(await of([])).toEqual(['0.example. 3', '1.example. 2']);
    expect(await of([failed])).toEqual(['1.example. 2', '0.example. 1']);
    expect(await of([failed, { field: 'dns-rcode', is: 'one-of', values: ['NXDOMAIN', 'REFUSED'] }])).toEqual(
      ['0.example. 1', '1.example. 1'],
    );
    expect(await of([{ field: 'verdict', is: 'one-of', values: ['DROPPED'] }])).toEqual([]);
    expect(await of([{ field: 'nonsense', is: 'other-than', values: [] }])).toEqual([]);
  });

  it('have the latencies of each group', async () => {
    const responses = Array.from({ length: 100 }, (_, i) =>
      flowBytes({
        ...numberedFlow(i),
        l7: {
          type: 2,
          latencyNs: BigInt(i + 1) * 1_000_000n,
          record: { case: 'http', value: { code: 200, method: i < 90 ? 'GET' : 'POST' } },
        },
      }),
    );
    const { engine } = await held(...responses, ...numbered(0, 5));
    const { groups, distinct } = await engine.ask({
      kind: 'quantiles',
      filter: '',
      by: ['http-method'],
      limit: 5,
    });
    expect(distinct).toBe(2);
    expect(groups.map(({ values, count }) => [...values, count])).toEqual([
      ['GET', 90],
      ['POST', 10],
    ]);
    const ms = groups.map(({ p50Ns, p95Ns, p99Ns }) => [p50Ns, p95Ns, p99Ns].map((ns) => ns / 1e6));
    for (const [i, wanted] of [
      [45, 86, 90],
      [95, 100, 100],
    ].entries()) {
      for (const [k, value] of wanted.entries()) {
        expect(Math.abs(ms[i]![k]! - value) / value, `${i} ${k}`).toBeLessThan(0.008);
      }
    }
  });
});
