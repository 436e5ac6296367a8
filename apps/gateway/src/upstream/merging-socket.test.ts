import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect, createServer, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { encodeFrame } from '@finderscope/grpc-wire';
import { afterEach, describe, expect, test } from 'vitest';
import { startRawRelay } from '../testing/raw-relay.ts';
import { MAX_FRAME_BYTES, MergingSocket } from './merging-socket.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0).toReversed()) stop();
});

/** A server that treats its one connection as told; its port. */
async function serve(accept: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    stops.push(() => socket.destroy());
    accept(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** With its own reads as without TLS, or with the events of the socket as with TLS. */
function open(port: number, readsItself: boolean): { merging: MergingSocket; socket: Socket } {
  const merging = new MergingSocket();
  const own = readsItself ? { onread: merging.readItself() } : {};
  const socket = connect({ host: '127.0.0.1', port, ...own });
  stops.push(() => socket.destroy());
  merging.attach(socket);
  return { merging, socket };
}

describe.each([true, false])('MergingSocket, reads itself: %s', (readsItself) => {
  test('what waits for the reader stays as it came', async () => {
    let server: Socket | undefined;
    const { merging } = open(
      await serve((socket) => {
        server = socket;
      }),
      readsItself,
    );
    merging.pause();
    // None of it is a frame that could be merged: the first one goes on for 16 MB.
    const pieces = [0xff, 0xfe, 0xfd].map((byte) => Buffer.alloc(1000, byte));
    for (const [i, piece] of pieces.entries()) {
      await expect.poll(() => server).toBeDefined();
      server?.write(piece);
      await expect.poll(() => merging.readableLength).toBe((i + 1) * 1000);
    }
    server?.end();
    expect(Buffer.concat(await merging.toArray()).equals(Buffer.concat(pieces))).toBe(true);
  });

  test('what waits when the connection has ended is still read', async () => {
    const { merging, socket } = open(await serve((server) => server.end('x'.repeat(1000))), readsItself);
    merging.pause();
    const closed = once(socket, 'close');
    socket.resume();
    await closed;
    for (let i = 0; i < 5; i++) await turn();
    expect(Buffer.concat(await merging.toArray()).toString()).toBe('x'.repeat(1000));
  });

  test('a connection that the server has ended is closed without an error', async () => {
    const { merging, socket } = open(await serve((server) => server.end('x')), readsItself);
    const errors: unknown[] = [];
    merging.on('error', (error) => errors.push(error));
    merging.resume();
    await once(socket, 'close');
    merging.end();
    if (!merging.closed) await once(merging, 'close');
    expect(errors).toEqual([]);
  });

  test('nothing is lost when the reader stops now and then', async () => {
    const bytes = randomBytes(24 * 1024 * 1024);
    bytes.set([0xff, 0xff, 0xff, 0xff], 0);
    const { merging } = open(await serve((socket) => socket.end(bytes)), readsItself);
    const got: Buffer[] = [];
    merging.on('data', (piece: Buffer) => {
      // As HTTP/2 does: what is given is copied at once.
      got.push(Buffer.from(piece));
      if (got.length % 7 !== 0) return;
      merging.pause();
      setImmediate(() => merging.resume());
    });
    await once(merging, 'end');
    expect(Buffer.concat(got).equals(bytes)).toBe(true);
  });

  test('a reader that stops stops the server', async () => {
    const bytes = Buffer.alloc(64 * 1024 * 1024, 0xff);
    let source: Socket | undefined;
    const port = await serve((socket) => {
      source = socket;
      socket.write(bytes);
    });
    const { merging, socket } = open(port, readsItself);
    merging.pause();
    await once(socket, 'connect');
    let before = -1;
    while (socket.bytesRead !== before || before === 0) {
      before = socket.bytesRead;
      for (let i = 0; i < 50; i++) await turn();
    }
    expect(merging.readableLength).toBeLessThan(1024 * 1024);
    expect(source?.writableLength).toBeGreaterThan(0);
  });

  test('its end, its loss and its being closed are passed on', async () => {
    const ended = open(await serve((socket) => socket.end('x')), readsItself);
    ended.merging.resume();
    await once(ended.merging, 'end');
    await once(ended.merging, 'close');

    const port = await serve((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const lost = open(port, readsItself);
    lost.merging.resume();
    lost.merging.write('x');
    const [error] = await once(lost.merging, 'error');
    expect(error).toMatchObject({ code: 'ECONNRESET' });

    const closed = open(await serve(() => undefined), readsItself);
    await once(closed.socket, 'connect');
    closed.merging.destroy();
    await once(closed.socket, 'close');
  });

  test('HTTP/2 gets the same bytes in far fewer pieces', async () => {
    const frame = encodeFrame(randomBytes(723));
    const count = 20_000;
    const relay = await startRawRelay(frame, count);
    stops.push(() => void relay.stop());
    const { merging } = open(relay.port, readsItself);
    const session: ClientHttp2Session = connectHttp2('http://relay', {
      createConnection: () => merging,
      settings: { initialWindowSize: 1 << 22, maxFrameSize: MAX_FRAME_BYTES },
    });
    stops.push(() => session.destroy());
    const stream = session.request({ ':method': 'POST', ':path': '/x' });
    let trailers: unknown;
    stream.on('trailers', (headers) => {
      trailers = headers;
    });
    stream.end();
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece);
    const all = Buffer.concat(pieces);
    expect(all.equals(Buffer.concat(Array<Uint8Array>(count).fill(frame)))).toBe(true);
    expect(pieces.length).toBeLessThan(count / 10);
    expect(trailers).toMatchObject({ 'grpc-status': '0' });
  });
});
