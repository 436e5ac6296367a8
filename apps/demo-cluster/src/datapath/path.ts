// The way of a packet between two endpoints with native routing, and who reports it. Medium monitor aggregation: only
// where a packet leaves a node or arrives at an endpoint.
//
//   client ---- to-network (client's node) ----> to-endpoint or to-proxy (server's node) ---- server
//   client <--- to-endpoint (client's node) <--- to-network (server's node)  ---------------- server
//   on one node only the arrival is reported; a host as client gets replies at to-stack
//   outside the cluster nobody reports anything
//   with WireGuard what goes from pod to pod of another node is seen leaving only as what carries it, from node to node
//   and marked as encrypted; hosts send and get theirs in the open

import type { TrafficEndpoint } from './endpoint.ts';
import { type Packet, type Trace, traceFlow, TracePoint, type Transport } from './flows.ts';
import { HOP_NS, type Network, type Script } from './network.ts';

export type Path = {
  readonly client: TrafficEndpoint;
  readonly server: TrafficEndpoint;
  readonly clientPort: number;
  readonly serverPort: number;
  /** 0 unless the proxy on the server's node is in between. */
  readonly proxyPort: number;
};

const WIREGUARD_PORT = 51_871;

export type Payload =
  | { readonly protocol: 'TCP'; readonly flags: Extract<Transport, { protocol: 'TCP' }>['flags'] }
  | { readonly protocol: 'UDP' };

/** The packet's header for one of the two ways. */
export function transportOf(path: Path, payload: Payload, reply: boolean): Transport {
  const [sourcePort, destinationPort] = reply
    ? [path.serverPort, path.clientPort]
    : [path.clientPort, path.serverPort];
  return payload.protocol === 'TCP'
    ? { protocol: 'TCP', sourcePort, destinationPort, flags: payload.flags }
    : { protocol: 'UDP', sourcePort, destinationPort };
}

/** The client's node sees the packet leave, when it leaves. */
export function leaveClient(script: Script, path: Path, payload: Payload, isFirst: boolean): void {
  const { client, server } = path;
  if (client.node === server.node || client.node < 0) return;
  const transport = transportOf(path, payload, false);
  const packet = { source: client, destination: server, transport, observer: client.node } as const;
  const reason = isFirst ? 'new' : 'established';
  leaveNode(script, { ...packet, direction: 'egress' }, reason);
}

/**
 * A packet goes from one node to another, or out of the cluster. As in Cilium's datapath without encryption of nodes: a
 * packet for the tunnel turns off before the trace at the network device, which the encrypted one then passes.
 */
function leaveNode(script: Script, packet: Packet, reason: Trace['reason']): void {
  const from = packet.observer;
  const carrier = carrierOf(script.network, packet);
  script.observe(
    from,
    carrier === undefined
      ? traceFlow(packet, { point: TracePoint.TO_NETWORK, reason })
      : traceFlow(carrier, { point: TracePoint.TO_NETWORK, reason: 'established', encrypted: true }),
  );
  script.wait(HOP_NS);
}

/** The packet between two nodes that carries this one; undefined for one that goes in the open. */
function carrierOf({ encrypts, hosts }: Network, packet: Packet): Packet | undefined {
  const from = packet.observer;
  const [source, destination] = [hosts[from], hosts[packet.destination.node]];
  if (!encrypts() || source === undefined || destination === undefined) return undefined;
  if (isHost(packet.source) || isHost(packet.destination)) return undefined;
  const transport: Transport = {
    protocol: 'UDP',
    sourcePort: WIREGUARD_PORT,
    destinationPort: WIREGUARD_PORT,
  };
  return { source, destination, transport, observer: from, direction: 'egress' };
}

const HOST_IDENTITY = 1;

function isHost(endpoint: TrafficEndpoint): boolean {
  return endpoint.kind === 'entity' && endpoint.identity === HOST_IDENTITY;
}

/** The server's node delivers it to the server, or to the proxy before it. */
export function reachServer(script: Script, path: Path, payload: Payload, isFirst: boolean): void {
  const { client, server, proxyPort } = path;
  if (server.node < 0) return;
  const transport = transportOf(path, payload, false);
  const arrival = server.kind === 'pod' ? TracePoint.TO_ENDPOINT : TracePoint.TO_HOST;
  const point = proxyPort > 0 ? TracePoint.TO_PROXY : arrival;
  script.observe(
    server.node,
    traceFlow(
      { source: client, destination: server, transport, observer: server.node, direction: 'ingress' },
      { point, reason: isFirst ? 'new' : 'established', proxyPort },
    ),
  );
}

/** Both halves of a packet to the server. */
export function sendToServer(script: Script, path: Path, payload: Payload, isFirst = false): void {
  leaveClient(script, path, payload, isFirst);
  reachServer(script, path, payload, isFirst);
}

/** A packet back to the client. */
export function sendToClient(script: Script, path: Path, payload: Payload): void {
  const { client, server } = path;
  const transport = transportOf(path, payload, true);
  const packet = { source: server, destination: client, transport } as const;
  if (client.kind === 'entity' && client.node === server.node) {
    const atServer = { ...packet, observer: server.node, direction: 'ingress' } as const;
    script.observe(server.node, traceFlow(atServer, { point: TracePoint.TO_STACK, reason: 'reply' }));
    return;
  }
  if (server.node < 0) script.wait(HOP_NS);
  else if (client.node !== server.node) {
    leaveNode(script, { ...packet, observer: server.node, direction: 'ingress' }, 'reply');
  }
  if (client.kind === 'pod') {
    const atClient = { ...packet, observer: client.node, direction: 'egress' } as const;
    script.observe(client.node, traceFlow(atClient, { point: TracePoint.TO_ENDPOINT, reason: 'reply' }));
  }
}

/** A packet of the client that the proxy on its own node takes before it leaves. */
export function sendToOwnProxy(script: Script, path: Path, payload: Payload, isFirst = false): void {
  const { client, server, proxyPort } = path;
  const transport = transportOf(path, payload, false);
  script.observe(
    client.node,
    traceFlow(
      { source: client, destination: server, transport, observer: client.node, direction: 'egress' },
      { point: TracePoint.TO_PROXY, reason: isFirst ? 'new' : 'established', proxyPort },
    ),
  );
}

/** A packet that the proxy on the client's node sends it in the name of the server. */
export function answerFromOwnProxy(script: Script, path: Path, payload: Payload): void {
  const { client, server } = path;
  const transport = transportOf(path, payload, true);
  script.observe(
    client.node,
    traceFlow(
      { source: server, destination: client, transport, observer: client.node, direction: 'egress' },
      { point: TracePoint.TO_ENDPOINT, reason: 'reply' },
    ),
  );
}

/** A packet of the server that the proxy on its node takes instead of the client. */
export function replyToProxy(script: Script, path: Path, payload: Payload): void {
  const { client, server, proxyPort } = path;
  const transport = transportOf(path, payload, true);
  script.observe(
    server.node,
    traceFlow(
      { source: server, destination: client, transport, observer: server.node, direction: 'ingress' },
      { point: TracePoint.TO_PROXY, reason: 'reply', proxyPort },
    ),
  );
}

const PROXY_PORTS = { first: 10_240, last: 19_999 };

/** The port on which the proxy of an endpoint's node takes its connections. */
export function proxyPortOf({ id }: TrafficEndpoint): number {
  return PROXY_PORTS.first + ((id * 7919) % (PROXY_PORTS.last - PROXY_PORTS.first));
}
