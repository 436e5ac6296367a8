// One simulated node: its ring, its counters and what goes wrong with it. Serves readers; knows no sockets.

import { GrpcCode, GrpcError } from '@finderscope/grpc-wire';

import { flowRate } from '../ring/flow-rate.ts';
import type { RingEntry } from '../ring/entry.ts';
import { RingBuffer } from '../ring/ring-buffer.ts';
import { type ReadStep, RingReader } from '../ring/ring-reader.ts';
import type { Selection } from '../ring/selection.ts';
import { type Clock, type Moment, nsBetween } from '../timeline/clock.ts';
import type { NodeInfo } from './node.ts';

export type AgentReader = {
  /** The next entry; throws a GrpcError when the node is or was lost since the reader was opened. */
  readonly next: () => ReadStep;
  readonly lostUnreported: () => number;
};

/** How long a namespace is listed after its last flow. */
const NAMESPACE_SECONDS = 3600;
const NS_PER_SECOND = 1e9;

export class Agent {
  readonly node: NodeInfo;
  readonly ring: RingBuffer;
  /** host:port of this agent's own gRPC port; set once it listens. */
  address: string;
  /** Flows written since the start. */
  flowsGenerated = 0;
  /** Events that lost-event entries written since the start stand for. */
  eventsLost = 0;
  readonly #clock: Clock;
  readonly #startedAt: Moment;
  readonly #lastSeen = new Map<string, number>();
  /** Odd while the node is lost; every loss and return counts one up. */
  #outages = 0;
  #flowsPerSecond = 0;

  constructor(node: NodeInfo, ringCapacity: number, clock: Clock, startedAt: Moment) {
    this.node = node;
    this.ring = new RingBuffer(ringCapacity);
    this.address = `${node.ip}:4244`;
    this.#clock = clock;
    this.#startedAt = startedAt;
  }

  get available(): boolean {
    return this.#outages % 2 === 0;
  }

  /** True when this changed something. */
  setAvailable(available: boolean): boolean {
    if (available === this.available) return false;
    this.#outages++;
    this.ring.publish();
    return true;
  }

  /** Limits what each reader gets; 0 lifts the limit. */
  limitRate(flowsPerSecond: number): void {
    this.#flowsPerSecond = flowsPerSecond;
    this.ring.publish();
  }

  write(entry: RingEntry): void {
    this.ring.write(entry);
    if (entry.kind === 'flow') {
      this.flowsGenerated++;
      for (const namespace of entry.namespaces) this.#lastSeen.set(namespace, entry.seconds);
    }
    this.eventsLost += entry.eventsLost;
  }

  /** Starts reading as an agent does for one call; throws the GrpcError of a lost node. */
  openReader(selection: Selection): AgentReader {
    if (!this.available) throw new GrpcError(GrpcCode.UNAVAILABLE, 'the node is lost');
    const outages = this.#outages;
    const reader = new RingReader(this.ring, selection, { clock: this.#clock, nodeName: this.node.name });
    const openedAt = this.#clock.now();
    let read = 0;
    return {
      next: () => {
        if (this.#outages !== outages) {
          throw new GrpcError(GrpcCode.UNAVAILABLE, 'error reading from server: EOF');
        }
        if (this.#flowsPerSecond > 0) {
          const seconds = nsBetween(openedAt, this.#clock.now()) / NS_PER_SECOND;
          if (read >= this.#flowsPerSecond * seconds) return 'waiting';
        }
        const step = reader.next();
        if (typeof step === 'object') read++;
        return step;
      },
      lostUnreported: () => reader.lostUnreported,
    };
  }

  /** Names of the namespaces seen during the last hour, sorted. */
  namespaces(): readonly string[] {
    const oldest = this.#clock.now().seconds - NAMESPACE_SECONDS;
    return [...this.#lastSeen]
      .filter(([, seconds]) => seconds >= oldest)
      .map(([name]) => name)
      .sort();
  }

  flowsRate(): number {
    return flowRate(this.ring, this.#clock.now());
  }

  uptimeNs(): number {
    return nsBetween(this.#startedAt, this.#clock.now());
  }
}
