// Answers edges queries: who talks to whom, from the counts of talks. A reply belongs to the edge of what it answers.

import { CELL, ComboCounter, TALK, TalkCounter } from '@finderscope/flow-store';
import type { EdgeNode, EdgesAnswer, EdgesQuery, Nanos } from '../protocol.ts';
import type { Need } from '../session/need.ts';
import type { World } from '../session/world.ts';
import { type AggregateSpec, counted, isWhole, keep, rowsWithin } from './counting.ts';
import { type EdgeEnds, type End, learnNodes } from './edge-ends.ts';
import { type EdgeShape, edgeShape } from './edge-shapes.ts';
import { EdgeSum } from './edge-sum.ts';

const RATE_WINDOW_NS = 10_000_000_000n;
/** Rows that rates are counted from, at most; with more in ten seconds the span is shorter. */
const MAX_RATE_ROWS = 100_000;
const MAX_IDENTITIES = 8;

export function edgeNeeds(world: World, query: EdgesQuery): readonly Need[] {
  return [
    {
      filter: query.filter,
      prepare: (list) => {
        if (!isWhole(query.window)) return;
        keep(list, talkSpec(world));
        keep(list, latencySpec(world));
      },
    },
  ];
}

function talkSpec({ store }: World): AggregateSpec<TalkCounter> {
  return { name: 'talks', kind: TalkCounter, make: () => new TalkCounter(store) };
}

function latencySpec({ store }: World): AggregateSpec<ComboCounter> {
  const cells = [CELL.talk];
  return {
    name: `latency ${cells.join(' ')}`,
    kind: ComboCounter,
    make: () => new ComboCounter(store, cells, 'latencies'),
  };
}

type NodeSum = {
  readonly end: End;
  readonly pods: Set<string>;
  readonly identities: Set<number>;
  flows: number;
};
type Drawn = { readonly from: NodeSum; readonly to: NodeSum; readonly sum: EdgeSum };

export function answerEdges(world: World, query: EdgesQuery): EdgesAnswer {
  const { store } = world;
  const list = world.lists.get(query.filter);
  const counter = counted(world, list, query.window, talkSpec(world));
  const latencies = counted(world, list, query.window, latencySpec(world));
  const { counts } = counter;
  const shapes = new Map<number, EdgeShape>();
  const shapeOf = (id: number): EdgeShape => {
    const shape = shapes.get(id) ?? edgeShape(store, id);
    shapes.set(id, shape);
    return shape;
  };
  const live: number[] = [];
  let sockets = 0;
  for (let talk = 1; talk < Math.min(counts.length, store.talks.idEnd); talk++) {
    const flows = counts[talk] ?? 0;
    if (flows === 0) continue;
    if (shapeOf(store.talks.at(talk, TALK.shape)).isSocket) sockets += flows;
    else live.push(talk);
  }
  const nodeOf =
    query.scope === 'node' ? learnNodes(store, live, (shape) => shapeOf(shape).localSide) : () => '';
  const ends = world.ends(query.scope);
  ends.refresh();
  const nodes = new Map<string, NodeSum>();
  const edges = new Map<string, Drawn>();
  const byTalk = new Map<number, EdgeSum>();
  for (const talk of live) {
    const link = store.talks.at(talk, TALK.link);
    const shape = shapeOf(store.talks.at(talk, TALK.shape));
    const source = ends.get(link, 'source', nodeOf);
    const destination = ends.get(link, 'destination', nodeOf);
    const [from, to] = shape.isReply ? [destination, source] : [source, destination];
    const key = `${from.id}\n${to.id}`;
    const drawn = edges.get(key) ?? {
      from: nodeSum(nodes, from),
      to: nodeSum(nodes, to),
      sum: new EdgeSum(),
    };
    edges.set(key, drawn);
    const flows = counts[talk] ?? 0;
    const slot = counter.newestSlot(talk);
    drawn.sum.add(shape, store.talks.at(talk, TALK.port), flows, rowAt(world, slot));
    count(drawn.from, from, flows);
    count(drawn.to, to, flows);
    byTalk.set(talk, drawn.sum);
  }
  const talkOf = new Map<number, number>();
  latencies.forEach((keys, _count, combo) => talkOf.set(combo, keys[0] ?? 0));
  latencies.forEachLatency((combo, bucket, count) =>
    byTalk.get(talkOf.get(combo) ?? 0)?.addLatency(bucket, count),
  );
  const rows = rowsWithin(world, list, query.window);
  const seconds = addRates(world, rows, byTalk);
  return { ...arrange(world, query, [...edges.values()], nodes.size, rows, seconds), sockets };
}

/** The row in a slot, as a number that grows with arrival. */
function rowAt({ store: { table } }: World, slot: number): number {
  return table.oldest + ((slot - table.oldest) & table.mask);
}

function nodeSum(nodes: Map<string, NodeSum>, end: End): NodeSum {
  const sum = nodes.get(end.id) ?? { end, pods: new Set(), identities: new Set(), flows: 0 };
  nodes.set(end.id, sum);
  return sum;
}

function count(node: NodeSum, end: End, flows: number): void {
  node.flows += flows;
  if (end.pod !== '') node.pods.add(end.pod);
  if (end.identity !== 0) node.identities.add(end.identity);
}

/** Counts the newest rows by edge; answers the seconds they span. */
function addRates({ store }: World, rows: Uint32Array, byTalk: ReadonlyMap<number, EdgeSum>): number {
  const { mask, cells } = store.table;
  const newest = rows.at(-1);
  if (newest === undefined) return 1;
  const end = store.timeNs(newest & mask);
  const talks = cells[CELL.talk] ?? new Uint32Array(0);
  const perTalk = new Map<number, number>();
  let at = rows.length - 1;
  let start = end;
  for (; at >= Math.max(0, rows.length - MAX_RATE_ROWS); at--) {
    const slot = (rows[at] ?? 0) & mask;
    const time = store.timeNs(slot);
    if (end - time >= RATE_WINDOW_NS) break;
    start = time;
    const talk = talks[slot] ?? 0;
    perTalk.set(talk, (perTalk.get(talk) ?? 0) + 1);
  }
  for (const [talk, count] of perTalk) {
    const sum = byTalk.get(talk);
    if (sum !== undefined) sum.recent += count;
  }
  // When the rows reach back far enough the span is the whole window, else what they span.
  const span = at >= 0 && rows.length - 1 - at < MAX_RATE_ROWS ? RATE_WINDOW_NS : end - start;
  return Math.max(1, Number(span) / 1e9);
}

function arrange(
  world: World,
  query: EdgesQuery,
  drawn: readonly Drawn[],
  nodesInAll: number,
  rows: Uint32Array,
  seconds: number,
): Omit<EdgesAnswer, 'sockets'> {
  const { store } = world;
  const { mask } = store.table;
  const timeOf = (row: number): Nanos => store.timeNs(row & mask);
  const drops = query.order === 'drops';
  const sorted = drawn.toSorted(
    (a, b) =>
      (drops ? b.sum.drops - a.sum.drops : 0) || b.sum.flows - a.sum.flows || (keyOf(a) < keyOf(b) ? -1 : 1),
  );
  const shown = sorted.slice(0, Math.max(0, query.limit));
  const folded = sorted.slice(shown.length);
  const places = new Map<NodeSum, number>();
  const placeOf = (node: NodeSum): number => {
    const place = places.get(node) ?? places.size;
    places.set(node, place);
    return place;
  };
  const edges = shown.map(({ from, to, sum }) => sum.edge(placeOf(from), placeOf(to), timeOf, seconds));
  const first = rows[0];
  const last = rows.at(-1);
  return {
    kind: 'edges',
    nodes: [...places.keys()].map((node) => edgeNode(node, world.ends(query.scope))),
    edges,
    folded: {
      edges: folded.length,
      nodes: nodesInAll - places.size,
      flows: folded.reduce((total, { sum }) => total + sum.flows, 0),
    },
    spanNs:
      first === undefined || last === undefined
        ? undefined
        : [store.timeNs(first & mask), store.timeNs(last & mask)],
  };
}

function keyOf({ from, to }: Drawn): string {
  return `${from.end.id}\n${to.end.id}`;
}

function edgeNode({ end, pods, identities, flows }: NodeSum, ends: EdgeEnds): EdgeNode {
  const { id, kind, name, namespace, cluster, workloadKind } = end;
  return {
    id,
    kind,
    name,
    namespace,
    cluster,
    workloadKind,
    pods: pods.size,
    podNames: ends.podNames(end),
    identities: [...identities].sort((a, b) => a - b).slice(0, MAX_IDENTITIES),
    flows,
  };
}
