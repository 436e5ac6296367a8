// Brings node_modules in line with package-lock.json, and does nothing when it already is.
//
//   stamp says so --------------------------------------------> done
//   else: npm's own record of what is installed fits the lock -> write the stamp   (somebody ran npm install)
//   else: npm ci, which starts from nothing                   -> write the stamp   (fresh clone, half-done install)
//
// The stamp lies inside node_modules: whoever deletes the folder, deletes the stamp. It is written last.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageEnvironment, pinnedNode, root, systemEnvironment } from './paths.mjs';

const modules = join(root, 'node_modules');
const stampFile = join(modules, '.finderscope-installed');
const pinnedMajor = 24;

/** Installs what is missing. Throws an InstallError whose message is meant for a person. */
export function installPackages(say) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = stampOf(lock);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && existsSync(pinnedNode)) return;
  if (
    !existsSync(pinnedNode) ||
    !fitsLock(JSON.parse(lock), readInstalled(), (path) => existsSync(join(root, path)))
  ) {
    say(
      existsSync(modules)
        ? 'Packages differ from package-lock.json: installing them anew.'
        : 'Installing packages.',
    );
    rmSync(stampFile, { force: true });
    runNpmCi();
  }
  checkPinnedNode();
  writeFileSync(stampFile, stamp);
}

export class InstallError extends Error {}

/** What the installed tree depends on: the lock, and the machine that binaries were chosen for. */
export function stampOf(lock) {
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
}

/**
 * Whether npm's record of the installed tree (node_modules/.package-lock.json) holds every package of the lock in
 * the version of the lock, and whether their folders are there. Packages for other machines may be missing from it. A
 * record that is missing or broken (npm writes it last) fits nothing.
 */
export function fitsLock(lock, installed, exists) {
  if (installed === undefined) return false;
  const isHere = (path) => installed.packages?.[path] !== undefined;
  const missing = Object.entries(lock.packages).filter(
    ([path, wanted]) =>
      path !== '' &&
      !wanted.link &&
      (isHere(path) ? installed.packages[path].version !== wanted.version : !wanted.optional && !wanted.peer),
  );
  const extra = Object.keys(installed.packages ?? {}).filter((path) => lock.packages[path] === undefined);
  return missing.length === 0 && extra.length === 0 && Object.keys(installed.packages).every(exists);
}

function readInstalled() {
  const file = join(modules, '.package-lock.json');
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // Cut short by an install that was killed: the same as none.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function runNpmCi() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm tells its children where it and its Node are; started by hand, the one on the PATH has to do.
  const npm = process.env.npm_execpath;
  const node = process.env.npm_node_execpath;
  const options = { cwd: root, env: systemEnvironment(), stdio: ['ignore', 'inherit', 'inherit'] };
  const result =
    npm !== undefined && node !== undefined && /npm-cli\.[cm]?js$/.test(npm) && !node.startsWith(modules)
      ? spawnSync(node, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.error !== undefined) throw new InstallError(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    throw new InstallError(
      `npm ci failed (${result.signal ?? `exit code ${result.status}`}); its reason is above.`,
    );
  }
}

function checkPinnedNode() {
  const result = spawnSync(pinnedNode, ['--version'], {
    encoding: 'utf8',
    env: packageEnvironment(),
    shell: process.platform === 'win32',
  });
  const version = result.stdout?.trim() ?? '';
  if (version.startsWith(`v${pinnedMajor}.`)) return;
  throw new InstallError(
    `The installed Node is ${version === '' ? 'missing or cannot run here' : version}, expected ${pinnedMajor}. ` +
      'It comes with the package "node", whose install script must be allowed to run: check that npm is not set to ' +
      'ignore-scripts, delete node_modules and try again.',
  );
}
