// A gateway for a test, configured as on the command line, on a free port.

import { assert } from '@finderscope/base';
import { readCommand } from '../config/command.ts';
import { type Gateway, type GatewayExtras, startGateway } from '../gateway.ts';
import { silentLogger } from '../operations/logger.ts';

export async function startTestGateway(
  args: readonly string[],
  extras: GatewayExtras = {},
): Promise<Gateway> {
  const command = readCommand(['--listen', '127.0.0.1:0', ...args], {});
  assert(command.ok, command.ok ? '' : command.error);
  assert(command.value.action === 'run', 'a test gateway runs');
  const gateway = await startGateway(command.value.config, { logger: silentLogger(), ...extras });
  assert(gateway.ok, gateway.ok ? '' : gateway.error);
  return gateway.value;
}
