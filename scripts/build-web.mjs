// Builds the page when something it is made of has changed since the last build.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, packageEnvironment, root } from './paths.mjs';

const stampFile = join(root, '.cache', 'web-build');
const output = join(root, 'apps/web/dist/index.html');
const sources = [
  'apps/web/index.html',
  'apps/web/package.json',
  'apps/web/public',
  'apps/web/src',
  'packages',
  'vite.config.ts',
  'vite.first-load.ts',
  'vite.workers.ts',
  'tsconfig.json',
  'package-lock.json',
];

/** Returns the exit code of the build: 0 when it succeeded or was not needed. */
export function buildWebIfChanged(say) {
  const hash = hashSources();
  if (existsSync(output) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return 0;
  say('Building the page.');
  // A build that is broken off must not count as done.
  rmSync(stampFile, { force: true });
  const result = spawnSync(join(bin, 'vite'), ['build', '--logLevel', 'warn'], {
    cwd: root,
    env: packageEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) return result.status ?? 1;
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stampFile, hash);
  return 0;
}

/** Hash over path and content of everything the page is made of. */
function hashSources() {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => listFiles(source))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function listFiles(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist' && !/\.test\.tsx?$/.test(name))
    .map(({ name }) => `${path}/${name}`)
    .sort()
    .flatMap(listFiles);
}
