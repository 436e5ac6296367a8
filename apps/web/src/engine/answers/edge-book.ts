// The sums per pair of nodes at one scope, kept from answer to answer. What a flow says of an edge hangs on its talk
// alone, so only edges with a talk whose count has changed are summed up again, from their own talks:
//
//   talks changed -> their edges -> sums        rows are looked at by nobody but the counter of talks

import { type FlowStore, TALK, type TalkCounter } from '@finderscope/flow-store';
import type { EdgeScope } from '../protocol.ts';
import { type EdgeEnds, type End, learnNodes } from './edge-ends.ts';
import { type EdgeShape, edgeShape } from './edge-shapes.ts';
import { EdgeSum } from './edge-sum.ts';

/** One node with what its talks say of it, by how many of them do. */
export type NodeSum = {
  readonly end: End;
  readonly pods: Map<string, number>;
  readonly identities: Map<number, number>;
  flows: number;
  /** Talks at this end. */
  talks: number;
};

export type EdgeEntry = {
  /** Tells edges with equal counts apart. */
  readonly key: string;
  readonly from: NodeSum;
  readonly to: NodeSum;
  readonly talks: Set<number>;
  sum: EdgeSum;
};

/** What a talk was counted as: to be taken back as it was put. */
type Placed = { readonly edge: EdgeEntry; readonly from: End; readonly to: End; flows: number };

export class EdgeBook {
  readonly #store: FlowStore;
  readonly #counter: TalkCounter;
  readonly #scope: EdgeScope;
  readonly #nodes = new Map<string, NodeSum>();
  readonly #edges = new Map<string, EdgeEntry>();
  #ordered: EdgeEntry[] = [];
  /** By talk; of those on an edge. */
  #placed: (Placed | undefined)[] = [];
  /** By talk: flows of the socket load balancer, which are on no edge. */
  readonly #sockets = new Map<number, number>();
  /** By number of the shape. */
  #shapes: (EdgeShape | undefined)[] = [];
  #meaning = '';

  constructor(store: FlowStore, counter: TalkCounter, scope: EdgeScope) {
    this.#store = store;
    this.#counter = counter;
    this.#scope = scope;
  }

  /** In the order in which the caller has left them, new ones last: sorted again, they nearly are already. */
  get edges(): EdgeEntry[] {
    return this.#ordered;
  }

  get nodeCount(): number {
    return this.#nodes.size;
  }

  /** Flows of the socket load balancer. */
  get sockets(): number {
    let flows = 0;
    for (const count of this.#sockets.values()) flows += count;
    return flows;
  }

  /** Follows the counter. `ends` are of the book's scope; `rows` gives the rows that are counted. */
  update(ends: EdgeEnds, rows: () => Uint32Array): void {
    ends.refresh();
    this.#counter.settle(rows);
    const changed = this.#counter.takeChanged();
    if (this.#hasNewMeaning(ends)) {
      this.#recount(ends);
      return;
    }
    const stale = new Set<EdgeEntry>();
    const nodeOf = (): string => '';
    for (const talk of changed) this.#follow(talk, ends, nodeOf, stale);
    this.#sumUp(stale);
  }

  /** Numbers stand for something else now, or ends are called otherwise; which node a pod is on all talks tell together. */
  #hasNewMeaning(ends: EdgeEnds): boolean {
    const { talks, shapes } = this.#store;
    const meaning = `${talks.epoch} ${shapes.epoch} ${ends.version}`;
    if (this.#scope !== 'node' && meaning === this.#meaning) return false;
    this.#meaning = meaning;
    return true;
  }

  #recount(ends: EdgeEnds): void {
    this.#shapes = [];
    this.#placed = [];
    this.#nodes.clear();
    this.#edges.clear();
    this.#ordered = [];
    this.#sockets.clear();
    const { counts } = this.#counter;
    const { talks } = this.#store;
    const live: number[] = [];
    for (let talk = 1; talk < Math.min(counts.length, talks.idEnd); talk++)
      if (counts[talk] !== 0) live.push(talk);
    const nodeOf =
      this.#scope === 'node'
        ? learnNodes(
            this.#store,
            live.filter((talk) => !this.#shapeOf(talk).isSocket),
            (shape) => this.#shapeAt(shape).localSide,
          )
        : () => '';
    const stale = new Set<EdgeEntry>();
    for (const talk of live) this.#follow(talk, ends, nodeOf, stale);
    this.#sumUp(stale);
  }

  /** Brings nodes and the talks of edges up to date with the count of one talk. */
  #follow(talk: number, ends: EdgeEnds, nodeOf: (endpoint: number) => string, stale: Set<EdgeEntry>): void {
    const flows = this.#counter.counts[talk] ?? 0;
    const before = this.#placed[talk];
    if (before === undefined) {
      if (flows === 0 && !this.#sockets.has(talk)) return;
      if (this.#shapeOf(talk).isSocket) {
        if (flows === 0) this.#sockets.delete(talk);
        else this.#sockets.set(talk, flows);
        return;
      }
    }
    const placed = before ?? this.#place(talk, ends, nodeOf);
    const { edge, from, to } = placed;
    stale.add(edge);
    edge.from.flows += flows - placed.flows;
    edge.to.flows += flows - placed.flows;
    placed.flows = flows;
    if (flows > 0) return;
    this.#placed[talk] = undefined;
    edge.talks.delete(talk);
    if (edge.talks.size === 0) this.#edges.delete(edge.key);
    this.#leave(edge.from, from);
    this.#leave(edge.to, to);
  }

  #place(talk: number, ends: EdgeEnds, nodeOf: (endpoint: number) => string): Placed {
    const link = this.#store.talks.at(talk, TALK.link);
    const source = ends.get(link, 'source', nodeOf);
    const destination = ends.get(link, 'destination', nodeOf);
    // A reply belongs to the edge of what it answers.
    const [from, to] = this.#shapeOf(talk).isReply ? [destination, source] : [source, destination];
    const key = `${from.id}\n${to.id}`;
    const edge = this.#edges.get(key) ?? this.#add(key, from, to);
    edge.talks.add(talk);
    enter(edge.from, from);
    enter(edge.to, to);
    const placed = { edge, from, to, flows: 0 };
    this.#placed[talk] = placed;
    return placed;
  }

  #add(key: string, from: End, to: End): EdgeEntry {
    const sides = { from: this.#nodeOf(from), to: this.#nodeOf(to) };
    const edge = { key, ...sides, talks: new Set<number>(), sum: new EdgeSum() };
    this.#edges.set(key, edge);
    this.#ordered.push(edge);
    return edge;
  }

  #nodeOf(end: End): NodeSum {
    const node = this.#nodes.get(end.id) ?? {
      end,
      pods: new Map(),
      identities: new Map(),
      flows: 0,
      talks: 0,
    };
    this.#nodes.set(end.id, node);
    return node;
  }

  #leave(node: NodeSum, end: End): void {
    if (end.pod !== '') bump(node.pods, end.pod, -1);
    if (end.identity !== 0) bump(node.identities, end.identity, -1);
    node.talks--;
    if (node.talks === 0) this.#nodes.delete(end.id);
  }

  #sumUp(stale: ReadonlySet<EdgeEntry>): void {
    const { table, talks } = this.#store;
    const counter = this.#counter;
    // One that has come to nothing never comes back: another one takes its place.
    const isGone = ({ talks: { size } }: EdgeEntry): boolean => size === 0;
    if ([...stale].some(isGone)) this.#ordered = this.#ordered.filter((edge) => !isGone(edge));
    for (const edge of stale) {
      const sum = new EdgeSum();
      for (const talk of edge.talks) {
        const slot = counter.newestSlot(talk);
        // A number that grows with arrival.
        const row = table.oldest + ((slot - table.oldest) & table.mask);
        sum.add(this.#shapeOf(talk), talks.at(talk, TALK.port), counter.counts[talk] ?? 0, row);
        const latencies = counter.latencies(talk);
        if (latencies !== undefined) sum.addLatencies(latencies);
      }
      edge.sum = sum;
    }
  }

  #shapeOf(talk: number): EdgeShape {
    return this.#shapeAt(this.#store.talks.at(talk, TALK.shape));
  }

  #shapeAt(id: number): EdgeShape {
    const known = this.#shapes[id];
    if (known !== undefined) return known;
    const shape = edgeShape(this.#store, id);
    this.#shapes[id] = shape;
    return shape;
  }
}

function enter(node: NodeSum, end: End): void {
  node.talks++;
  if (end.pod !== '') bump(node.pods, end.pod, 1);
  if (end.identity !== 0) bump(node.identities, end.identity, 1);
}

function bump<K>(counts: Map<K, number>, key: K, by: number): void {
  const now = (counts.get(key) ?? 0) + by;
  if (now === 0) counts.delete(key);
  else counts.set(key, now);
}
