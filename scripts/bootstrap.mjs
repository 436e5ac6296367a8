// Makes a fresh clone ready: checks Node, installs packages. Every command calls it first; it can be run alone, too.

import './require-node.mjs';

import { pathToFileURL } from 'node:url';

/** Ends the process with one line when it cannot succeed. */
export async function bootstrap(say = (line) => process.stderr.write(`${line}\n`)) {
  const { InstallError, installPackages } = await import('./install.mjs');
  try {
    installPackages(say);
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    say(error.message);
    process.exit(1);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await bootstrap();
