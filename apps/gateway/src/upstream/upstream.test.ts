import { writeFile } from 'node:fs/promises';
import { createServer as createHttp1, type Server as Http1Server } from 'node:http';
import { createServer as createTcp, type Server as TcpServer, type Socket } from 'node:net';
import { createServer as createTls, type TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { callWeb } from '../testing/clients.ts';
import { makeCertificates, type TestCertificates, writeFiles } from '../testing/certificates.ts';
import { answer, startFakeRelay } from '../testing/fake-relay.ts';
import { startTestGateway } from '../testing/start-gateway.ts';

const STATUS = 'observer.Observer/ServerStatus';

let certificates: TestCertificates;
let files: Awaited<ReturnType<typeof writeFiles>>;
beforeAll(async () => {
  certificates = await makeCertificates();
  files = await writeFiles({
    'ca.crt': certificates.ca.cert,
    'other-ca.crt': certificates.otherCa.cert,
    'client.crt': certificates.client.cert,
    'client.key': certificates.client.key,
    'foreign.crt': certificates.foreignClient.cert,
    'foreign.key': certificates.foreignClient.key,
  });
});
afterAll(() => files.remove());

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** Asks once through a gateway with these flags; the answer's status as `code text`, or the message. */
async function ask(args: readonly string[]): Promise<string> {
  const gateway = await startTestGateway(args);
  stops.push(() => gateway.stop());
  const got = await callWeb(gateway.url, STATUS);
  return got.trailers?.code === 0 ? got.messages.join() : `${got.trailers?.code} ${got.trailers?.message}`;
}

async function relayWithTls(tls: Record<string, unknown> = {}): Promise<string> {
  const { server } = certificates;
  const relay = await startFakeRelay((call) => answer(call, [Buffer.from('hello')]), {
    tls: { ...server, minVersion: 'TLSv1.3', ...tls },
  });
  stops.push(() => relay.stop());
  return `127.0.0.1:${relay.port}`;
}

async function serve(server: TcpServer | Http1Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  stops.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

const tlsServer = (options: TlsOptions): TcpServer => createTls({ ...certificates.server, ...options });

describe('TLS', () => {
  const ca = (): string[] => ['--tls-ca-cert-files', files.path('ca.crt')];
  const name = ['--tls-server-name', 'instance.hubble-relay.cilium.io'];

  test('with CA and server name', async () => {
    expect(await ask(['--server', await relayWithTls(), '--tls', ...ca(), ...name])).toBe('hello');
  });

  test('by tls:// instead of --tls', async () => {
    expect(await ask(['--server', `tls://${await relayWithTls()}`, ...ca(), ...name])).toBe('hello');
  });

  test('insecure', async () => {
    expect(await ask(['--server', await relayWithTls(), '--tls', '--tls-allow-insecure'])).toBe('hello');
  });

  test('the wrong name tells which to use', async () => {
    const server = await relayWithTls();
    expect(await ask(['--server', server, '--tls', ...ca(), '--tls-server-name', 'relay.prod.example'])).toBe(
      '14 The certificate is for *.hubble-relay.cilium.io, and we asked for relay.prod.example. ' +
        'Use --tls-server-name relay.hubble-relay.cilium.io.',
    );
    expect(await ask(['--server', server, '--tls', ...ca()])).toContain(
      'and we asked for 127.0.0.1. Use --tls-server-name',
    );
  });

  test('an unknown authority', async () => {
    const server = await relayWithTls();
    expect(await ask(['--server', server, '--tls', ...name])).toMatch(
      /^14 .*authority that is not known.*--tls-ca-cert-files/,
    );
    expect(
      await ask(['--server', server, '--tls', '--tls-ca-cert-files', files.path('other-ca.crt'), ...name]),
    ).toContain('--tls-ca-cert-files');
  });

  test('TLS 1.2 only', async () => {
    const server = await relayWithTls({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
    expect(await ask(['--server', server, '--tls', ...ca(), ...name])).toContain('does not speak TLS 1.3');
  });

  test('TLS without HTTP/2', async () => {
    const mute = await serve(tlsServer({}));
    expect(await ask(['--server', mute, '--tls', ...ca(), ...name])).toContain('not HTTP/2');
    const http1 = await serve(tlsServer({ ALPNProtocols: ['http/1.1'] }));
    expect(await ask(['--server', http1, '--tls', ...ca(), ...name])).toContain('not HTTP/2');
  });
});

describe('mutual TLS', () => {
  const demanding = (): Promise<string> =>
    relayWithTls({ requestCert: true, rejectUnauthorized: true, ca: certificates.ca.cert });
  const trust = (): string[] => [
    '--tls',
    '--tls-ca-cert-files',
    files.path('ca.crt'),
    '--tls-server-name',
    'ui.hubble-relay.cilium.io',
  ];
  const client = (kind: string): string[] => [
    '--tls-client-cert-file',
    files.path(`${kind}.crt`),
    '--tls-client-key-file',
    files.path(`${kind}.key`),
  ];

  test('with a certificate the server trusts', async () => {
    expect(await ask(['--server', await demanding(), ...trust(), ...client('client')])).toBe('hello');
  });

  test('without one', async () => {
    expect(await ask(['--server', await demanding(), ...trust()])).toMatch(
      /^14 .*client certificate.*--tls-client-cert-file/,
    );
  });

  test('with one it does not trust', async () => {
    expect(await ask(['--server', await demanding(), ...trust(), ...client('foreign')])).toMatch(
      /^14 .*client certificate/,
    );
  });

  test('a renewed certificate is used at the next connection', async () => {
    const own = await writeFiles({
      'c.crt': certificates.foreignClient.cert,
      'c.key': certificates.foreignClient.key,
    });
    stops.push(() => own.remove());
    const server = await demanding();
    const gateway = await startTestGateway([
      '--server',
      server,
      ...trust(),
      '--tls-client-cert-file',
      own.path('c.crt'),
      '--tls-client-key-file',
      own.path('c.key'),
    ]);
    stops.push(() => gateway.stop());
    expect((await callWeb(gateway.url, STATUS)).trailers?.code).toBe(14);
    await writeFile(own.path('c.crt'), certificates.client.cert);
    await writeFile(own.path('c.key'), certificates.client.key);
    // The failure holds for a second, so that a storm of calls dials once.
    await expect
      .poll(async () => (await callWeb(gateway.url, STATUS)).trailers?.code, { timeout: 4000, interval: 100 })
      .toBe(0);
  });

  test('files that vanish are named', async () => {
    const own = await writeFiles({ 'ca.crt': certificates.ca.cert });
    const gateway = await startTestGateway([
      '--server',
      await demanding(),
      '--tls',
      '--tls-ca-cert-files',
      own.path('ca.crt'),
    ]);
    stops.push(() => gateway.stop());
    await own.remove();
    expect((await callWeb(gateway.url, STATUS)).trailers?.message).toMatch(
      /certificate files cannot be used.*ca\.crt/,
    );
  });
});

describe('servers that are none', () => {
  test('nothing listens', async () => {
    const address = await serve(createTcp());
    await stops.pop()?.();
    expect(await ask(['--server', address])).toMatch(
      /^14 Nothing listens on 127\.0\.0\.1:\d+ \(connection refused\)/,
    );
  });

  test('a name that does not exist', async () => {
    expect(await ask(['--server', 'relay.invalid:4245'])).toMatch(
      /^14 (The name relay\.invalid cannot be resolved|The name server does not answer)/,
    );
  });

  test('no socket file', async () => {
    expect(await ask(['--server', 'unix:///nowhere/hubble.sock'])).toContain(
      'no socket at unix:///nowhere/hubble.sock',
    );
  });

  test('an HTTP/1 server', async () => {
    const address = await serve(createHttp1((_request, response) => response.end('hi')));
    expect(await ask(['--server', address])).toContain('speaks HTTP/1, not gRPC');
  });

  test('a TLS server, spoken to without', async () => {
    expect(await ask(['--server', await relayWithTls()])).toMatch(
      /speaks TLS, and we spoke without\. Use --tls/,
    );
  });

  test('a server without TLS, spoken to with', async () => {
    const relay = await startFakeRelay((call) => answer(call, []));
    stops.push(() => relay.stop());
    const address = `127.0.0.1:${relay.port}`;
    expect(await ask(['--server', address, '--tls', '--tls-allow-insecure'])).toContain('Leave --tls away');
    const http1 = await serve(createHttp1((_request, response) => response.end('hi')));
    expect(await ask(['--server', http1, '--tls', '--tls-allow-insecure'])).toContain('Leave --tls away');
  });

  test('one that hangs up', async () => {
    const address = await serve(createTcp((socket) => socket.end()));
    expect(await ask(['--server', address])).toContain('closes it without speaking HTTP/2');
    expect(await ask(['--server', address, '--tls', '--tls-allow-insecure'])).toContain(
      'during the TLS handshake',
    );
  });

  test('one that says nothing', async () => {
    const address = await serve(createTcp());
    expect(await ask(['--server', address, '--dial-timeout', '100ms'])).toContain(
      'does not speak HTTP/2 within 0.1 s',
    );
    expect(await ask(['--server', address, '--dial-timeout', '100ms', '--tls'])).toContain(
      'does not finish the TLS handshake within 0.1 s',
    );
  });

  test('one that answers with noise', async () => {
    const address = await serve(createTcp((socket) => socket.end('SSH-2.0-OpenSSH\r\n')));
    expect(await ask(['--server', address])).toContain('something that is not HTTP/2');
  });
});

describe('readiness', () => {
  test('says why not, and turns once the server is there', async () => {
    const probe = await startFakeRelay(() => undefined);
    const { port } = probe;
    await probe.stop();
    const gateway = await startTestGateway(['--server', `127.0.0.1:${port}`]);
    stops.push(() => gateway.stop());
    const down = await fetch(`${gateway.url}readyz`);
    expect([down.status, await down.json()]).toEqual([
      503,
      {
        ready: false,
        server: `127.0.0.1:${port}`,
        health: 'unknown',
        reason: expect.stringContaining('refused'),
      },
    ]);

    const relay = await startFakeRelay((call) => answer(call, [Uint8Array.of(8, 2)]), { port });
    stops.push(() => relay.stop());
    await expect
      .poll(async () => (await fetch(`${gateway.url}readyz`)).status, { timeout: 4000, interval: 100 })
      .toBe(200);
    expect(await (await fetch(`${gateway.url}readyz`)).json()).toMatchObject({
      ready: true,
      health: 'NOT_SERVING',
      reason: expect.stringContaining('cannot serve'),
    });
    expect(relay.calls[0]?.body.toString('latin1')).toContain('hubble.server.Observer');
  });

  test('a server without the health service is ready too', async () => {
    const relay = await startFakeRelay(({ stream }) => {
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' },
        { endStream: true },
      );
    });
    stops.push(() => relay.stop());
    const gateway = await startTestGateway(['--server', `127.0.0.1:${relay.port}`]);
    stops.push(() => gateway.stop());
    expect(await (await fetch(`${gateway.url}readyz`)).json()).toMatchObject({
      ready: true,
      health: 'unknown',
    });
  });
});
