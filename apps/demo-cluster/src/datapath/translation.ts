// Socket load balancing on the client's node: the service's address becomes a backend's before any packet leaves.

import { serviceEndpoint, type TrafficEndpoint } from './endpoint.ts';
import { type SocketEvent, socketFlow } from './flows.ts';
import type { Network, Script, Service } from './network.ts';
import type { Path } from './path.ts';

/** A connected socket, as its later events name it. */
export type TranslatedSocket = {
  readonly toService: Omit<SocketEvent, 'point'>;
  readonly toBackend: Omit<SocketEvent, 'point'>;
};

/** The two events of connect(); only pods have them here. */
export function translateForward(
  script: Script,
  network: Network,
  client: TrafficEndpoint,
  service: Service,
  backend: TrafficEndpoint,
  protocol: 'TCP' | 'UDP',
): TranslatedSocket {
  const common = {
    client,
    protocol,
    remotePort: service.port,
    cookie: BigInt(network.random.between(4096, 1_000_000)),
    cgroupId: BigInt(9000 + client.id),
  };
  const toService = { ...common, remote: serviceEndpoint(service), service };
  const backendPort = service.targetPort ?? service.port;
  const toBackend = { ...common, remotePort: backendPort, remote: backend, service: undefined };
  script.observe(client.node, socketFlow({ ...toService, point: 'pre-fwd' }));
  script.observe(client.node, socketFlow({ ...toBackend, point: 'post-fwd' }));
  return { toService, toBackend };
}

/** The two events when the socket is asked for its peer, or receives a datagram. */
export function translateReverse(script: Script, { toService, toBackend }: TranslatedSocket): void {
  script.observe(toBackend.client.node, socketFlow({ ...toBackend, point: 'pre-rev' }));
  script.observe(toService.client.node, socketFlow({ ...toService, point: 'post-rev' }));
}

/** A server that asks an accepted socket for its peer: the address is no service's, so it stays as it is. */
export function translateAccept(script: Script, { client, server, clientPort }: Path): void {
  if (server.kind !== 'pod') return;
  const { random } = script.network;
  script.observe(
    server.node,
    socketFlow({
      point: 'pre-rev',
      client: server,
      remote: client,
      service: undefined,
      protocol: 'TCP',
      remotePort: clientPort,
      cookie: BigInt(random.between(4096, 1_000_000)),
      cgroupId: BigInt(9000 + server.id),
    }),
  );
}
