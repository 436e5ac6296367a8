import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort, waitForPort } from './ports.mjs';

async function listen() {
  const server = createServer((socket) => socket.end());
  server.listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  return { server, port: server.address().port };
}

test('a port that is taken is passed over', async () => {
  const { server, port } = await listen();
  const other = await freePort(port);
  expect(other).not.toBe(port);
  expect(other).toBeGreaterThan(0);
  server.close();
  await once(server, 'close');
  expect(await freePort(port)).toBe(port);
});

test('waiting ends when the port accepts, or when it is called off', async () => {
  const { server, port } = await listen();
  expect(await waitForPort(port, new AbortController().signal)).toBe(true);
  server.close();
  await once(server, 'close');
  expect(await waitForPort(port, AbortSignal.abort())).toBe(false);
});
