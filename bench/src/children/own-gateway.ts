// The gateway of this repository, as its command starts it; flags may follow the port of its Relay.

import { assert } from '@finderscope/base';
import { readCommand, silentLogger, startGateway } from '@finderscope/gateway';
import { announce } from './serve.ts';

const port = Number(process.argv[2] ?? '0');
const flags = process.argv.slice(3);
const command = readCommand(['--server', `127.0.0.1:${port}`, '--listen', '127.0.0.1:0', ...flags], {});
assert(command.ok && command.value.action === 'run', 'the gateway runs');
const gateway = await startGateway(command.value.config, { logger: silentLogger() });
assert(gateway.ok, gateway.ok ? '' : gateway.error);
announce(Number(new URL(gateway.value.url).port));
