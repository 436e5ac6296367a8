// Fills holes in package-lock.json: packages that exist only for other machines than the one the lock was written on.
// npm leaves them out when its registry does not serve them (a mirror for one platform does not), and `npm ci` then
// refuses the lock everywhere. Their exact version is known from the package that wants them, the machines they are
// for from their name. Run it after adding a dependency: node scripts/complete-lock.mjs

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

const systems = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony'];
const processors = {
  x64: 'x64',
  arm64: 'arm64',
  aarch64: 'arm64',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
};

/** What npm would have written into `os`, `cpu` and `libc`, read off a name such as `@x/binding-linux-arm64-musl`. */
export function machineOf(name) {
  if (/\bwasm32\b/.test(name)) return { cpu: ['wasm32'] };
  const words = name.replace(/^@[^/]+\//, '').split('-');
  const os = words.find((word) => systems.includes(word));
  const cpu = words
    .map((word) => processors[word] ?? (/^arm(v7)?$/.test(word) ? 'arm' : undefined))
    .find(Boolean);
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(libc && os === 'linux' && { libc: [libc] }),
    ...(os && { os: [os] }),
  };
}

/** Optional packages that the lock wants and does not hold, as entries to add. */
export function missingEntries(packages) {
  const found = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const nested = `${path}/node_modules/${name}`;
      const hoisted = `node_modules/${name}`;
      if (
        packages[nested] !== undefined ||
        packages[hoisted] !== undefined ||
        !/^\d+\.\d+\.\d+/.test(version)
      )
        continue;
      found[hoisted] = { version, ...(entry.dev && { dev: true }), optional: true, ...machineOf(name) };
    }
  }
  return found;
}

function main() {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const added = missingEntries(lock.packages);
  const [self, ...rest] = Object.entries({ ...lock.packages, ...added });
  rest.sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries([self, ...rest]);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${Object.keys(added).length} packages for other machines added to package-lock.json`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
