// Traffic that every cluster has: the kubelet's probes of pods, and the health probes between nodes.

import { admit } from './admission.ts';
import { traceFlow, TracePoint } from './flows.ts';
import type { Pod, ReservedEntity } from './endpoint.ts';
import { ephemeralPort, HOP_NS, type Network, Script } from './network.ts';
import { type Path, sendToClient, sendToServer } from './path.ts';

/** The host of a pod's node opens a connection to it and closes it again. */
export function probePod(network: Network, host: ReservedEntity, target: Pod, port: number): void {
  const script = new Script(network);
  const path: Path = {
    client: host,
    server: target,
    clientPort: ephemeralPort(network.random),
    serverPort: port,
    proxyPort: 0,
  };
  sendToServer(script, path, { protocol: 'TCP', flags: ['SYN'] }, true);
  sendToClient(script, path, { protocol: 'TCP', flags: ['SYN', 'ACK'] });
  sendToServer(script, path, { protocol: 'TCP', flags: ['ACK'] });
  sendToServer(script, path, { protocol: 'TCP', flags: ['ACK', 'PSH'] });
  sendToClient(script, path, { protocol: 'TCP', flags: ['ACK', 'PSH'] });
  sendToServer(script, path, { protocol: 'TCP', flags: ['ACK', 'FIN'] });
  sendToClient(script, path, { protocol: 'TCP', flags: ['ACK', 'FIN'] });
}

const ECHO_REQUEST = { protocol: 'ICMP', type: 8, summary: 'ICMPv4 EchoRequest' } as const;
const ECHO_REPLY = { protocol: 'ICMP', type: 0, summary: 'ICMPv4 EchoReply' } as const;

/** Another node pings the health endpoint of a node. */
export function pingHealth(network: Network, from: ReservedEntity, health: ReservedEntity): void {
  const script = new Script(network);
  const { node } = health;
  const common = { observer: node, direction: 'ingress' } as const;
  script.wait(HOP_NS);
  if (admit(script, network, { client: from, server: health }, 'ingress', ECHO_REQUEST).kind === 'denied')
    return;
  script.observe(
    node,
    traceFlow(
      { ...common, source: from, destination: health, transport: ECHO_REQUEST },
      { point: TracePoint.TO_ENDPOINT, reason: 'new' },
    ),
  );
  script.observe(
    node,
    traceFlow(
      { ...common, source: health, destination: from, transport: ECHO_REPLY },
      { point: TracePoint.TO_NETWORK, reason: 'reply' },
    ),
  );
}
