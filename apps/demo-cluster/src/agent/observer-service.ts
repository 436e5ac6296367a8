// The Observer service of one agent.

import { create } from '@bufbuild/protobuf';
import { GetNamespacesResponseSchema, Observer, ServerStatusResponseSchema } from '@finderscope/hubble-api';

import { type Method, serverStream, unary, unimplemented } from '../grpc-server/index.ts';
import { selectEvents, selectFlows } from '../ring/selection.ts';
import type { Agent } from './agent.ts';
import { sendEntries } from './send-entries.ts';

export function agentObserverMethods(agent: Agent, version: string): readonly Method[] {
  return [
    serverStream(Observer.method.getFlows, (request, _send, call) =>
      sendEntries(call, agent, selectFlows(request)),
    ),
    serverStream(Observer.method.getAgentEvents, (request, _send, call) =>
      sendEntries(call, agent, selectEvents(request, 'agent')),
    ),
    serverStream(Observer.method.getDebugEvents, (request, _send, call) =>
      sendEntries(call, agent, selectEvents(request, 'debug')),
    ),
    unimplemented(Observer.method.getNodes, 'GetNodes not implemented'),
    unary(Observer.method.getNamespaces, () =>
      create(GetNamespacesResponseSchema, {
        namespaces: agent.namespaces().map((namespace) => ({ namespace })),
      }),
    ),
    unary(Observer.method.serverStatus, () =>
      create(ServerStatusResponseSchema, {
        numFlows: BigInt(agent.ring.length),
        maxFlows: BigInt(agent.ring.capacity),
        seenFlows: BigInt(agent.flowsGenerated),
        uptimeNs: BigInt(agent.uptimeNs()),
        flowsRate: agent.flowsRate(),
        version: `cilium v${version}`,
      }),
    ),
  ];
}
