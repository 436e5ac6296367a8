// The command: reads its configuration, runs until it is told to end.
//
// Exit codes: 0 ended as asked, 1 could not listen, 2 bad configuration (one line on stderr).

import process, { argv, env, exit, stderr, stdout } from 'node:process';
import { assertNever } from '@finderscope/base';
import { readCommand } from './config/command.ts';
import type { GatewayConfig } from './config/config.ts';
import { renderConfigTable, renderHelp } from './config/help.ts';
import { startGateway } from './gateway.ts';
import { createLogger } from './operations/logger.ts';
import { VERSION } from './version.ts';

const command = readCommand(argv.slice(2), env);
if (!command.ok) {
  stderr.write(`finderscope: ${command.error}\n`);
  exit(2);
}
switch (command.value.action) {
  case 'help':
    stdout.write(renderHelp());
    break;
  case 'version':
    stdout.write(`${VERSION}\n`);
    break;
  case 'print-config-table':
    stdout.write(renderConfigTable());
    break;
  case 'run':
    await run(command.value.config);
    break;
  default:
    assertNever(command.value);
}

async function run(config: GatewayConfig): Promise<void> {
  const logger = createLogger(config.log);
  const gateway = await startGateway(config, { logger });
  if (!gateway.ok) {
    stderr.write(`finderscope: ${gateway.error}\n`);
    exit(1);
  }
  let asked = false;
  const end = (signal: string): void => {
    // A second signal means: now.
    if (asked) exit(130);
    asked = true;
    logger.info({ signal }, 'shutting down');
    void gateway.value.stop().then(() => exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);

  if (gateway.value.port !== config.listen.port && config.listen.port !== 0) {
    logger.warn(`port ${config.listen.port} is taken, so port ${gateway.value.port} it is`);
  }
  logger.info({ url: gateway.value.url, source: config.source.name }, 'Finderscope is up');
}
