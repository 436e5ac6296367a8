// demo.load_200k: what the demo cluster gets done of the most that can be asked of it, 200,000 flows a second: flows that
// it makes, merges and sends to one reader, by the clock, and how many of them a second of its CPU is good for.

import { connect } from 'node:http2';
import { setTimeout as delay } from 'node:timers/promises';
import { create, toBinary } from '@bufbuild/protobuf';
import { encodeFrame } from '@finderscope/grpc-wire';
import { GetFlowsRequestSchema, Observer } from '@finderscope/hubble-api';
import { Child } from './child.ts';
import { type Bench, median, perSecond } from './measure.ts';

const RATE = 200_000;
const ROUNDS = 5;
const ROUND_MS = 2000;
const WINDOW_BYTES = 16 * 1024 * 1024;
const body = encodeFrame(toBinary(GetFlowsRequestSchema, create(GetFlowsRequestSchema, { follow: true })));

export const DEMO_LOAD: Bench = {
  name: 'demo.load_200k',
  run: async () => {
    const cluster = new Child('demo.ts', [String(RATE)]);
    try {
      const { port = 0 } = await cluster.next();
      const close = follow(port);
      await delay(ROUND_MS);
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(cluster));
      close();
      const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
      return [
        { name: 'demo.load_200k', unit: 'flows/s', value: of(({ sent, ms }) => perSecond(sent, ms)) },
        {
          name: 'demo.load_200k.made',
          unit: 'flows/s',
          value: of(({ generated, ms }) => perSecond(generated, ms)),
        },
        {
          name: 'demo.load_200k.per_core',
          unit: 'flows/s',
          value: of(({ sent, cpuMs }) => perSecond(sent, cpuMs)),
        },
        {
          name: 'demo.load_200k.lost',
          unit: '%',
          value: of(({ sent, lost }) => (100 * lost) / (sent + lost)),
        },
      ];
    } finally {
      await cluster.stop();
    }
  },
};

type Round = {
  readonly ms: number;
  readonly cpuMs: number;
  readonly generated: number;
  readonly sent: number;
  readonly lost: number;
};

async function measure(cluster: Child): Promise<Round> {
  const startedMs = performance.now();
  const before = await cluster.ask();
  await delay(ROUND_MS);
  const after = await cluster.ask();
  const grown = (name: string): number => (after[name] ?? Number.NaN) - (before[name] ?? Number.NaN);
  return {
    ms: performance.now() - startedMs,
    cpuMs: grown('cpuMs'),
    generated: grown('generated'),
    sent: grown('sent'),
    lost: grown('lost'),
  };
}

/** One reader that takes all it gets and looks at none of it. */
function follow(port: number): () => void {
  const session = connect(`http://127.0.0.1:${port}`, { settings: { initialWindowSize: WINDOW_BYTES } });
  session.on('connect', () => session.setLocalWindowSize(WINDOW_BYTES));
  const stream = session.request({
    ':method': 'POST',
    ':path': `/${Observer.typeName}/${Observer.method.getFlows.name}`,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.end(body);
  stream.resume();
  return () => session.destroy();
}
