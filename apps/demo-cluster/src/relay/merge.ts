// One GetFlows call through relay: peers read in parallel, ordered by a small heap, with node-status messages.
//
//   reader k8s-ctr --\
//   reader k8s-w1  ---+-> heap of at most 100 -> out     the oldest leaves when it is full, or is older than the drain
//   reader k8s-w2  --/                                    timeout while nothing arrives, or when all readers ended
//
// Order is best effort, as in the real one. Time comes in through the clock; whoever pulls decides when.

import { GrpcError } from '@finderscope/grpc-wire';
import { type GetFlowsRequest, NodeState } from '@finderscope/hubble-api';

import type { Agent, AgentReader } from '../agent/agent.ts';
import type { RingEntry } from '../ring/entry.ts';
import { selectFlows } from '../ring/selection.ts';
import { type Clock, compareMoments, type Moment, nsBetween } from '../timeline/clock.ts';
import { PriorityQueue } from '../timeline/priority-queue.ts';
import { NodeErrors, nodeStatusEntry, relayErrorText } from './node-errors.ts';

export type MergeOptions = {
  readonly peers: () => readonly Agent[];
  readonly request: GetFlowsRequest;
  /** Stands in the envelope of node-status messages. */
  readonly relayNode: string;
  readonly clock: Clock;
};

/** 'waiting': nothing to read now; pull again on a change, and at the latest after `PULL_INTERVAL_MS`. */
export type PullState = 'more' | 'waiting' | 'end';

/** Drains, peer refreshes and slow nodes are looked after this often. */
export const PULL_INTERVAL_MS = 100;

const SORT_BUFFER = 100;
const DRAIN_NS = 1e9;
const PEER_REFRESH_NS = 2e9;

export class Merge {
  readonly #options: MergeOptions;
  readonly #heap = new PriorityQueue<RingEntry>((a, b) => compareMoments(a, b) < 0);
  readonly #heapLimit: number;
  readonly #readers = new Map<string, AgentReader>();
  /** Nodes whose stream ended normally; they are not asked again. */
  readonly #ended = new Set<string>();
  readonly #errors: NodeErrors;
  #lastMessageAt: Moment;
  #lastRefreshAt: Moment;
  #started = false;
  /** Something came since the last look at the drain timer, which every message restarts. */
  #pushed = false;

  constructor(options: MergeOptions) {
    this.#options = options;
    this.#errors = new NodeErrors(options.relayNode);
    this.#lastMessageAt = options.clock.now();
    this.#lastRefreshAt = this.#lastMessageAt;
    const wanted = Number(options.request.number) * options.peers().length;
    this.#heapLimit = wanted > 0 ? Math.min(SORT_BUFFER, wanted) : SORT_BUFFER;
  }

  /** Entries read that wait in the heap. */
  get pending(): number {
    return this.#heap.size;
  }

  /** Entries that were overwritten before they were read and are not reported yet. */
  get lostUnreported(): number {
    let lost = 0;
    for (const reader of this.#readers.values()) lost += reader.lostUnreported();
    return lost;
  }

  /** Reads up to `budget` entries and hands on what is ready. */
  pull(budget: number, emit: (entry: RingEntry) => void): PullState {
    const now = this.#options.clock.now();
    if (!this.#started) this.#start(now, emit);
    const { follow } = this.#options.request;
    if (follow && nsBetween(this.#lastRefreshAt, now) >= PEER_REFRESH_NS) {
      this.#lastRefreshAt = now;
      this.#attach(now, emit);
    }
    const read = this.#readRound(budget, now, emit);
    const due = this.#errors.takeDue(now);
    if (due !== undefined) this.#push(due, emit);
    if (this.#pushed) {
      this.#pushed = false;
      this.#lastMessageAt = now;
    } else if (nsBetween(this.#lastMessageAt, now) >= DRAIN_NS) {
      this.#lastMessageAt = now;
      this.#drainOlderThan(DRAIN_NS, now, emit);
    }
    if (this.#readers.size === 0 && (!follow || this.#options.peers().length === 0)) {
      this.#finish(emit);
      return 'end';
    }
    return read >= budget ? 'more' : 'waiting';
  }

  #start(now: Moment, emit: (entry: RingEntry) => void): void {
    this.#started = true;
    const peers = this.#options.peers();
    const names = (available: boolean): string[] =>
      peers.filter((peer) => peer.available === available).map((peer) => peer.node.name);
    const tell = (state: NodeState, nodeNames: readonly string[]): void => {
      if (nodeNames.length > 0) emit(nodeStatusEntry(state, nodeNames, '', this.#options.relayNode, now));
    };
    tell(NodeState.NODE_CONNECTED, names(true));
    tell(NodeState.NODE_UNAVAILABLE, names(false));
    this.#attach(now, emit);
  }

  /** Opens a reader on every usable peer that has none and has not ended. */
  #attach(now: Moment, emit: (entry: RingEntry) => void): void {
    for (const peer of this.#options.peers()) {
      const { name } = peer.node;
      if (!peer.available || this.#readers.has(name) || this.#ended.has(name)) continue;
      try {
        this.#readers.set(name, peer.openReader(selectFlows(this.#options.request)));
      } catch (error) {
        this.#fail(name, error, now, emit);
      }
    }
  }

  /** One entry of each reader in turn, so that no node runs ahead of the heap. */
  #readRound(budget: number, now: Moment, emit: (entry: RingEntry) => void): number {
    let read = 0;
    for (let progress = true; progress && read < budget;) {
      progress = false;
      for (const [name, reader] of this.#readers) {
        try {
          const step = reader.next();
          if (step === 'waiting') continue;
          if (step === 'end') {
            this.#readers.delete(name);
            this.#ended.add(name);
            continue;
          }
          this.#push(step, emit);
          read++;
          progress = true;
        } catch (error) {
          this.#readers.delete(name);
          this.#fail(name, error, now, emit);
        }
      }
    }
    return read;
  }

  #fail(name: string, error: unknown, now: Moment, emit: (entry: RingEntry) => void): void {
    if (!(error instanceof GrpcError)) throw error;
    const pushedOut = this.#errors.add(name, relayErrorText(error), now);
    if (pushedOut !== undefined) this.#push(pushedOut, emit);
  }

  #push(entry: RingEntry, emit: (entry: RingEntry) => void): void {
    if (this.#heap.size >= this.#heapLimit) {
      const oldest = this.#heap.pop();
      if (oldest !== undefined) emit(oldest);
    }
    this.#heap.push(entry);
    this.#pushed = true;
  }

  #drainOlderThan(ageNs: number, now: Moment, emit: (entry: RingEntry) => void): void {
    for (let next = this.#heap.peek(); next !== undefined; next = this.#heap.peek()) {
      if (nsBetween(next, now) < ageNs) return;
      this.#heap.pop();
      emit(next);
    }
  }

  #finish(emit: (entry: RingEntry) => void): void {
    const error = this.#errors.flush();
    if (error !== undefined) this.#push(error, emit);
    for (let next = this.#heap.pop(); next !== undefined; next = this.#heap.pop()) emit(next);
  }
}
