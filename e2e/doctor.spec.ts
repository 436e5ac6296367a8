// The doctor, with each thing that can be wrong between page and nodes brought about: it names the step that fails and
// what to do.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCertificates } from './support/certificates.ts';
import { injectFault } from './support/demo-control.ts';
import { freePort } from './support/free-port.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const NAME = 'ui.hubble-relay.cilium.io';

type Trouble = {
  readonly name: string;
  /** Flags of the gateway. */
  readonly gateway: (files: Files) => readonly string[];
  /** Flags of a Relay that is up; undefined: there is none. */
  readonly relay: ((files: Files) => readonly string[]) | undefined;
  readonly says: readonly RegExp[];
};

type Files = { readonly ca: string; readonly cert: string; readonly key: string; readonly otherCa: string };

const relayTls = ({ cert, key }: Files): readonly string[] => [
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
      const files = { ...(await writeCertificates(folder, NAME)), otherCa: other.ca };
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
