// Finds a Chromium for the end-to-end tests, and gets one where none is installed and one can be had.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { installPackages, isDebianRoot, isUbuntu } from './debian.mjs';
import { bin, packageEnvironment, root } from './paths.mjs';

// The same browser without a window: a quarter less work for the same tests.
const windowless = ['chromium-headless-shell'];
const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const bundles = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of an executable Chromium or Chrome, or undefined when none is there and none could be installed. */
export function findChromium(say) {
  const named = process.env.FINDERSCOPE_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    say(`FINDERSCOPE_CHROMIUM names ${named}, which does not exist.`);
    return undefined;
  }
  return (
    onPath(windowless) ??
    installDebians(say) ??
    onPath(programs) ??
    bundles.find(existsSync) ??
    playwrightsOwn() ??
    installPlaywrights(say)
  );
}

function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

function playwrightsOwn() {
  const { chromium } = createRequire(join(root, 'package.json'))('@playwright/test');
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? path : undefined;
}

function installPlaywrights(say) {
  say('No Chromium found. Asking Playwright to download one.');
  const { status } = spawnSync(join(bin, 'playwright'), ['install', '--no-shell', 'chromium'], {
    env: packageEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 300_000,
    shell: process.platform === 'win32',
  });
  return status === 0 ? playwrightsOwn() : undefined;
}

function installDebians(say) {
  // Ubuntu's package is a stub for snap, which needs a running daemon.
  if (!isDebianRoot() || isUbuntu()) return undefined;
  say(`Installing the package "${windowless[0]}" with apt-get.`);
  return installPackages(windowless) ? onPath(windowless) : undefined;
}
