// A demo cluster of as many services as told, and the gateway in front of it. 300 of them talk again and again, with
// 5,000 flows a second; of others there are the flows of one second.

import { assert } from '@finderscope/base';
import { startDemoCluster } from '@finderscope/demo-cluster';
import { readCommand, silentLogger, startGateway } from '@finderscope/gateway';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUSY, LARGE, trafficLines } from '../map-traffic.ts';
import { announce } from './serve.ts';

const busy = Number(process.argv[2]) === BUSY.services;
const folder = mkdtempSync(join(tmpdir(), 'finderscope-bench-'));
const file = join(folder, 'flows.jsonl');
writeFileSync(file, trafficLines(busy ? BUSY : LARGE).join('\n'));
const cluster = await startDemoCluster({
  scenario: 'replay',
  file,
  port: 0,
  ...(busy ? { loop: true } : { keepTimes: true, speed: 1000 }),
});
rmSync(folder, { recursive: true });
const command = readCommand(['--server', cluster.relayAddress, '--listen', '127.0.0.1:0', '--demo'], {});
assert(command.ok && command.value.action === 'run', 'the gateway runs');
const gateway = await startGateway(command.value.config, { logger: silentLogger() });
assert(gateway.ok, gateway.ok ? '' : gateway.error);
announce(Number(new URL(gateway.value.url).port));
