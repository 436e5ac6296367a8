// The Observer service of the relay-like endpoint.

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  GetNamespacesResponseSchema,
  GetNodesResponseSchema,
  type NodeSchema,
  NodeState,
  Observer,
  ServerStatusResponseSchema,
} from '@finderscope/hubble-api';

import type { Agent } from '../agent/agent.ts';
import { type Method, serverStream, unary, unimplemented } from '../grpc-server/index.ts';
import type { Clock } from '../timeline/clock.ts';
import type { FlowStreams } from './flow-streams.ts';
import { Merge } from './merge.ts';
import { sendMerged } from './send-merged.ts';

export type RelayOptions = {
  readonly agents: readonly Agent[];
  readonly streams: FlowStreams;
  readonly clock: Clock;
  /** The node that relay runs on. */
  readonly relayNode: string;
  readonly version: string;
};

/** ServerStatus names at most this many unavailable nodes. */
const NAMED_UNAVAILABLE = 10;

export function relayObserverMethods(options: RelayOptions): readonly Method[] {
  const { agents, streams, clock, relayNode, version } = options;
  return [
    serverStream(Observer.method.getFlows, (request, _send, call) =>
      sendMerged(call, new Merge({ peers: () => agents, request, relayNode, clock }), agents, streams),
    ),
    unimplemented(Observer.method.getAgentEvents, 'GetAgentEvents not yet implemented'),
    unimplemented(Observer.method.getDebugEvents, 'GetDebugEvents not yet implemented'),
    unary(Observer.method.getNodes, () =>
      create(GetNodesResponseSchema, { nodes: agents.map((agent) => describeNode(agent, version)) }),
    ),
    unary(Observer.method.getNamespaces, () => {
      const names = new Set(agents.filter((agent) => agent.available).flatMap((agent) => agent.namespaces()));
      return create(GetNamespacesResponseSchema, {
        namespaces: [...names].sort().map((namespace) => ({ namespace })),
      });
    }),
    unary(Observer.method.serverStatus, () => {
      const connected = agents.filter((agent) => agent.available);
      const unavailable = agents.filter((agent) => !agent.available).map((agent) => agent.node.name);
      const sum = (of: (agent: Agent) => number): number =>
        connected.reduce((total, agent) => total + of(agent), 0);
      return create(ServerStatusResponseSchema, {
        numFlows: BigInt(sum((agent) => agent.ring.length)),
        maxFlows: BigInt(sum((agent) => agent.ring.capacity)),
        seenFlows: BigInt(sum((agent) => agent.flowsGenerated)),
        uptimeNs: BigInt(Math.max(0, ...connected.map((agent) => agent.uptimeNs()))),
        numConnectedNodes: connected.length,
        numUnavailableNodes: unavailable.length,
        unavailableNodes: unavailable.slice(0, NAMED_UNAVAILABLE),
        version: `hubble-relay v${version}`,
        flowsRate: sum((agent) => agent.flowsRate()),
      });
    }),
  ];
}

function describeNode(agent: Agent, version: string): MessageInitShape<typeof NodeSchema> {
  const common = { name: agent.node.name, address: agent.address, tls: { enabled: false } };
  if (!agent.available) return { ...common, state: NodeState.NODE_UNAVAILABLE };
  return {
    ...common,
    state: NodeState.NODE_CONNECTED,
    version: `cilium v${version}`,
    uptimeNs: BigInt(agent.uptimeNs()),
    numFlows: BigInt(agent.ring.length),
    maxFlows: BigInt(agent.ring.capacity),
    seenFlows: BigInt(agent.flowsGenerated),
  };
}
