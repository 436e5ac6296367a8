// Proxies as people put them in front of the gateway, each from a configuration of a few lines, as little as works.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type CertificateFiles, writeCertificates } from './certificates.ts';
import { freePort } from './free-port.ts';

export type ProxyKind = 'nginx' | 'haproxy' | 'envoy';

/** What the template of a configuration is told. */
export type ProxyPlace = {
  readonly port: number;
  readonly gatewayPort: number;
  readonly folder: string;
  readonly files: CertificateFiles;
};

export type Proxy = AsyncDisposable & { readonly port: number; readonly ca: string };

/** Whether the program is on this machine. */
export function hasProxy(kind: ProxyKind): boolean {
  return spawnSync(programOf(kind), [kind === 'envoy' ? '--version' : '-v']).status === 0;
}

/** `npm test` says in FINDERSCOPE_ENVOY where it has put one. */
function programOf(kind: ProxyKind): string {
  return kind === 'envoy' ? (process.env['FINDERSCOPE_ENVOY'] ?? kind) : kind;
}

/** Each in the foreground. */
function argumentsOf(kind: ProxyKind, config: string, folder: string): readonly string[] {
  switch (kind) {
    case 'nginx':
      return ['-c', config, '-p', folder, '-e', join(folder, 'error.log')];
    case 'haproxy':
      return ['-db', '-f', config];
    case 'envoy':
      // Several at a time: nothing that they would share by a number of their own.
      return ['-c', config, '--disable-hot-restart', '--concurrency', '1', '--log-level', 'error'];
  }
}

/** Starts it and resolves when it accepts connections; `localhost` is the name in its certificate. */
export async function startProxy(
  kind: ProxyKind,
  gatewayPort: number,
  configure: (place: ProxyPlace) => string,
): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'finderscope-proxy-'));
  const port = await freePort();
  const files = await writeCertificates(folder, 'localhost');
  const config = join(folder, kind === 'envoy' ? 'proxy.json' : 'proxy.conf');
  await writeFile(config, configure({ port, gatewayPort, folder, files }));
  const child = spawn(programOf(kind), argumentsOf(kind, config, folder), {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${kind} ended: ${output}`);
    await delay(20);
  }
  return {
    port,
    ca: files.ca,
    async [Symbol.asyncDispose]() {
      await end(child);
      await rm(folder, { recursive: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** An nginx with these lines in its only server. */
export function nginxConfig({ folder }: ProxyPlace, listen: string, location: string): string {
  return `
daemon off; worker_processes 1; pid ${folder}/pid; master_process off;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server {
    ${listen}
    ${location}
  }
}`;
}
