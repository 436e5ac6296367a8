// Where things are, from the root of the repository.

import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository, without a closing slash. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Programs that the packages bring. */
export const bin = join(root, 'node_modules', '.bin');

/** The Node that the repository pins; runs TypeScript as it is. */
export const pinnedNode = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');

/** What Node has compiled and stripped of types, for the next start: it halves the time that one takes. */
const compiled = join(root, '.cache', 'node');

/** The environment with the packages' programs, the pinned Node among them, ahead of the system's. */
export function packageEnvironment() {
  return {
    ...process.env,
    PATH: [bin, ...foreignPath()].join(delimiter),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compiled,
  };
}

/** The environment without them: npm itself must not run on a Node that it is about to replace. */
export function systemEnvironment() {
  return { ...process.env, PATH: foreignPath().join(delimiter) };
}

function foreignPath() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')));
}
