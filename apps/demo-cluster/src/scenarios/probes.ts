// What goes on in every cluster: the kubelet's probes of pods, and nodes that ping each other's health endpoints.

import type { NodeInfo } from '../agent/node.ts';
import { type Pod, type ReservedEntity, reservedEntity } from '../datapath/endpoint.ts';
import type { Network } from '../datapath/network.ts';
import { pingHealth, probePod } from '../datapath/probe.ts';
import { SECOND_NS } from './habit.ts';

const PROBE_EVERY_NS = 10 * SECOND_NS;
const PING_EVERY_NS = 60 * SECOND_NS;

export type Probed = {
  readonly nodes: readonly NodeInfo[];
  readonly podNet: (node: number) => string;
  readonly probes: readonly { readonly target: Pod; readonly ports: readonly number[] }[];
};

export function startProbes(network: Network, { nodes, podNet, probes }: Probed): void {
  const { timeline } = network;
  const repeat = (everyNs: number, firstNs: number, step: () => void): void => {
    const play = (): void => {
      step();
      timeline.after(everyNs, play);
    };
    timeline.after(firstNs, play);
  };
  let offsetNs = 0;
  for (const { target, ports } of probes) {
    const host = router(podNet(target.node), target.node);
    for (const port of ports) {
      offsetNs += 2.3 * SECOND_NS;
      repeat(PROBE_EVERY_NS, offsetNs % PROBE_EVERY_NS, () => {
        probePod(network, host, target, port);
      });
    }
  }
  for (const [from, host] of network.hosts.entries()) {
    for (const to of nodes.keys()) {
      if (to === from || clusterOf(nodes[from]) !== clusterOf(nodes[to])) continue;
      offsetNs += 1.7 * SECOND_NS;
      repeat(PING_EVERY_NS, offsetNs % PING_EVERY_NS, () => {
        pingHealth(network, host, healthOf(podNet(to), to));
      });
    }
  }
}

/** The part of a node's name before the slash, '' without one. */
function clusterOf(node: NodeInfo | undefined): string {
  const name = node?.name ?? '';
  return name.slice(0, Math.max(0, name.indexOf('/')));
}

/** The host as its own pods see it: the address of the node's router. */
function router(net: string, node: number): ReservedEntity {
  return reservedEntity({
    id: 2000 + node,
    identity: 1,
    labels: ['reserved:host'],
    ip: `${net}.1`,
    node,
  });
}

function healthOf(net: string, node: number): ReservedEntity {
  return reservedEntity({
    id: 3000 + node,
    identity: 4,
    labels: ['reserved:health'],
    ip: `${net}.240`,
    node,
  });
}
