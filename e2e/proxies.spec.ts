// Streams through the proxies that people have: nginx and HAProxy, HTTP/1.1 and HTTP/2 with TLS, under a sub-path, with
// time-outs far shorter than the silence. Skipped, by name, where the proxy is not installed.

import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { PassThrough, type Readable } from 'node:stream';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { encodeFrame, FLAG_TRAILERS, readFrames } from '@finderscope/grpc-wire';
import { GetFlowsRequestSchema, GetFlowsResponseSchema, Observer } from '@finderscope/hubble-api';
import { readCommand, startGateway } from '@finderscope/gateway';
import { type FlowStream, startFakeRelay } from './support/fake-relay.ts';
import {
  hasProxy,
  nginxConfig,
  type Proxy,
  type ProxyKind,
  type ProxyPlace,
  startProxy,
} from './support/proxies.ts';
import { expect, test } from './support/test.ts';

const PATH = `/${Observer.typeName}/GetFlows`;
const BODY = Buffer.from(
  encodeFrame(
    toBinary(GetFlowsRequestSchema, create(GetFlowsRequestSchema, { follow: true, number: 4095n })),
  ),
);
/** Idle time-out of the proxies. The signs of life come five times as often. */
const IDLE_S = 1;
const KEEP_ALIVE_MS = 200;
/** As many signs of life take three times the time-out. */
const SIGNS = 15;

type Case = {
  readonly name: string;
  readonly kind: ProxyKind;
  readonly http2: boolean;
  /** Where the proxy puts the gateway; '' or '/sub/path'. */
  readonly prefix: string;
  readonly configure: (place: ProxyPlace) => string;
};

const nginxTls = ({ port, files }: ProxyPlace): string =>
  `listen 127.0.0.1:${port} ssl http2; ssl_certificate ${files.cert}; ssl_certificate_key ${files.key};`;

const haproxy = (place: ProxyPlace, bind: string, server: string): string => `
global
  log stderr format raw local0 emerg
defaults
  mode http
  timeout connect 2s
  timeout client ${IDLE_S}s
  timeout server ${IDLE_S}s
frontend web
  bind 127.0.0.1:${place.port} ${bind}
  default_backend gateway
backend gateway
  server gateway 127.0.0.1:${place.gatewayPort} ${server}
`;

const CASES: readonly Case[] = [
  {
    name: 'nginx, HTTP/1.1, with the buffering that it has by default',
    kind: 'nginx',
    http2: false,
    prefix: '',
    configure: (place) =>
      nginxConfig(
        place,
        `listen 127.0.0.1:${place.port};`,
        `location / { proxy_pass http://127.0.0.1:${place.gatewayPort}; proxy_read_timeout ${IDLE_S}s; }`,
      ),
  },
  {
    name: 'nginx, HTTP/2 with TLS, under a sub-path that it strips',
    kind: 'nginx',
    http2: true,
    prefix: '/tools/finder',
    configure: (place) =>
      nginxConfig(
        place,
        nginxTls(place),
        `location /tools/finder/ { proxy_pass http://127.0.0.1:${place.gatewayPort}/; proxy_http_version 1.1; proxy_read_timeout ${IDLE_S}s; }`,
      ),
  },
  {
    name: 'HAProxy, HTTP/1.1',
    kind: 'haproxy',
    http2: false,
    prefix: '',
    configure: (place) => haproxy(place, '', ''),
  },
  {
    name: 'HAProxy, HTTP/2 with TLS in front and HTTP/2 behind',
    kind: 'haproxy',
    http2: true,
    prefix: '',
    configure: (place) => {
      const pem = `${place.folder}/both.pem`;
      writePem(pem, place);
      return haproxy(place, `ssl crt ${pem} alpn h2,http/1.1`, 'proto h2');
    },
  },
];

function writePem(file: string, { files }: ProxyPlace): void {
  writeFileSync(file, `${readFileSync(files.cert, 'utf8')}\n${readFileSync(files.key, 'utf8')}`);
}

/** One call through the proxy, its body as it arrives. */
function open(
  proxy: Proxy,
  { http2, prefix }: Case,
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

for (const one of CASES) {
  test(one.name, async () => {
    test.skip(!hasProxy(one.kind), `${one.kind} is not installed: NOT TESTED`);
    const streams: FlowStream[] = [];
    await using relay = await startFakeRelay((stream) => streams.push(stream));
    const command = readCommand(
      ['--listen', '127.0.0.1:0', '--log-level', 'silent', '--server', relay.address],
      {},
    );
    if (!command.ok || command.value.action !== 'run') throw new Error('the options are wrong');
    const started = await startGateway(command.value.config, { clientKeepAliveMs: KEEP_ALIVE_MS });
    if (!started.ok) throw new Error(started.error);
    const gateway = started.value;
    await using proxy = await startProxy(one.kind, gateway.port, one.configure);
    const call = open(proxy, one);
    try {
      const arriving = events(call.body);
      // Silence: the proxy would have hung up three times over.
      const silence: string[] = [];
      while (silence.length < SIGNS) silence.push((await arriving.next()).value ?? 'ended');
      expect(new Set(silence)).toEqual(new Set(['alive']));
      // One flow, not held back until a buffer is full.
      streams[0]?.send(flow('first'));
      expect(await nextFlow(arriving)).toBe('first');
      // Busy: many, all of them, in order.
      const uuids = Array.from({ length: 20_000 }, (_, i) => `${i}`);
      for (const uuid of uuids) streams[0]?.send(flow(uuid));
      const got: (string | undefined)[] = [];
      while (got.length < uuids.length) got.push(await nextFlow(arriving));
      expect(got).toEqual(uuids);
    } finally {
      call.close();
      await gateway.stop();
    }
  });
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
