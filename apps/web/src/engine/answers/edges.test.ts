import { FlowStore } from '@finderscope/flow-store';
import { L7FlowType, Verdict } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import type { EdgeScope, EdgesAnswer, EdgesQuery, Window } from '../protocol.ts';
import { MatchLists } from '../session/match-lists.ts';
import type { World } from '../session/world.ts';
import { flowBytes, numberedFlow } from '../test-support/flows.ts';
import { EdgeEnds } from './edge-ends.ts';
import { answerEdges, edgeNeeds } from './edges.ts';

const START = 1_700_000_000;
const S = 1_000_000_000n;

type Random = () => number;

function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

function pick<T>(random: Random, from: readonly [T, ...T[]]): T {
  return from[Math.floor(random() * from.length)] ?? from[0];
}

/** An end: a pod of which the workload is told or not, a peer with or without a name. Pods come and go. */
function endOf(random: Random, n: number): object | undefined {
  const namespace = pick(random, ['shop', 'shop', 'mail']);
  const workload = pick(random, ['cart', 'web', 'db']);
  const podName = `${workload}-${Math.floor(n / 150)}-${Math.floor(random() * 3)}`;
  const pod = {
    namespace,
    podName,
    clusterName: 'kind',
    identity: 1000 + 10 * namespace.indexOf('a') + workload.length,
  };
  return pick<object | undefined>(random, [
    pod,
    pod,
    { ...pod, workloads: [{ name: workload, kind: 'Deployment' }] },
    { identity: 2, labels: ['reserved:world'] },
    { identity: 1, labels: ['reserved:host'] },
    undefined,
  ]);
}

function randomFlow(random: Random, n: number): Uint8Array {
  const seconds = START + Math.floor(n / 20) + pick(random, [0, 0, 0, 0, -12, 9]);
  const isReply = pick(random, [true, false, false]);
  const isL7 = random() < 0.3;
  const [source, destination] = [endOf(random, n), endOf(random, n)];
  return flowBytes({
    ...numberedFlow(n),
    time: { seconds: BigInt(seconds), nanos: Math.floor(random() * 1e9) },
    ...(source === undefined ? {} : { source }),
    ...(destination === undefined ? {} : { destination }),
    // Makes many talks, so that they are swept and their numbers given out again.
    nodeName: random() < 0.5 ? pick(random, ['w1', 'w2']) : `w-${n}`,
    verdict: pick(random, [Verdict.FORWARDED, Verdict.FORWARDED, Verdict.DROPPED]),
    dropReasonDesc: pick(random, [0, 133, 181]),
    isReply,
    trafficDirection: pick(random, [0, 1, 2]),
    eventType: { type: pick(random, [1, 4, 5, 7]), subType: pick(random, [0, 2, 3]) },
    ...(isL7
      ? {
          Type: 2,
          l7: {
            type: isReply ? L7FlowType.RESPONSE : L7FlowType.REQUEST,
            latencyNs: isReply ? BigInt(pick(random, [0, 1_000_000, 7_000_000])) : 0n,
            record: { case: 'http', value: { code: isReply ? pick(random, [200, 404, 503, 0]) : 0 } },
          },
        }
      : {}),
  });
}

/** What an edges answer is made from; `ends` of its own. */
function worldOf(store: FlowStore, lists: MatchLists): Pick<World, 'store' | 'lists' | 'ends'> {
  const known = new Map<EdgeScope, EdgeEnds>();
  return {
    store,
    lists,
    ends: (scope) => {
      const ends = known.get(scope) ?? new EdgeEnds(store, scope);
      known.set(scope, ends);
      return ends;
    },
  };
}

function answerNow(world: World, query: EdgesQuery): EdgesAnswer {
  while (!world.lists.all.advance(9999));
  for (const { filter, prepare } of edgeNeeds(world, query)) {
    const list = world.lists.get(filter);
    prepare?.(list);
    while (!list.advance(9999));
  }
  return answerEdges(world, query);
}

/** In an order that does not hang on which of equals was found first. */
function sorted({ nodes, edges, ...rest }: EdgesAnswer): unknown {
  const nameOf = (place: number): string | undefined => nodes[place]?.id;
  return {
    ...rest,
    nodes: nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    edges: edges.map((edge) => ({
      ...edge,
      from: nameOf(edge.from),
      to: nameOf(edge.to),
      ports: edge.ports
        .map(({ port, protocol, l7, flows }) => `${port} ${protocol} ${l7} ${flows}`)
        .toSorted(),
    })),
  };
}

describe('edges that are kept', () => {
  it.each([1, 2, 3])(
    'are those that a count of the rows gives, whatever comes, goes and is asked, seed %i',
    (seed) => {
      const random = seeded(seed);
      const store = new FlowStore({ maxRows: 600 }, seed);
      const lists = new MatchLists(store);
      const kept = worldOf(store, lists) as World;
      let n = 0;
      for (let round = 0; round < 80; round++) {
        const most = round % 20 === 19 ? 3000 : 60;
        const batch = Array.from({ length: Math.floor(random() * most) }, () => randomFlow(random, n++));
        for (const message of batch) store.append(message, Uint32Array.from([0, message.length]), 1);
        if (n === 0) continue;
        const now = BigInt(START + Math.floor(n / 20));
        const window = pick<Window | undefined>(random, [
          undefined,
          { sinceNs: (now - 8n) * S },
          { sinceNs: (now - 5n) * S, untilNs: undefined },
          { sinceNs: (now - 20n) * S, untilNs: (now - 1n) * S },
        ]);
        const query: EdgesQuery = {
          kind: 'edges',
          filter: pick(random, ['', 'verdict:DROPPED', 'namespace:shop']),
          scope: pick(random, ['cluster', 'namespace', 'workload', 'workload', 'pod', 'identity', 'node']),
          limit: pick(random, [1000, 1000, 3]),
          order: pick(random, ['flows', 'drops']),
          ...(window === undefined ? {} : { window }),
        };
        const answer = answerNow(kept, query);
        const anew = answerNow(worldOf(store, new MatchLists(store)) as World, query);
        expect(sorted(answer)).toEqual(sorted(anew));
        const total = answer.edges.reduce((sum, { flows }) => sum + flows, 0);
        const rows = lists.get(query.filter);
        if (window === undefined) expect(total + answer.folded.flows + answer.sockets).toBe(rows.count);
      }
      expect(store.counts.evicted).toBeGreaterThan(1000);
      expect(store.talks.epoch).toBeGreaterThan(0);
    },
    60_000,
  );

  it('are the same objects while nothing of theirs has changed', () => {
    const store = new FlowStore({}, 1);
    const world = worldOf(store, new MatchLists(store)) as World;
    const query: EdgesQuery = { kind: 'edges', filter: '', scope: 'pod', limit: 100 };
    const add = (podName: string, n: number): void => {
      const bytes = flowBytes({ ...numberedFlow(n), source: { namespace: 'shop', podName } });
      store.append(bytes, Uint32Array.from([0, bytes.length]), 1);
    };
    for (let n = 0; n < 10; n++) add('web-1', n);
    add('cart-1', 10);
    const before = answerNow(world, query);
    add('web-1', 11);
    const after = answerNow(world, query);
    expect(after.edges.map(({ flows }) => flows)).toEqual([11, 1]);
    expect(after.edges[0]).not.toBe(before.edges[0]);
    expect(after.edges[1]).toBe(before.edges[1]);
  });
});
