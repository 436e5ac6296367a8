// A stretch of network that can stop: bytes go through until they are held back, without a word to either end, or cut.

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type Network = AsyncDisposable & {
  readonly port: number;
  /** Nothing goes through any more, in either direction; connections stay. */
  readonly stop: () => void;
  /** What was held back goes on. */
  readonly goOn: () => void;
  /** Every connection is reset. */
  readonly cut: () => void;
};

/** Leads from `port` of the answer to `toPort`, both on this machine. */
export async function startNetwork(toPort: number): Promise<Network> {
  const sockets = new Set<Socket>();
  let stopped = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    if (stopped) socket.pause();
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((near) => {
    const far = connect({ port: toPort, host: '127.0.0.1' });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => {
        if (!to.write(bytes)) from.pause();
      });
      to.on('drain', () => {
        if (!stopped) from.resume();
      });
      from.on('end', () => to.end());
      from.on('close', () => to.destroy());
      keep(from);
    }
  });
  server.listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  const cut = (): void => sockets.forEach((socket) => socket.resetAndDestroy());
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: () => {
      stopped = true;
      sockets.forEach((socket) => socket.pause());
    },
    goOn: () => {
      stopped = false;
      sockets.forEach((socket) => socket.resume());
    },
    cut,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
