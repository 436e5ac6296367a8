// Packages of Debian for the end-to-end tests, where this is a Debian and we may install them.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Whether apt-get may be asked. */
export function isDebianRoot() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

export function isUbuntu() {
  return existsSync('/etc/os-release') && /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** True when all of them are installed afterwards. */
export function installPackages(names) {
  // The run level keeps a server that is installed from being started.
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { env: environment, stdio: ['ignore', 'ignore', 'inherit'], timeout: 900_000 };
  spawnSync('apt-get', ['update', '-qq'], options);
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...names];
  return spawnSync('apt-get', install, options).status === 0;
}
