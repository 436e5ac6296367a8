import { connect } from 'node:http2';

import { create } from '@bufbuild/protobuf';
import { encodeFrame, GrpcCode, GrpcError, writeFrameHeader } from '@finderscope/grpc-wire';
import { health, Observer, ServerStatusResponseSchema } from '@finderscope/hubble-api';
import { afterEach, describe, expect, test } from 'vitest';

import { TEST_CA, TEST_CLIENT, TEST_SERVER } from '../testing/certificates.ts';
import { TestClient } from '../testing/grpc-client.ts';
import { type GrpcServer, type GrpcServerOptions, startGrpcServer } from './server.ts';
import { type Method, serverStream, unary, unimplemented } from './method.ts';

const { SERVING } = health.HealthCheckResponse_ServingStatus;

const opened: { close: () => unknown }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function serve(
  methods: readonly Method[],
  options: Partial<GrpcServerOptions> = {},
): Promise<{ server: GrpcServer; client: TestClient }> {
  const server = await startGrpcServer({ host: '127.0.0.1', port: 0, methods, ...options });
  const client = new TestClient(server.address);
  opened.push({ close: () => server.stop(0) }, client);
  return { server, client };
}

const check = unary(health.Health.method.check, ({ service }) => {
  if (service === 'bad') throw new GrpcError(GrpcCode.NOT_FOUND, 'no ünknown 100%');
  if (service === 'bug') throw new TypeError('oops');
  return create(health.HealthCheckResponseSchema, { status: SERVING });
});

describe('unary calls', () => {
  test('answer with initial metadata, one message and OK', async () => {
    const { client } = await serve([check], { initialMetadata: { 'hubble-relay-version': '1.2.3' } });
    const { messages, end } = await client.all(health.Health.method.check, {});
    expect(messages.map(({ status }) => status)).toEqual([SERVING]);
    expect(end).toMatchObject({ code: 0, message: '', leftover: 0 });
    expect(end.headers).toMatchObject({
      ':status': 200,
      'content-type': 'application/grpc',
      'hubble-relay-version': '1.2.3',
    });
  });

  test('a GrpcError becomes the status, escaped', async () => {
    const { client } = await serve([check]);
    const { end } = await client.all(health.Health.method.check, { service: 'bad' });
    expect(end).toMatchObject({ code: GrpcCode.NOT_FOUND, message: 'no ünknown 100%' });
  });

  test('any other error is UNKNOWN and reported as a bug', async () => {
    const bugs: unknown[] = [];
    const { client } = await serve([check], { onBug: (error) => bugs.push(error) });
    const { end } = await client.all(health.Health.method.check, { service: 'bug' });
    expect(end).toMatchObject({ code: GrpcCode.UNKNOWN, message: 'oops' });
    expect(bugs).toHaveLength(1);
  });

  test('hundreds on one connection', async () => {
    const { client } = await serve([check]);
    const ends = await Promise.all(
      Array.from({ length: 300 }, () => client.all(health.Health.method.check, {})),
    );
    expect(ends.every(({ end, messages }) => end.code === 0 && messages.length === 1)).toBe(true);
  });
});

describe('what is not offered', () => {
  test.each([
    ['/grpc.health.v1.Health/Nope', 'unknown method Nope for service grpc.health.v1.Health'],
    ['/no.Service/Check', 'unknown service no.Service'],
    ['/only', 'malformed method name: "/only"'],
  ])('%s', async (path, message) => {
    const { client } = await serve([check]);
    const call = client.raw(path, encodeFrame(new Uint8Array(0)), ServerStatusResponseSchema);
    expect(await call.end).toMatchObject({ code: GrpcCode.UNIMPLEMENTED, message });
  });

  test('a method with a text of its own', async () => {
    const { client } = await serve([unimplemented(Observer.method.getNodes, 'GetNodes not implemented')]);
    const { end } = await client.all(Observer.method.getNodes, {});
    expect(end).toMatchObject({ code: GrpcCode.UNIMPLEMENTED, message: 'GetNodes not implemented' });
  });

  test.each([
    ['GET', 'application/grpc', 405],
    ['POST', 'application/json', 415],
    ['POST', 'application/grpc-web', 415],
  ])('%s of %s is HTTP %i', async (method, contentType, status) => {
    const { server } = await serve([check]);
    const session = connect(`http://${server.address}`);
    opened.push({ close: () => session.destroy() });
    const stream = session.request({
      ':method': method,
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': contentType,
    });
    const got = await new Promise((resolve) => {
      stream.on('response', (headers) => resolve(headers[':status']));
      stream.end();
    });
    expect(got).toBe(status);
  });
});

describe('requests', () => {
  const path = '/grpc.health.v1.Health/Check';

  test('above the size limit are refused before they are read', async () => {
    const { client } = await serve([check], { maxRequestBytes: 100 });
    const header = new Uint8Array(5);
    writeFrameHeader(header, 0, 101);
    const call = client.raw(path, header, health.HealthCheckResponseSchema);
    expect(await call.end).toMatchObject({
      code: GrpcCode.RESOURCE_EXHAUSTED,
      message: 'grpc: received message larger than max (101 vs. 100)',
    });
  });

  test('that are compressed are refused', async () => {
    const { client } = await serve([check]);
    const call = client.raw(path, encodeFrame(new Uint8Array(3), 1), health.HealthCheckResponseSchema);
    expect((await call.end).code).toBe(GrpcCode.UNIMPLEMENTED);
  });

  test.each([
    ['that end early', new Uint8Array([0, 0, 0, 0, 9, 1])],
    ['that are no message', encodeFrame(new Uint8Array([0xff, 0xff, 0xff]))],
  ])('%s are an internal error', async (_, body) => {
    const { client } = await serve([check]);
    const call = client.raw(path, body, health.HealthCheckResponseSchema);
    expect((await call.end).code).toBe(GrpcCode.INTERNAL);
  });
});

describe('streams', () => {
  function watch(run: (signal: AbortSignal) => Promise<void>): Method {
    return serverStream(health.Health.method.watch, async (_request, send, call) => {
      await send(create(health.HealthCheckResponseSchema, { status: SERVING }));
      await run(call.signal);
    });
  }

  const untilAborted = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        resolve();
      });
    });

  test('a deadline ends them, after what was sent', async () => {
    const { client } = await serve([watch(untilAborted)]);
    const { messages, end } = await client.all(health.Health.method.watch, {}, { 'grpc-timeout': '30m' });
    expect(messages).toHaveLength(1);
    expect(end).toMatchObject({ code: GrpcCode.DEADLINE_EXCEEDED, message: 'context deadline exceeded' });
  });

  test('a malformed deadline is refused', async () => {
    const { client } = await serve([watch(untilAborted)]);
    const { end } = await client.all(health.Health.method.watch, {}, { 'grpc-timeout': 'soon' });
    expect(end.code).toBe(GrpcCode.INTERNAL);
  });

  test('the method hears of a client that leaves', async () => {
    const { promise: left, resolve } = Promise.withResolvers<unknown>();
    const { client } = await serve([
      watch(async (signal) => {
        await untilAborted(signal);
        resolve(signal.reason);
      }),
    ]);
    const call = client.call(health.Health.method.watch, {});
    await call.next();
    call.cancel();
    expect(await left).toMatchObject({ code: GrpcCode.CANCELLED });
  });

  test('a client that does not read holds the method back', async () => {
    const chunk = encodeFrame(new Uint8Array(60_000));
    let written = 0;
    const { promise: stalled, resolve } = Promise.withResolvers<void>();
    const { server } = await serve([
      serverStream(health.Health.method.watch, async (_request, _send, call) => {
        for (;;) {
          const write = call.writeFrames(chunk);
          written++;
          if ((await Promise.race([write.then(() => 'taken'), idleTurns(50)])) === 'idle') {
            resolve();
            await write;
          }
        }
      }),
    ]);
    const session = connect(`http://${server.address}`);
    opened.push({ close: () => session.destroy() });
    const stream = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Watch',
      'content-type': 'application/grpc',
    });
    stream.on('error', () => undefined);
    stream.end(encodeFrame(new Uint8Array(0)));
    await stalled;
    // One window of 64 KB, and what the stream takes above it.
    expect(written).toBeLessThan(10);
  });

  async function idleTurns(turns: number): Promise<'idle'> {
    for (let i = 0; i < turns; i++) await new Promise((done) => setTimeout(done, 1));
    return 'idle';
  }

  test('a stop ends them with UNAVAILABLE', async () => {
    const { client, server } = await serve([watch(untilAborted)]);
    const call = client.call(health.Health.method.watch, {});
    await call.next();
    const stopped = server.stop();
    expect(await call.end).toMatchObject({ code: GrpcCode.UNAVAILABLE });
    await stopped;
  });

  test('many frames of one write arrive as many messages', async () => {
    const one = encodeFrame(new Uint8Array([8, 1]));
    const many = new Uint8Array(one.length * 500);
    for (let i = 0; i < 500; i++) many.set(one, i * one.length);
    const { client } = await serve([
      serverStream(health.Health.method.watch, (_request, _send, call) => call.writeFrames(many)),
    ]);
    const { messages, end } = await client.all(health.Health.method.watch, {});
    expect(messages).toHaveLength(500);
    expect(end.code).toBe(0);
  });
});

describe('TLS', () => {
  test('1.3 with ALPN h2, and a client certificate when asked for', async () => {
    const { server } = await serve([check], { tls: { ...TEST_SERVER, clientCa: TEST_CA } });
    const client = new TestClient(server.address, { ca: TEST_CA, ...TEST_CLIENT });
    opened.push(client);
    const { end } = await client.all(health.Health.method.check, {});
    expect(end.code).toBe(0);
    expect(client.session.alpnProtocol).toBe('h2');
  });

  test('a client without the certificate is turned away', async () => {
    const { server } = await serve([check], { tls: { ...TEST_SERVER, clientCa: TEST_CA } });
    const client = new TestClient(server.address, { ca: TEST_CA });
    opened.push(client);
    const { messages, end } = await client.all(health.Health.method.check, {});
    expect(messages).toEqual([]);
    expect(end.code).toBe(-1);
  });
});

test('an address in use rejects', async () => {
  const { server } = await serve([check]);
  await expect(startGrpcServer({ host: '127.0.0.1', port: server.port, methods: [] })).rejects.toThrow(
    'EADDRINUSE',
  );
});
