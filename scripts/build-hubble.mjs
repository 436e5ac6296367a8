// Builds Hubble's own programs and the oracle from the Go module in e2e/hubble/go, unless they have been built from the
// same module before. Only where Go is present.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const MODULE = join(root, 'e2e/hubble/go');
const PACKAGES = {
  oracle: './oracle',
  hubble: 'github.com/cilium/cilium/hubble',
  'hubble-relay': 'github.com/cilium/cilium/hubble-relay',
};

/** One module, pinned to several versions of Cilium; a build tag names what Go names differently in an old one. */
export const HUBBLE_VERSIONS = {
  1.17: { pin: '1.17.mod', flags: ['-modfile=1.17.mod', '-tags=cilium_1_17'] },
  1.19: { pin: 'go.mod', flags: [] },
};

/** All that can be built of a version. */
export const HUBBLE_PROGRAMS = Object.keys(PACKAGES);

/**
 * Folder of the programs of one minor version of Cilium; undefined without Go, an exit code when the build failed.
 * `names` are the programs that are needed.
 */
export function buildHubble(version, names, say) {
  const { flags } = HUBBLE_VERSIONS[version];
  const folder = folderOf(version);
  const missing = names.filter((name) => !existsSync(join(folder, name)));
  if (missing.length === 0) return { folder };
  if (spawnSync('go', ['version']).status !== 0) return undefined;
  say(`Building ${missing.join(', ')} of Hubble ${version} in Go; this takes minutes, once.`);
  mkdirSync(folder, { recursive: true });
  const packages = missing.map((name) => PACKAGES[name]);
  const build = spawnSync('go', ['build', ...flags, '-o', `${folder}/`, ...packages], {
    cwd: MODULE,
    stdio: ['ignore', 'inherit', 'inherit'],
    // The toolchain that is there: it must not fetch another one.
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  return build.status === 0 ? { folder } : { code: build.status ?? 1 };
}

/** Folder of the programs of a version; undefined when one of `names` has not been built. */
export function builtHubble(version, names) {
  const folder = folderOf(version);
  return names.every((name) => existsSync(join(folder, name))) ? folder : undefined;
}

function folderOf(version) {
  return join(root, '.cache', 'hubble', `${version}-${hashOf(HUBBLE_VERSIONS[version].pin)}`);
}

/** Changes with everything that the programs are built from. */
function hashOf(pin) {
  const sources = readdirSync(join(MODULE, 'oracle')).map((name) => `oracle/${name}`);
  const hash = createHash('sha256');
  for (const source of [pin, pin.replace('.mod', '.sum'), ...sources.toSorted()]) {
    hash.update(readFileSync(join(MODULE, source)));
  }
  return hash.digest('hex').slice(0, 12);
}
