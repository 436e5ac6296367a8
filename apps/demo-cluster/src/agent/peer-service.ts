// Peer.Notify: tells a real hubble-relay which nodes there are and where their agents listen.

import { create } from '@bufbuild/protobuf';
import { peer } from '@finderscope/hubble-api';

import { type Method, serverStream } from '../grpc-server/index.ts';
import { Signal } from '../timeline/signal.ts';
import type { Agent } from './agent.ts';

/** Name that an agent's certificate has to be for: as Cilium makes them, in the cluster that has no other name. */
function agentServerName(node: string): string {
  return `${node.replaceAll('.', '-')}.default.hubble-grpc.cilium.io`;
}

/** Announces every node once; the demo cluster's nodes do not come and go, they only fail. */
export function peerMethods(agents: readonly Agent[], tls: boolean): readonly Method[] {
  return [
    serverStream(peer.Peer.method.notify, async (_request, send, call) => {
      for (const agent of agents) {
        await send(
          create(peer.ChangeNotificationSchema, {
            name: agent.node.name,
            address: agent.address,
            type: peer.ChangeNotificationType.PEER_ADDED,
            ...(tls ? { tls: { serverName: agentServerName(agent.node.name) } } : {}),
          }),
        );
      }
      const never = new Signal();
      while (!call.signal.aborted) await never.wait(call.signal);
      call.throwIfAborted();
    }),
  ];
}
