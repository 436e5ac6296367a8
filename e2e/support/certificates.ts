// A certificate as Relay's: signed by a CA of its own, valid for some days, for a name that no test machine has.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const DAY_MS = 24 * 3600 * 1000;

export type CertificateFiles = {
  /** Paths of PEM files. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
};

/**
 * Writes a CA and a certificate, of a server or of a client, for `dnsName` into `folder`. The certificate is valid for
 * two days up to `endMs`, tomorrow unless said otherwise.
 */
export async function writeCertificates(
  folder: string,
  dnsName: string,
  endMs: number = Date.now() + DAY_MS,
): Promise<CertificateFiles> {
  const shared = {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + DAY_MS),
  } as const;
  const ca = await generate([{ name: 'commonName', value: 'Test CA' }], {
    ...shared,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'server' }], {
    ...shared,
    notBeforeDate: new Date(endMs - 2 * DAY_MS),
    notAfterDate: new Date(endMs),
    extensions: [
      { name: 'subjectAltName', altNames: [{ type: 2, value: dnsName }] },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    ],
    ca: { cert: ca.cert, key: ca.private },
  });
  await mkdir(folder, { recursive: true });
  const files = {
    ca: join(folder, 'ca.crt'),
    cert: join(folder, 'server.crt'),
    key: join(folder, 'server.key'),
  };
  await writeFile(files.ca, ca.cert);
  await writeFile(files.cert, server.cert);
  await writeFile(files.key, server.private);
  return files;
}
