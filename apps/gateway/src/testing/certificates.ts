// Certificates as Relay's: a CA, a server certificate for *.hubble-relay.cilium.io, a client certificate. Made once
// per test file, valid for a day, written where a test wants them.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export type Pem = { readonly cert: string; readonly key: string };

export type TestCertificates = {
  readonly ca: Pem;
  readonly otherCa: Pem;
  readonly server: Pem;
  readonly client: Pem;
  readonly foreignClient: Pem;
};

const DAY_MS = 24 * 3600 * 1000;

export async function makeCertificates(): Promise<TestCertificates> {
  const [ca, otherCa] = await Promise.all([makeCa('Hubble test CA'), makeCa('Another CA')]);
  const [server, client, foreignClient] = await Promise.all([
    sign(ca, 'relay', ['*.hubble-relay.cilium.io']),
    sign(ca, 'ui', ['*.hubble-relay.cilium.io']),
    sign(otherCa, 'ui', ['*.hubble-relay.cilium.io']),
  ]);
  return { ca, otherCa, server, client, foreignClient };
}

function makeCa(name: string): Promise<Pem> {
  return make(name, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ]);
}

/** A certificate for these DNS names, or 127.0.0.1 where that is the name. */
export function sign(ca: Pem, name: string, hosts: readonly string[]): Promise<Pem> {
  return make(
    name,
    [
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) =>
          host === '127.0.0.1' ? { type: 7, ip: host } : { type: 2, value: host },
        ),
      },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    ],
    ca,
  );
}

type Extensions = NonNullable<NonNullable<Parameters<typeof generate>[1]>['extensions']>;

async function make(name: string, extensions: Extensions, ca?: Pem): Promise<Pem> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + DAY_MS),
    extensions,
    ...(ca === undefined ? {} : { ca: { cert: ca.cert, key: ca.key } }),
  });
  return { cert: made.cert, key: made.private };
}

/** Files of a test in a folder of their own. */
export async function writeFiles(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly path: (name: string) => string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'finderscope-'));
  const path = (name: string): string => join(folder, name);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path(name), text)));
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
