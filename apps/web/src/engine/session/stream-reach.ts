// From when on the stream has brought all flows of every node. Each node sends the newest flows it remembers, and a busy
// one remembers minutes where a calm one remembers days: what all nodes have sent reaches back only as far as what the
// busiest has.
//
//   node a   [------------------------------>        its first flow is its reach
//   node b                    [------------->
//   node c   ~~~~~~~~~~~~~~~~~~~~~~~~~~[---->        said to be connected, silent until now: nothing of it is missing
//   node d            ?                              does not answer: named as missing
//   all                       [------------->        and not before the latest flow that has been evicted
//
// What a node that was silent has forgotten before the stream was opened nobody knows; it does not count. After a break a
// node reaches back as before if it sends again something that is held, or nothing before the time of connecting.

import { CELL, DICT, EvictedTime, type FlowStore } from '@finderscope/flow-store';
import { type GetFlowsResponse, NodeState } from '@finderscope/hubble-api';
import type { Nanos, NodeLimit } from '../protocol.ts';

/** Nodes beyond these are taken for one. */
const MAX_NODES = 4096;
const OTHERS = '';
/** Relay tells of an error late, with the time at which it was: a node that has sent flows this much later is back. */
const BACK_NS = 5_000_000_000n;
/** A clock is wrong that is this much ahead of the others. */
const AHEAD_NS = 60_000_000_000n;
/** Rows looked at for such a flow. */
const LOOKED_AT = 65_536;
const NANOS_PER_S = 1_000_000_000n;

export type Reach = {
  /** undefined before the first flow of the stream. */
  readonly sinceNs: Nanos | undefined;
  /** What keeps it from reaching back further: a node, or that older flows were evicted. */
  readonly limit: NodeLimit | 'evicted' | undefined;
  /** Nodes that do not answer. */
  readonly missing: readonly string[];
};

/** What the next flow of a node will tell. */
type Awaits =
  | 'nothing'
  /** It is connected and has sent nothing yet. */
  | 'first'
  /** The stream broke off and is opened again. */
  | 'again'
  /** It cannot be asked. */
  | 'return'
  /** It could not be asked and is connected again. */
  | 'reunion';

type NodeReach = {
  /** undefined: nothing is missing, however far back. */
  readonly sinceNs: Nanos | undefined;
  readonly isInterrupted: boolean;
};

type Node = {
  awaits: Awaits;
  reach: NodeReach;
  /** What it was when the node could no longer be asked. */
  before: NodeReach;
  /** Where the stream stood when it last sent again what is held. */
  againNs: Nanos | undefined;
};

const WHOLE: NodeReach = { sinceNs: undefined, isInterrupted: false };

export class StreamReach {
  readonly #store: FlowStore;
  readonly #evicted: EvictedTime;
  readonly #nodes = new Map<string, Node>();
  /** When the server said which nodes are connected, by its own clock. */
  #heardNs: Nanos | undefined;
  /** Nodes told of since the stream was opened, until the first flow; undefined afterwards. */
  #named: Set<string> | undefined;
  /** By id of a link: 1 when its node awaits nothing. */
  #settled = new Uint8Array(1024);
  #epoch = -1;

  constructor(store: FlowStore) {
    this.#store = store;
    this.#evicted = new EvictedTime(store);
  }

  /** A stream is being opened: which nodes are connected will be told anew. */
  opened(): void {
    this.#heardNs = undefined;
    this.#named = new Set();
  }

  /** The stream broke off. */
  broke(): void {
    for (const node of this.#nodes.values()) if (node.awaits === 'nothing') node.awaits = 'again';
    this.#settled.fill(0);
  }

  /** The server tells of nodes. */
  heard({ time, responseTypes: { case: kind, value } }: GetFlowsResponse): void {
    if (kind !== 'nodeStatus') return;
    const timeNs = time && time.seconds * NANOS_PER_S + BigInt(time.nanos);
    for (const name of value.nodeNames) {
      this.#named?.add(name);
      if (value.stateChange === NodeState.NODE_CONNECTED) this.#connected(name, timeNs);
      else if (value.stateChange === NodeState.NODE_GONE) this.#nodes.delete(name);
      else if (isSilent(value.stateChange) && !this.#isBackSince(name, timeNs))
        this.#node(name).awaits = 'return';
    }
    if (value.stateChange === NodeState.NODE_CONNECTED) this.#heardNs = timeNs;
    this.#settled.fill(0);
  }

  /** These nodes have sent again what is held. */
  addAgain(names: ReadonlySet<string>): void {
    for (const name of names) {
      const node = this.#nodes.get(name);
      if (node === undefined) continue;
      node.againNs = this.#store.resumeTimeNs();
      if (node.awaits !== 'again' && node.awaits !== 'reunion') continue;
      if (node.awaits === 'reunion') node.reach = node.before;
      node.awaits = 'nothing';
    }
  }

  /** The rows from `firstRow` on are of the stream. Runs for every flow; bench: ingest.live. */
  addRows(firstRow: number): void {
    const { table, links } = this.#store;
    if (links.epoch !== this.#epoch || links.idEnd > this.#settled.length) {
      this.#epoch = links.epoch;
      this.#settled = new Uint8Array(Math.max(links.idEnd * 2, this.#settled.length));
    }
    const settled = this.#settled;
    const linkOf = table.cells[CELL.link];
    if (linkOf === undefined) return;
    if (this.#named !== undefined && table.next > firstRow) this.#dropUnnamed(this.#named);
    for (let id = Math.max(firstRow, table.oldest); id < table.next; id++) {
      const slot = id & table.mask;
      const link = linkOf[slot] ?? 0;
      if (settled[link] === 1) continue;
      settled[link] = 1;
      const name = this.#store.entryById('nodeName', links.at(link, DICT.nodeName)) ?? '';
      this.#came(name, this.#store.timeNs(slot));
    }
  }

  reach(): Reach {
    const oldestNs = this.#store.oldestStreamTimeNs();
    const missing: string[] = [];
    let sinceNs: Nanos | undefined;
    let limit: Reach['limit'];
    for (const [node, { awaits, reach }] of this.#nodes) {
      if (awaits === 'return') missing.push(node);
      if (reach.sinceNs === undefined || (sinceNs !== undefined && reach.sinceNs <= sinceNs)) continue;
      sinceNs = reach.sinceNs;
      limit = { node, isInterrupted: reach.isInterrupted };
    }
    if (oldestNs === undefined) return { sinceNs: undefined, limit: undefined, missing };
    const newestNs = this.#store.resumeTimeNs();
    // A clock that runs ahead does not make it complete from a time that has not come.
    if (sinceNs !== undefined && newestNs !== undefined && sinceNs > newestNs + AHEAD_NS) sinceNs = newestNs;
    const evictedNs = this.#evicted.latestNs;
    if (evictedNs !== undefined && (sinceNs === undefined || evictedNs >= sinceNs))
      return { sinceNs: evictedNs + 1n, limit: 'evicted', missing };
    return { sinceNs: sinceNs ?? oldestNs, limit, missing };
  }

  /** Nodes that left the cluster while there was no stream: the new one does not tell of them. */
  #dropUnnamed(named: ReadonlySet<string>): void {
    this.#named = undefined;
    if (named.size === 0) return;
    for (const [name, { awaits }] of this.#nodes)
      if (awaits === 'return' && !named.has(name)) this.#nodes.delete(name);
  }

  /** Whether a node has sent something since it is said to have failed. */
  #isBackSince(name: string, failedNs: Nanos | undefined): boolean {
    const node = this.#nodes.get(name);
    if (node === undefined || failedNs === undefined) return false;
    if (node.againNs !== undefined && node.againNs > failedNs) return true;
    const { table, links } = this.#store;
    const linkOf = table.cells[CELL.link];
    const first = Math.max(table.oldest, table.next - LOOKED_AT);
    for (let id = table.next - 1; id >= first; id--) {
      const slot = id & table.mask;
      if (this.#store.timeNs(slot) <= failedNs + BACK_NS) continue;
      const link = linkOf?.[slot] ?? 0;
      if (this.#store.entryById('nodeName', links.at(link, DICT.nodeName)) === name) return true;
    }
    return false;
  }

  #connected(name: string, timeNs: Nanos | undefined): void {
    const known = this.#nodes.get(name);
    if (known === undefined) {
      this.#node(name).awaits = 'first';
    } else if (known.awaits === 'return') {
      known.awaits = 'reunion';
      known.before = known.reach;
      known.reach = { sinceNs: timeNs ?? known.reach.sinceNs, isInterrupted: true };
    }
  }

  #came(name: string, timeNs: Nanos): void {
    const isNew = !this.#nodes.has(name);
    const node = this.#node(name);
    const isAfterOpening = this.#heardNs !== undefined && timeNs > this.#heardNs;
    const { awaits } = node;
    if (isNew) node.reach = { sinceNs: timeNs, isInterrupted: false };
    else if (awaits === 'return') node.reach = { sinceNs: timeNs, isInterrupted: true };
    else if (awaits === 'reunion')
      node.reach = { sinceNs: least(node.reach.sinceNs, timeNs), isInterrupted: true };
    else if (awaits !== 'nothing' && !isAfterOpening)
      node.reach = { sinceNs: timeNs, isInterrupted: awaits === 'again' };
    node.awaits = 'nothing';
  }

  #node(name: string): Node {
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    if (this.#nodes.size >= MAX_NODES && name !== OTHERS) return this.#node(OTHERS);
    const node: Node = { awaits: 'nothing', reach: WHOLE, before: WHOLE, againNs: undefined };
    this.#nodes.set(name, node);
    return node;
  }
}

/** Does the state mean that nothing can come from the node? */
export function isSilent(state: NodeState): boolean {
  return state === NodeState.NODE_UNAVAILABLE || state === NodeState.NODE_ERROR;
}

function least(a: Nanos | undefined, b: Nanos): Nanos {
  return a === undefined || b < a ? b : a;
}
