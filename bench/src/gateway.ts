// gateway.passthrough: flows per second of the gateway's own CPU, so per core, with a Relay that puts each message in a
// DATA frame of its own; against gateways made with connect-node (objects and back) and with grpc-js (bytes as they are).
// gateway.redact: the same with --redact all, where it decodes every flow; against itself without.
// gateway.slow_viewer: what a viewer that stops reading adds to the gateway's memory while another reads on.

import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:http2';
import { setTimeout as delay } from 'node:timers/promises';
import { create, toBinary } from '@bufbuild/protobuf';
import { assert } from '@finderscope/base';
import { NODE_FLAGS } from '@finderscope/gateway/node-flags';
import { encodeFrame } from '@finderscope/grpc-wire';
import { GetFlowsRequestSchema } from '@finderscope/hubble-api';
import { Child } from './child.ts';
import { type Bench, median } from './measure.ts';

const OWN = 'own-gateway.ts';
const ROUNDS = 5;
const OWN_FLOWS = 400_000;
const OTHER_FLOWS = 40_000;
const ENDLESS = 1_000_000_000;
const SLOW_VIEWERS = 4;
const SLOW_MS = 4000;
const PATH = '/observer.Observer/GetFlows';
const MB = 1 << 20;
const body = encodeFrame(toBinary(GetFlowsRequestSchema, create(GetFlowsRequestSchema, { follow: true })));

type Read = (port: number) => Promise<void>;

export const PASSTHROUGH: Bench = {
  name: 'gateway.passthrough',
  run: async () => {
    const own = await perCore(OWN, OWN_FLOWS, readWeb);
    const connectNode = await perCore('connect-gateway.ts', OTHER_FLOWS, readWeb);
    const grpcJs = await perCore('grpc-js-gateway.ts', OTHER_FLOWS, readGrpc);
    const unit = 'flows/s';
    return [
      { name: 'gateway.passthrough', unit, value: own, baseline: grpcJs },
      { name: 'gateway.passthrough.against_connect_node', unit, value: own, baseline: connectNode },
    ];
  },
};

export const REDACT: Bench = {
  name: 'gateway.redact',
  run: async () => {
    const value = await perCore(OWN, OTHER_FLOWS, readWeb, ['--redact', 'all']);
    const baseline = await perCore(OWN, OWN_FLOWS, readWeb);
    return [{ name: 'gateway.redact', unit: 'flows/s', value, baseline }];
  },
};

export const SLOW_VIEWER: Bench = {
  name: 'gateway.slow_viewer',
  run: async () => {
    const grown: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await withGateway(OWN, ENDLESS, async (gateway, port) => {
        const reader = await openWeb(port);
        reader.resume();
        await delay(SLOW_MS / 2);
        const before = await gateway.usage();
        const slow = await Promise.all(Array.from({ length: SLOW_VIEWERS }, () => openWeb(port)));
        await delay(SLOW_MS);
        const after = await gateway.usage();
        grown.push((after.rssBytes - before.rssBytes) / MB / SLOW_VIEWERS);
        for (const response of [reader, ...slow]) response.destroy();
      });
    }
    return [{ name: 'gateway.slow_viewer', unit: 'MB', value: Math.max(0, median(grown)) }];
  },
};

async function perCore(
  file: string,
  flows: number,
  read: Read,
  flags: readonly string[] = [],
): Promise<number> {
  const measure = async (gateway: Child, port: number): Promise<number> => {
    await read(port);
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = await gateway.usage();
      await read(port);
      const after = await gateway.usage();
      rates.push((flows / (after.cpuMs - before.cpuMs)) * 1000);
    }
    return median(rates);
  };
  return await withGateway(file, flows, measure, flags);
}

/** Starts a gateway from children/ in front of a Relay that sends so many flows to each call, and ends both. */
export async function withGateway<T>(
  file: string,
  flows: number,
  run: (gateway: Child, port: number) => Promise<T>,
  flags: readonly string[] = [],
): Promise<T> {
  const relay = new Child('relay.ts', [String(flows)]);
  const children = [relay];
  try {
    const { port: upstream = 0 } = await relay.next();
    const gateway = new Child(file, [String(upstream), ...flags], file === OWN ? NODE_FLAGS : []);
    children.push(gateway);
    const { port = 0 } = await gateway.next();
    return await run(gateway, port);
  } finally {
    for (const child of children) await child.stop();
  }
}

/** Opens a stream as the page does; nothing of it is read yet. */
export async function openWeb(port: number): Promise<IncomingMessage> {
  const headers = { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1' };
  const call = httpRequest({ host: '127.0.0.1', port, path: PATH, method: 'POST', headers, agent: false });
  call.on('error', () => call.destroy());
  call.end(body);
  const [response]: IncomingMessage[] = await once(call, 'response');
  assert(response?.statusCode === 200, 'the gateway answers');
  response.on('error', () => response.destroy());
  return response;
}

async function readWeb(port: number): Promise<void> {
  const response = await openWeb(port);
  response.resume();
  await once(response, 'end');
}

async function readGrpc(port: number): Promise<void> {
  const session = connect(`http://127.0.0.1:${port}`, { settings: { initialWindowSize: 4 * MB } });
  session.on('connect', () => session.setLocalWindowSize(16 * MB));
  const stream = session.request({
    ':method': 'POST',
    ':path': PATH,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.end(body);
  stream.resume();
  await once(stream, 'end');
  session.destroy();
}
