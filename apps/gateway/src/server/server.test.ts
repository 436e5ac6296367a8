import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { connect as connectTcp, createServer } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { readCommand } from '../config/command.ts';
import { startGateway } from '../gateway.ts';
import { silentLogger } from '../operations/logger.ts';
import { makeCertificates, sign, writeFiles } from '../testing/certificates.ts';
import { callGrpc, callWeb } from '../testing/clients.ts';
import { answer, startFakeRelay } from '../testing/fake-relay.ts';
import { startTestGateway } from '../testing/start-gateway.ts';

const STATUS = 'observer.Observer/ServerStatus';
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function gatewayWithRelay(args: readonly string[] = []): ReturnType<typeof startTestGateway> {
  const relay = await startFakeRelay((call) =>
    answer(call, [Buffer.from('hello')], undefined, {
      'hubble-relay-version': '1.19.4',
      'set-cookie': 'a=b',
    }),
  );
  stops.push(() => relay.stop());
  const gateway = await startTestGateway([
    '--server',
    `127.0.0.1:${relay.port}`,
    '--shutdown-timeout',
    '200ms',
    ...args,
  ]);
  stops.push(() => gateway.stop());
  return gateway;
}

describe('one port', () => {
  test('the page answers to an address that holds a long filter', async () => {
    const gateway = await gatewayWithRelay();
    const request = httpRequest({
      host: '127.0.0.1',
      port: gateway.port,
      path: `/?q=${'pod:shop/cart+'.repeat(3500)}`,
    }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).not.toBe(431);
    expect(response.headers['content-security-policy']).toBeDefined();
  });

  test('bytes that come one by one are still told apart', async () => {
    const gateway = await gatewayWithRelay();
    const socket = connectTcp(gateway.port, '127.0.0.1');
    for (const char of 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n') {
      socket.write(char);
      await new Promise(setImmediate);
    }
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toContain('{"status":"ok"}');

    const h2 = connectTcp(gateway.port, '127.0.0.1');
    const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0';
    for (const char of preface) {
      h2.write(Buffer.from(char, 'latin1'));
      await new Promise(setImmediate);
    }
    const [first] = (await once(h2, 'data')) as [Buffer];
    // A SETTINGS frame.
    expect(first[3]).toBe(4);
    h2.destroy();
  });

  test('a request that merely starts like HTTP/2 is HTTP/1', async () => {
    const gateway = await gatewayWithRelay();
    const socket = connectTcp(gateway.port, '127.0.0.1');
    socket.write('PRI /x HTTP/1.1\r\nHost: x\r\n\r\n');
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1\.1 4\d\d/);
    socket.destroy();
  });

  test('localhost means IPv4 and IPv6', async () => {
    const gateway = await startTestGateway(['--listen', 'localhost:0']);
    stops.push(() => gateway.stop());
    expect((await fetch(`http://127.0.0.1:${gateway.port}/healthz`)).status).toBe(200);
    expect(gateway.url).toBe(`http://localhost:${gateway.port}/`);
    expect(await answersOnIpv6(gateway.port)).toBe(await hasIpv6());
  });

  test('a port that is taken: an error when it was asked for, the next one when it was not', async () => {
    const first = await startTestGateway([]);
    stops.push(() => first.stop());
    const command = readCommand(['--listen', `127.0.0.1:${first.port}`], {});
    if (!command.ok || command.value.action !== 'run') throw new Error('the command is good');
    const taken = await startGateway(command.value.config, { logger: silentLogger() });
    expect(taken).toEqual({
      ok: false,
      error: `cannot listen on 127.0.0.1:${first.port}: port ${first.port} is taken; end what uses it or give another --listen HOST:PORT`,
    });

    const { config } = command.value;
    const next = await startGateway(
      { ...config, listen: { ...config.listen, orNext: true } },
      { logger: silentLogger() },
    );
    if (!next.ok) throw new Error(next.error);
    stops.push(() => next.value.stop());
    expect(next.value.port).toBeGreaterThan(first.port);
  });
});

function hasIpv6(): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().on('error', () => resolve(false));
    probe.listen(0, '::1', () => probe.close(() => resolve(true)));
  });
}

async function answersOnIpv6(port: number): Promise<boolean> {
  return fetch(`http://[::1]:${port}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
}

describe('TLS for browsers', () => {
  test('HTTP/2, HTTP/1.1 and gRPC over TLS, and a renewed certificate without restart', async () => {
    const { ca } = await makeCertificates();
    const [one, two] = await Promise.all([sign(ca, 'one', ['127.0.0.1']), sign(ca, 'two', ['127.0.0.1'])]);
    const files = await writeFiles({ 'tls.crt': one.cert, 'tls.key': one.key });
    stops.push(() => files.remove());
    const gateway = await gatewayWithRelay([
      '--listen-tls-cert-file',
      files.path('tls.crt'),
      '--listen-tls-key-file',
      files.path('tls.key'),
    ]);
    expect(gateway.url).toMatch(/^https:/);

    const got = await callGrpc(gateway.url, `/${STATUS}`, new Uint8Array(), {}, { ca: ca.cert });
    expect(got.messages).toEqual(['hello']);

    const session = connectHttp2(gateway.url, { ca: ca.cert });
    const stream = session.request({ ':path': '/healthz' });
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    expect(headers[':status']).toBe(200);
    session.destroy();

    const http1 = httpsRequest(`${gateway.url}healthz`, { ca: ca.cert });
    http1.end();
    const [response] = (await once(http1, 'response')) as [
      { statusCode: number; httpVersion: string; resume(): void },
    ];
    expect([response.statusCode, response.httpVersion]).toEqual([200, '1.1']);
    response.resume();

    await writeFile(files.path('tls.key'), two.key);
    await writeFile(files.path('tls.crt'), two.cert);
    await expect.poll(() => commonName(gateway.port, ca.cert), { timeout: 5000, interval: 200 }).toBe('two');
  });
});

async function commonName(port: number, ca: string): Promise<unknown> {
  const socket = connectTls({ host: '127.0.0.1', port, ca });
  await once(socket, 'secureConnect');
  const name = socket.getPeerCertificate().subject.CN;
  socket.destroy();
  return name;
}

describe('origins', () => {
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const tools = { origin: 'https://tools.example', 'sec-fetch-site': 'cross-site' };

  test('by default no other origin, and none is reflected', async () => {
    const gateway = await gatewayWithRelay();
    const preflight = await fetch(`${gateway.url}${STATUS}`, {
      method: 'OPTIONS',
      headers: { ...foreign, 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    const call = await fetch(`${gateway.url}${STATUS}`, {
      method: 'POST',
      headers: { ...foreign, 'content-type': 'application/grpc-web+proto' },
      body: Buffer.alloc(5),
    });
    expect([call.status, call.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    expect((await fetch(`${gateway.url}api/config`, { headers: foreign })).status).toBe(403);
  });

  test('the own page may call', async () => {
    const gateway = await gatewayWithRelay();
    const got = await callWeb(gateway.url, STATUS, new Uint8Array(), {
      headers: { origin: 'https://behind.a.proxy', 'sec-fetch-site': 'same-origin' },
    });
    expect(got.messages).toEqual(['hello']);
    expect(got.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('an allowed origin may call and read the version', async () => {
    const gateway = await gatewayWithRelay(['--allow-origin', 'https://tools.example']);
    const preflight = await fetch(`${gateway.url}${STATUS}`, {
      method: 'OPTIONS',
      headers: { ...tools, 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://tools.example',
    ]);
    const got = await callWeb(gateway.url, STATUS, new Uint8Array(), { headers: tools });
    expect(got.messages).toEqual(['hello']);
    expect(got.headers.get('access-control-allow-origin')).toBe('https://tools.example');
    expect(got.headers.get('access-control-expose-headers')).toContain('hubble-relay-version');
    expect(got.headers.get('vary')).toBe('origin');
    expect((await callWeb(gateway.url, STATUS, new Uint8Array(), { headers: foreign })).httpStatus).toBe(403);
  });

  test('headers that mean something to a browser do not pass from the server', async () => {
    const gateway = await gatewayWithRelay();
    const got = await callWeb(gateway.url, STATUS);
    expect([got.headers.get('hubble-relay-version'), got.headers.get('set-cookie')]).toEqual([
      '1.19.4',
      null,
    ]);
  });

  test('a name that was made to point at this machine is refused', async () => {
    const gateway = await gatewayWithRelay(['--allow-origin', 'https://tools.example']);
    const statusFor = (host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const request = httpRequest(`${gateway.url}api/config`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        request.on('error', reject);
        request.end();
      });
    const hosts = [
      'evil.example:12000',
      'localhost.evil.example',
      'localhost:1',
      'a.localhost',
      '127.0.0.1',
      '[::1]:9',
      'tools.example',
    ];
    expect(await Promise.all(hosts.map(statusFor))).toEqual([403, 403, 200, 200, 200, 200, 200]);
  });

  test('a gRPC call is a POST', async () => {
    const gateway = await gatewayWithRelay();
    const response = await fetch(`${gateway.url}${STATUS}`, {
      headers: { 'content-type': 'application/grpc-web' },
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('operations', () => {
  test('metrics tell calls by method, protocol and code; unknown methods make no new series', async () => {
    const gateway = await gatewayWithRelay();
    await callWeb(gateway.url, STATUS);
    await callWeb(gateway.url, 'made.up/One');
    await callWeb(gateway.url, 'made.up/Two');
    const response = await fetch(`${gateway.url}metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain(
      'finderscope_gateway_calls_total{method="observer.Observer/ServerStatus",protocol="grpc-web",code="OK"} 1',
    );
    expect(text).toContain(
      'finderscope_gateway_calls_total{method="unknown",protocol="grpc-web",code="UNIMPLEMENTED"} 2',
    );
    expect(text).toContain('finderscope_gateway_upstream_dials_total{result="connected"} 1');
    expect(text).toContain('finderscope_gateway_upstream_connected 1');
    expect(text).toMatch(/finderscope_gateway_connections_open [1-9]/);
    expect(text).not.toContain('made.up');
  });

  test('after stop nothing listens, and stopping twice is once', async () => {
    const gateway = await startTestGateway([]);
    const idle = connectTcp(gateway.port, '127.0.0.1');
    idle.on('error', () => idle.destroy());
    await once(idle, 'connect');
    const closed = once(idle, 'close');
    await Promise.all([gateway.stop(), gateway.stop(), closed]);
    await expect(fetch(`${gateway.url}healthz`)).rejects.toThrow('fetch failed');
  });
});
