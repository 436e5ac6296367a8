// The steps of the test run, in order: what each one is and how it is run. Every step counts in tests of its runner;
// a tool that only says yes or no counts as one.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildHubble, builtHubble, HUBBLE_PROGRAMS } from './build-hubble.mjs';
import { buildWebIfChanged } from './build-web.mjs';
import { findChromium } from './chromium.mjs';
import { bin, packageEnvironment, pinnedNode, root } from './paths.mjs';
import { findProxies } from './proxies.mjs';
import {
  countPlaywright,
  flakyInPlaywright,
  countVitest,
  oneCheck,
  skippedByPlaywright,
  skippedByVitest,
  sumCounts,
} from './test-report.mjs';

/** What `npm test` runs. */
export const STEPS = {
  types: { what: 'tsc', run: () => tool('tsc', ['--noEmit', '-p', 'tsconfig.json']) },
  lint: { what: 'oxlint with types', run: () => tool('oxlint', ['--type-aware']) },
  format: { what: 'oxfmt', run: () => tool('oxfmt', ['--check', '.']) },
  unused: { what: 'knip: dead code, undeclared dependencies', run: () => tool('knip', []) },
  imports: { what: 'import directions', run: () => program(pinnedNode, ['scripts/check-imports.mjs']) },
  protos: { what: 'buf lint and format', run: lintProtos },
  unit: { what: 'vitest: unit, property and parity tests', run: runVitest },
  build: { what: 'vite build', run: ({ say }) => oneCheck(buildWebIfChanged(say)) },
  hubble: { what: "vitest: Hubble's own Relay, CLI and filters as judges", run: runHubble },
  e2e: { what: 'playwright: the whole in a browser', run: runPlaywright },
};

const CHAOS_S = '600';

/** What takes too long for every run, or more programs than every machine has: by name only. */
export const EXTRA_STEPS = {
  chaos: {
    what: 'playwright: ten minutes in which everything goes wrong',
    run: ({ say, rest }) =>
      runPlaywright(
        { say, rest: ['--project', 'chaos', ...rest] },
        { FINDERSCOPE_CHAOS_S: process.env.FINDERSCOPE_CHAOS_S ?? CHAOS_S },
      ),
  },
  'hubble-1.17': {
    what: 'the same judges from an old Hubble',
    run: ({ say, rest }) => judgedBy('1.17', HUBBLE_PROGRAMS, { say, rest }),
  },
  'hubble-long': {
    what: 'a million flows and a hundred thousand lists of filters, judged by Hubble',
    run: ({ say, rest }) =>
      judgedBy('1.19', ['oracle'], { say, rest: ['filters', 'compact-line', ...rest] }, longRun()),
  },
};

function run(command, args, environment = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...packageEnvironment(), ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return result.status ?? 1;
}

function program(command, args) {
  return oneCheck(run(command, args));
}

function tool(name, args) {
  return program(join(bin, name), args);
}

function lintProtos() {
  const buf = join(bin, 'buf');
  return oneCheck(run(buf, ['lint']) || run(buf, ['format', '--diff', '--exit-code']));
}

function runVitest({ rest }) {
  return vitest('vitest.json', rest);
}

/**
 * The tests that need Hubble's programs, which only Go can build: all of them judged by the newest Hubble, and filters and
 * compact line by an old one too, whose other programs take minutes more to build (`npm run hubble:1.17`).
 */
function runHubble({ say, rest }) {
  const newest = judgedBy('1.19', HUBBLE_PROGRAMS, { say, rest });
  if (rest.length > 0) return newest;
  return sumCounts([newest, judgedBy('1.17', ['oracle'], { say, rest: ['filters', 'compact-line'] })]);
}

function judgedBy(version, programs, { say, rest }, environment = {}) {
  const built = buildHubble(version, programs, say);
  if (built === undefined) {
    say("There is no Go on this machine: Hubble's programs were not built, and NONE OF THEIR TESTS HAS RUN.");
    return { passed: 0, failed: 0, skipped: 1 };
  }
  if (built.folder === undefined) return oneCheck(built.code);
  return vitest('hubble.json', ['--config', 'e2e/hubble/vitest.config.ts', ...rest], {
    FINDERSCOPE_HUBBLE: built.folder,
    FINDERSCOPE_HUBBLE_VERSION: version,
    ...environment,
  });
}

/** How much is tried, unless the environment says otherwise; FINDERSCOPE_HUBBLE_SEED chooses what. */
function longRun() {
  const { FINDERSCOPE_HUBBLE_FLOWS = '1000000', FINDERSCOPE_HUBBLE_FILTERS = '100000' } = process.env;
  return { FINDERSCOPE_HUBBLE_FLOWS, FINDERSCOPE_HUBBLE_FILTERS };
}

function vitest(report, args, environment = {}) {
  const file = freshReport(report);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = run(join(bin, 'vitest'), ['run', ...reporters, ...args], environment);
  const written = readReport(file);
  return { ...countVitest(written, code), notRun: skippedByVitest(written) };
}

function runPlaywright({ say, rest }, environment = {}) {
  const chromium = findChromium(say);
  if (chromium === undefined) {
    say('No Chromium could be found or installed: the end-to-end tests did not run.');
    say('Install one, or name one in FINDERSCOPE_CHROMIUM.');
    // Whoever has none at hand still gets the rest; a build server has to have one.
    return process.env.CI ? oneCheck(1) : { passed: 0, failed: 0, skipped: 1 };
  }
  const envoy = findProxies(say);
  // The step before has built them where there is Go.
  const hubble = builtHubble('1.19', HUBBLE_PROGRAMS);
  if (hubble === undefined) {
    say(
      "Hubble's programs have not been built: NO PAGE IS OPENED BEHIND THE REAL RELAY (npm test -- --only hubble).",
    );
  }
  const file = freshReport('playwright.json');
  const code = run(join(bin, 'playwright'), ['test', '--config', 'e2e/playwright.config.ts', ...rest], {
    FINDERSCOPE_CHROMIUM: chromium,
    ...(envoy === undefined ? {} : { FINDERSCOPE_ENVOY: envoy }),
    ...(hubble === undefined ? {} : { FINDERSCOPE_HUBBLE: hubble }),
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    ...environment,
  });
  const written = readReport(file);
  return {
    ...countPlaywright(written, code),
    notRun: skippedByPlaywright(written),
    flaky: flakyInPlaywright(written),
  };
}

/** Path of a report that is not there yet: a runner that dies must not be judged by an older one. */
function freshReport(name) {
  const folder = join(root, '.cache');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  rmSync(file, { force: true });
  return file;
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
