// A demo cluster that makes as many flows a second as told, and the gateway in front of it.

import { assert } from '@finderscope/base';
import { startDemoCluster } from '@finderscope/demo-cluster';
import { readCommand, silentLogger, startGateway } from '@finderscope/gateway';
import { announce } from './serve.ts';

const cluster = await startDemoCluster({
  scenario: 'load',
  rate: Number(process.argv[2] ?? '5000'),
  nodes: 10,
  port: 0,
  seed: 7,
});
const command = readCommand(['--server', cluster.relayAddress, '--listen', '127.0.0.1:0', '--demo'], {});
assert(command.ok && command.value.action === 'run', 'the gateway runs');
const gateway = await startGateway(command.value.config, { logger: silentLogger() });
assert(gateway.ok, gateway.ok ? '' : gateway.error);
announce(Number(new URL(gateway.value.url).port));
