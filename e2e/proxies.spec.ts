// Streams through the proxies that people have: nginx, HAProxy and Envoy, HTTP/1.1 and HTTP/2 with TLS, under a
// sub-path, converted to gRPC on the way; silent for far longer than their time-outs, and busy. Skipped, by name, where
// the proxy is not installed. Time runs sixty times as fast: signs of life come after a sixtieth of the usual time, and
// time-outs are short.

import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { PassThrough, type Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { encodeFrame, FLAG_TRAILERS, readFrames } from '@finderscope/grpc-wire';
import { GetFlowsRequestSchema, GetFlowsResponseSchema, Observer } from '@finderscope/hubble-api';
import { readCommand, startGateway } from '@finderscope/gateway';
import { type FlowStream, startFakeRelay } from './support/fake-relay.ts';
import { hasProxy, type Proxy, startProxy } from './support/proxies.ts';
import { PROXY_CASES, type ProxyCase } from './support/proxy-cases.ts';
import { expect, test } from './support/test.ts';

const PATH = `/${Observer.typeName}/GetFlows`;
const BODY = Buffer.from(
  encodeFrame(
    toBinary(GetFlowsRequestSchema, create(GetFlowsRequestSchema, { follow: true, number: 4095n })),
  ),
);
/** The gateway's 20 seconds, sixty times as fast. */
const KEEP_ALIVE_MS = 20_000 / 60;
const SIGNS_PER_HOUR = 3600 / 20;

/** One call through the proxy, its body as it arrives. */
function open(
  proxy: Proxy,
  { http2, prefix }: ProxyCase,
): { readonly body: Readable; readonly close: () => void } {
  const headers = { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1' };
  if (http2) {
    const session = connectHttp2(`https://localhost:${proxy.port}`, { ca: readFileSync(proxy.ca) });
    const stream = session.request({ ':method': 'POST', ':path': prefix + PATH, ...headers });
    stream.end(BODY);
    return { body: stream, close: () => session.destroy() };
  }
  const request = httpRequest({
    host: '127.0.0.1',
    port: proxy.port,
    path: prefix + PATH,
    method: 'POST',
    headers: { ...headers, 'content-length': BODY.length },
  });
  const body = new PassThrough();
  request.on('response', (response) => {
    response.on('error', (error) => body.destroy(error));
    response.pipe(body);
  });
  request.on('error', (error) => body.destroy(error));
  request.end(BODY);
  return {
    body,
    close: () => {
      // What it then says of the connection is no news.
      body.on('error', () => undefined);
      request.destroy();
    },
  };
}

/** The uuids of flows, and 'alive' for each sign of life, as they come. */
async function* events(body: Readable): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of body) {
    const bytes = Buffer.concat([rest, Buffer.from(chunk)]);
    const { frames, restBytes } = readFrames(bytes);
    rest = bytes.subarray(bytes.length - restBytes);
    for (const { flags, message } of frames) {
      if ((flags & FLAG_TRAILERS) !== 0) return;
      const { responseTypes } = fromBinary(GetFlowsResponseSchema, message);
      yield responseTypes.case === 'flow' ? responseTypes.value.uuid : 'alive';
    }
  }
}

/** A stream of the fake Relay's, through gateway and proxy. */
type Stream = AsyncDisposable & {
  /** The Relay's end. */
  readonly send: (uuid: string) => void;
  /** The browser's end. */
  readonly arriving: AsyncGenerator<string>;
};

async function openStream(one: ProxyCase): Promise<Stream> {
  await using stack = new AsyncDisposableStack();
  const streams: FlowStream[] = [];
  const relay = stack.use(await startFakeRelay((stream) => streams.push(stream)));
  const command = readCommand(
    ['--listen', '127.0.0.1:0', '--log-level', 'silent', '--server', relay.address],
    {},
  );
  if (!command.ok || command.value.action !== 'run') throw new Error('the options are wrong');
  const started = await startGateway(command.value.config, { clientKeepAliveMs: KEEP_ALIVE_MS });
  if (!started.ok) throw new Error(started.error);
  const gateway = started.value;
  stack.defer(() => gateway.stop());
  const proxy = stack.use(await startProxy(one.kind, gateway.port, one.configure));
  const call = open(proxy, one);
  stack.defer(call.close);
  const owned = stack.move();
  return {
    send: (uuid) => streams[0]?.send(flow(uuid)),
    arriving: events(call.body),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function expectSilence({ arriving }: Stream, signs: number): Promise<void> {
  const silence: string[] = [];
  while (silence.length < signs) silence.push((await arriving.next()).value ?? 'ended');
  expect(new Set(silence)).toEqual(new Set(['alive']));
}

for (const one of PROXY_CASES) {
  test(one.name, async () => {
    test.skip(!hasProxy(one.kind), `${one.kind} is not installed: NOT TESTED`);
    await using stream = await openStream(one);
    // The proxy would have hung up before the last of them.
    await expectSilence(stream, 12);
    // One flow, not held back until a buffer is full.
    stream.send('first');
    expect(await nextFlow(stream.arriving)).toBe('first');
    // Busy: many, all of them, in order.
    const uuids = Array.from({ length: 20_000 }, (_, i) => `${i}`);
    const [got] = await Promise.all([readFlowIds(stream.arriving, uuids.length), sendAll(stream, uuids)]);
    expect(got).toEqual(uuids);
  });
}

test('an hour of silence, through all of them', async () => {
  test.setTimeout(180_000);
  const here = PROXY_CASES.filter(({ kind }) => hasProxy(kind));
  test.skip(here.length === 0, 'no proxy is installed: NOT TESTED');
  await Promise.all(
    here.map(async (one) => {
      await using stream = await openStream(one);
      await expectSilence(stream, SIGNS_PER_HOUR);
      stream.send(one.name);
      expect(await nextFlow(stream.arriving)).toBe(one.name);
    }),
  );
});

/** Relay, gateway and browser are one process here: whoever sends lets the others breathe. */
async function sendAll(stream: Stream, uuids: readonly string[]): Promise<void> {
  for (const [i, uuid] of uuids.entries()) {
    stream.send(uuid);
    if (i % 200 === 0) await setImmediate();
  }
}

async function readFlowIds(arriving: Stream['arriving'], count: number): Promise<readonly unknown[]> {
  const got: unknown[] = [];
  while (got.length < count) got.push(await nextFlow(arriving));
  return got;
}

async function nextFlow(arriving: AsyncGenerator<string>): Promise<string | undefined> {
  for (;;) {
    const { value, done } = await arriving.next();
    if (done === true) return undefined;
    if (value !== 'alive') return value;
  }
}

function flow(uuid: string): Uint8Array {
  return toBinary(
    GetFlowsResponseSchema,
    create(GetFlowsResponseSchema, {
      responseTypes: { case: 'flow', value: { uuid, Summary: 'x'.repeat(500) } },
    }),
  );
}
