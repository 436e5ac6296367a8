// What traffic needs around it: time, chance, the policies in force, and where events go.

import type { AllocatedIdentity, PolicySet } from '@finderscope/policy';

import type { Random } from '../timeline/random.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { ReservedEntity, ServiceAddress, TrafficEndpoint } from './endpoint.ts';
import type { FlowInit } from './flows.ts';

export type Network = {
  readonly timeline: Timeline;
  readonly random: Random;
  /** Asked anew for every connection and every retry. */
  readonly policies: () => PolicySet;
  /** Who an address outside the cluster is under these policies; `names` are those that DNS gave for it. */
  readonly identify: (ip: string, names: readonly string[]) => AllocatedIdentity;
  /** Every service, for rules about services. */
  readonly services: readonly Service[];
  /** The host of each node. */
  readonly hosts: readonly ReservedEntity[];
  /** True while WireGuard carries what goes from node to node. */
  readonly encrypts: () => boolean;
  /** Reports an event of the node with this index, now. */
  readonly observe: (node: number, flow: FlowInit) => void;
};

export type Service = ServiceAddress & {
  readonly backends: readonly TrafficEndpoint[];
  /** The backends' port where it is not the service's. */
  readonly targetPort?: number;
};

/** Nanoseconds between two events of one node, and on the wire between two nodes. */
export const STEP_NS = 45_000;
export const HOP_NS = 240_000;

/** Plays events one after the other on the timeline. */
export class Script {
  readonly #network: Network;
  #delayNs = 0;

  constructor(network: Network) {
    this.#network = network;
  }

  get network(): Network {
    return this.#network;
  }

  wait(ns: number): void {
    this.#delayNs += Math.round(ns);
  }

  /** Some tens of microseconds after the last event, never the same twice. */
  observe(node: number, flow: FlowInit): void {
    this.wait(STEP_NS * (0.6 + this.#network.random.fraction()));
    this.#network.timeline.after(this.#delayNs, () => {
      this.#network.observe(node, flow);
    });
  }

  /** Runs `step` after everything so far, at its own time. */
  finish(step: () => void): void {
    this.wait(1000);
    this.#network.timeline.after(this.#delayNs, step);
  }
}

export function ephemeralPort(random: Random): number {
  return random.between(32_768, 60_999);
}
