// TCP ports of this machine's loopback interface.

import { connect, createServer } from 'node:net';

/** `wanted` when it is free, else one that the system picks. */
export async function freePort(wanted, host = '127.0.0.1') {
  return (await tryListen(wanted, host)) ?? (await tryListen(0, host));
}

function tryListen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const { port: found } = server.address();
      server.close(() => resolve(found));
    });
  });
}

/** Resolves to true once the port accepts a connection, to false when the signal is aborted first. */
export async function waitForPort(port, signal, host = '127.0.0.1') {
  while (!signal.aborted) {
    if (await accepts(port, host)) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
}

function accepts(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
