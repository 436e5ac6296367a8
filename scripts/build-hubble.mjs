// Builds Hubble's own programs and the oracle from the Go module in e2e/hubble, unless they have been built from the
// same module before. Only where Go is present.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const MODULES = join(root, 'e2e/hubble/go');
const SOURCES = ['go.mod', 'go.sum', 'oracle/main.go'];
const PROGRAMS = ['./oracle', 'github.com/cilium/cilium/hubble', 'github.com/cilium/cilium/hubble-relay'];

/** Folder of the programs of one minor version of Cilium; undefined without Go, an exit code when the build failed. */
export function buildHubble(version, say) {
  const module = join(MODULES, version);
  const hash = createHash('sha256');
  for (const source of SOURCES) hash.update(readFileSync(join(module, source)));
  const folder = join(root, '.cache', 'hubble', `${version}-${hash.digest('hex').slice(0, 12)}`);
  const names = ['oracle', 'hubble', 'hubble-relay'];
  if (names.every((name) => existsSync(join(folder, name)))) return { folder };
  if (spawnSync('go', ['version']).status !== 0) return undefined;
  say(`Building Hubble ${version} in Go; this takes minutes, once.`);
  mkdirSync(folder, { recursive: true });
  const build = spawnSync('go', ['build', '-o', `${folder}/`, ...PROGRAMS], {
    cwd: module,
    stdio: ['ignore', 'inherit', 'inherit'],
    // The toolchain that is there: it must not fetch another one.
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  return build.status === 0 ? { folder } : { code: build.status ?? 1 };
}
