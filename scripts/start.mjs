// npm start: everything from a fresh clone to a page.
//
//   npm start                              the demo cluster and a gateway in front of it
//   npm start -- --server relay:4245 ...   only a gateway, in front of a real Relay
//
// Flags of the demo cluster and of the gateway may be mixed; each gets its own.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { buildWebIfChanged } = await import('./build-web.mjs');
const { root } = await import('./paths.mjs');
const { freePort, waitForPort } = await import('./ports.mjs');
const { ProcessGroup } = await import('./processes.mjs');
const { DEMO_HELP, splitFlags } = await import('./start-flags.mjs');

const say = (line) => process.stderr.write(`${line}\n`);
const flags = splitFlags(process.argv.slice(2), process.env);
if (flags.problem !== undefined) {
  say(flags.problem);
  process.exit(2);
}
const gateway = 'apps/gateway/src/main.ts';
const nodeFlags = JSON.parse(readFileSync(join(root, 'apps/gateway/node-flags.json'), 'utf8'));
const group = new ProcessGroup();

if (!flags.onlyPrints) {
  const code = buildWebIfChanged(say);
  if (code !== 0) process.exit(code);
}
if (flags.wantsDemo) {
  const port = await freePort(4245);
  const demo = group.start(
    'apps/demo-cluster/src/main.ts',
    ['--listen', `127.0.0.1:${port}`, '--log-level', 'error', ...flags.demo],
    { quiet: true, name: 'demo cluster' },
  );
  const giveUp = new AbortController();
  demo.once('exit', () => giveUp.abort());
  if (await waitForPort(port, giveUp.signal)) {
    // Nothing is said of it yet: the gateway may find a flag wrong, and says itself what it shows.
    const environment = {
      FINDERSCOPE_DEMO: 'true',
      FINDERSCOPE_SOURCE_NAME: process.env.FINDERSCOPE_SOURCE_NAME ?? 'demo cluster',
    };
    group.start(gateway, ['--server', `127.0.0.1:${port}`, ...flags.gateway], {
      environment,
      name: 'gateway',
      nodeFlags,
    });
  }
} else {
  group.start(gateway, flags.gateway, { name: 'gateway', nodeFlags });
}
const code = await group.wait();
if (flags.wantsHelp && code === 0) process.stdout.write(DEMO_HELP);
process.exit(code);
