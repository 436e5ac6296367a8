// Answers edges queries: who talks to whom. The sums are kept (edge-book.ts); an answer puts them in order.

import type { EdgeNode, EdgesAnswer, EdgesQuery, Nanos } from '../protocol.ts';
import type { Need } from '../session/need.ts';
import type { World } from '../session/world.ts';
import { type AggregateSpec, counted, keep, rowsWithin } from './counting.ts';
import type { EdgeBook, EdgeEntry, NodeSum } from './edge-book.ts';
import type { EdgeEnds } from './edge-ends.ts';
import { EdgeTally } from './edge-tally.ts';

const MAX_IDENTITIES = 8;

export function edgeNeeds(world: World, query: EdgesQuery): readonly Need[] {
  const prepare: Need['prepare'] = (list) => keep(world, list, query.window, tallySpec(world, query));
  return [{ filter: query.filter, prepare }];
}

function tallySpec({ store }: World, { scope }: EdgesQuery): AggregateSpec<EdgeTally> {
  return { name: `edges ${scope}`, kind: EdgeTally, make: () => new EdgeTally(store, scope) };
}

/** Bench: ingest.live, page.busy_5k. */
export function answerEdges(world: World, query: EdgesQuery): EdgesAnswer {
  const list = world.lists.get(query.filter);
  const { book } = counted(world, list, query.window, tallySpec(world, query));
  const rows = rowsWithin(world, list, query.window);
  book.update(world.ends(query.scope), () => rows);
  return arrange(world, query, book, rows);
}

function arrange({ store, ends }: World, query: EdgesQuery, book: EdgeBook, rows: Uint32Array): EdgesAnswer {
  const { mask } = store.table;
  const timeOf = (row: number): Nanos => store.timeNs(row & mask);
  const sorted = book.edges.sort(query.order === 'drops' ? byDrops : byFlows);
  const shown = sorted.slice(0, Math.max(0, query.limit));
  const folded = sorted.slice(shown.length);
  const places = new Map<NodeSum, number>();
  const placeOf = (node: NodeSum): number => {
    const known = places.get(node);
    if (known !== undefined) return known;
    places.set(node, places.size);
    return places.size - 1;
  };
  const edges = shown.map(({ from, to, sum }) => sum.tell(placeOf(from), placeOf(to), timeOf));
  const nodeEnds = ends(query.scope);
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    kind: 'edges',
    nodes: [...places.keys()].map((node) => edgeNode(node, nodeEnds)),
    edges,
    folded: {
      edges: folded.length,
      nodes: book.nodeCount - places.size,
      flows: folded.reduce((total, { sum }) => total + sum.flows, 0),
    },
    sockets: book.sockets,
    spanNs: first === undefined || last === undefined ? undefined : [timeOf(first), timeOf(last)],
  };
}

function byFlows(a: EdgeEntry, b: EdgeEntry): number {
  return b.sum.flows - a.sum.flows || (a.key < b.key ? -1 : 1);
}

function byDrops(a: EdgeEntry, b: EdgeEntry): number {
  return b.sum.drops - a.sum.drops || byFlows(a, b);
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
    podNames: pods.size === 0 ? undefined : ends.podNames(end),
    identities: [...identities.keys()].sort((a, b) => a - b).slice(0, MAX_IDENTITIES),
    flows,
  };
}
