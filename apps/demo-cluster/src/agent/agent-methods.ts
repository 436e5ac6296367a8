// Everything that one agent's own port offers.

import type { Method } from '../grpc-server/index.ts';
import type { Agent } from './agent.ts';
import { healthMethods } from './health-service.ts';
import { agentObserverMethods } from './observer-service.ts';
import { peerMethods } from './peer-service.ts';

/** `agents` are the peers that this agent announces, itself included; `tls` whether their ports speak it. */
export function agentMethods(
  agent: Agent,
  agents: readonly Agent[],
  version: string,
  tls: boolean,
): readonly Method[] {
  return [...agentObserverMethods(agent, version), ...peerMethods(agents, tls), ...healthMethods(() => true)];
}
