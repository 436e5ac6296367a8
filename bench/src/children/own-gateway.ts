// The gateway of this repository, as its command starts it.

import { assert } from '@finderscope/base';
import { readCommand, silentLogger, startGateway } from '@finderscope/gateway';
import { announce } from './serve.ts';

const port = Number(process.argv[2] ?? '0');
const command = readCommand(['--server', `127.0.0.1:${port}`, '--listen', '127.0.0.1:0'], {});
assert(command.ok && command.value.action === 'run', 'the gateway runs');
const gateway = await startGateway(command.value.config, { logger: silentLogger() });
assert(gateway.ok, gateway.ok ? '' : gateway.error);
announce(Number(new URL(gateway.value.url).port));
