// The doctor, with each thing that can be wrong between page and nodes brought about: it names the step that fails and
// what to do.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Session } from 'node:http2';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CertificateFiles, writeCertificates } from './support/certificates.ts';
import { injectFault } from './support/demo-control.ts';
import { freePort } from './support/free-port.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const HOUR_MS = 3600 * 1000;
const NAME = 'ui.hubble-relay.cilium.io';

type Trouble = {
  readonly name: string;
  /** Flags of the gateway. */
  readonly gateway: (files: Files) => readonly string[];
  /** Flags of a Relay that is up; undefined: there is none. */
  readonly relay: ((files: Files) => readonly string[]) | undefined;
  readonly says: readonly RegExp[];
};

type Files = CertificateFiles & { readonly otherCa: string; readonly expired: CertificateFiles };

const relayTls = ({ cert, key }: CertificateFiles): readonly string[] => [
  '--tls-cert-file',
  cert,
  '--tls-key-file',
  key,
];

const TROUBLES: readonly Trouble[] = [
  {
    name: 'a name that does not resolve',
    relay: undefined,
    gateway: () => ['--server', 'no-such-host.invalid:4245'],
    says: [/UNAVAILABLE: The name .*no-such-host\.invalid.*(cannot be resolved|does not answer)/],
  },
  {
    name: 'TLS is wanted and not spoken',
    relay: relayTls,
    gateway: () => [],
    says: [/speaks TLS, and we spoke without\. Use --tls/],
  },
  {
    name: 'TLS is spoken and not wanted',
    relay: () => [],
    gateway: () => ['--tls'],
    says: [/does not speak TLS\. Leave --tls away/],
  },
  {
    name: 'an authority that is not known',
    relay: relayTls,
    gateway: ({ otherCa }) => ['--tls', '--tls-ca-cert-files', otherCa, '--tls-server-name', NAME],
    says: [/signed by an authority that is not known here/, /--tls-ca-cert-files/],
  },
  {
    name: 'a certificate for another name',
    relay: relayTls,
    gateway: ({ ca }) => ['--tls', '--tls-ca-cert-files', ca, '--tls-server-name', 'relay.example'],
    says: [
      /The certificate is for ui\.hubble-relay\.cilium\.io, and we asked for relay\.example/,
      /--tls-server-name ui\./,
    ],
  },
  {
    name: 'a certificate that has expired',
    relay: ({ expired }) => relayTls(expired),
    gateway: ({ expired }) => ['--tls', '--tls-ca-cert-files', expired.ca, '--tls-server-name', NAME],
    says: [/The certificate of .* has expired\. Renew it on the server\./],
  },
  {
    name: 'a client certificate that is missing',
    relay: (files) => [...relayTls(files), '--tls-client-ca-file', files.otherCa],
    gateway: ({ ca }) => ['--tls', '--tls-ca-cert-files', ca, '--tls-server-name', NAME],
    says: [/asks for a client certificate \(mutual TLS\)/, /--tls-client-cert-file/],
  },
  {
    name: 'a client certificate of the wrong authority',
    relay: (files) => [...relayTls(files), '--tls-client-ca-file', files.otherCa],
    gateway: ({ ca, cert, key }) => [
      '--tls',
      '--tls-ca-cert-files',
      ca,
      '--tls-server-name',
      NAME,
      '--tls-client-cert-file',
      cert,
      '--tls-client-key-file',
      key,
    ],
    says: [
      /does not accept the client certificate|closed the connection during the TLS handshake/,
      /--tls-client-cert-file/,
    ],
  },
];

for (const { name, gateway, relay, says } of TROUBLES) {
  test(name, async ({ page }) => {
    const folder = await mkdtemp(join(tmpdir(), 'finderscope-doctor-'));
    try {
      const other = await writeCertificates(join(folder, 'other'), NAME);
      const expired = await writeCertificates(join(folder, 'expired'), NAME, Date.now() - HOUR_MS);
      const files = { ...(await writeCertificates(folder, NAME)), otherCa: other.ca, expired };
      await using stack = await startStack(
        relay === undefined
          ? { server: `127.0.0.1:${await freePort()}`, gateway: gateway(files) }
          : { demo: relay(files), gateway: gateway(files) },
      );
      await page.goto(stack.url);
      const doctor = page.getByRole('region', { name: 'Doctor' });
      for (const text of says) await expect(doctor).toContainText(text);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}

test('nothing listens where Relay should be', async ({ page }) => {
  await using stack = await startStack({ server: `127.0.0.1:${await freePort()}` });
  await page.goto(stack.url);
  const doctor = page.getByRole('region', { name: 'Doctor' });
  await expect(doctor).toContainText(/Nothing listens on 127\.0\.0\.1:\d+ \(connection refused\)/);
  await expect(doctor).toContainText('kubectl -n kube-system port-forward service/hubble-relay 4245:80');
});

test('something else listens there', async ({ page }) => {
  const server = createServer((_request, response) => response.end('hello'));
  server.listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await using stack = await startStack({ server: `127.0.0.1:${port}` });
  await page.goto(stack.url);
  await expect(page.getByRole('region', { name: 'Doctor' })).toContainText('speaks HTTP/1, not gRPC');
  server.close();
});

test('Relay is up and has no node', async ({ page }) => {
  await using stack = await startStack();
  await injectFault(stack.url, { case: 'nodeLost', value: {} });
  await page.goto(stack.url);
  const doctor = page.getByRole('region', { name: 'Doctor' });
  await expect(doctor).toContainText('Relay is up and has no node.');
  await expect(doctor).toContainText('Hubble is enabled in the agents');
});

for (const { name, status, message, says } of [
  {
    name: 'a gRPC server that is no Relay',
    status: 12,
    message: 'unknown service observer.Observer',
    says: /UNIMPLEMENTED: unknown service observer\.Observer\. The server is not a Hubble Relay\. See that --server/,
  },
  {
    name: 'a server that wants to know who asks',
    status: 16,
    message: 'no token',
    says: /UNAUTHENTICATED: no token\. The server wants other credentials: --tls-client-cert-file and/,
  },
]) {
  test(name, async ({ page }) => {
    await using server = await startRefusing(status, message);
    await using stack = await startStack({ server: server.address });
    await page.goto(stack.url);
    await expect(page.getByRole('region', { name: 'Doctor' })).toContainText(says);
  });
}

/** A gRPC server that ends every call with this status. */
async function startRefusing(
  status: number,
  message: string,
): Promise<AsyncDisposable & { readonly address: string }> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createHttp2Server();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream) => {
    stream.resume();
    stream.respond(
      {
        ':status': 200,
        'content-type': 'application/grpc',
        'grpc-status': String(status),
        'grpc-message': message,
      },
      { endStream: true },
    );
  });
  const port = await freePort();
  server.listen({ port, host: '127.0.0.1' });
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
