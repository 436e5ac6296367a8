// Gateway and demo cluster that replays random flows, each at a moment of its own, and what the CLI says of them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import { fromJsonLine, toJsonpb } from '@finderscope/flow-query';
import { flowArbitrary } from '@finderscope/flow-query/test-support';
import { type Flow, type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { readCounters } from '../../support/demo-control.ts';
import { type Stack, startStack } from '../../support/stack.ts';
import { type Outcome, runHubble } from './programs.ts';
import { WHOLE_FLOWS } from './version.ts';

export const FLOWS = 900;
export const NODES = ['kind/worker', 'kind/worker2', 'kind/control-plane'];
/** The n-th flow is n seconds and n microseconds later. */
export const START_S = 1_700_000_000;

const OUTPUT = [...WHOLE_FLOWS, '--color', 'never'];
export const COMPACT = [
  ...OUTPUT,
  '-o',
  'compact',
  '--time-format',
  'RFC3339Nano',
  '--print-node-name',
] as const;

export type ReplayedCluster = AsyncDisposable & {
  readonly stack: Stack;
  /** What the cluster answers without a filter, in its order. */
  readonly everything: readonly { readonly response: GetFlowsResponse; readonly flow: Flow }[];
  /** `hubble observe` of the cluster itself, and of our gateway in front of it. */
  readonly direct: (args: readonly string[]) => Promise<Outcome>;
  readonly through: (args: readonly string[]) => Promise<Outcome>;
};

/** Resolves when everything has been replayed. */
export async function startReplayedCluster(seed: number): Promise<ReplayedCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'finderscope-hubble-'));
  const file = join(folder, 'flows.jsonl');
  writeFileSync(file, randomLines(seed));
  const stack = await startStack({
    demo: ['--scenario', 'replay', '--file', file, '--keep-times', '--speed', '1000000'],
  });
  const played = async (): Promise<boolean> =>
    Number((await readCounters(stack.url)).flowsGenerated) === FLOWS;
  while (!(await played())) await delay(20);
  const observe = (port: number | undefined, args: readonly string[]): Promise<Outcome> =>
    runHubble(['observe', '--server', `127.0.0.1:${port ?? 0}`, ...args]);
  const direct = (args: readonly string[]): Promise<Outcome> => observe(stack.demo?.port, args);
  const { stdout } = await direct(['--last', String(FLOWS), ...OUTPUT, '-o', 'jsonpb']);
  return {
    stack,
    everything: readResponses(stdout),
    direct,
    through: (args) => observe(stack.gateway.port, args),
    async [Symbol.asyncDispose]() {
      await stack[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Flows that the CLI has written as JSON. */
export function readResponses(text: string): ReplayedCluster['everything'] {
  return text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const record = fromJsonLine(line);
      if (!record.ok || record.value.kind !== 'flows') return [];
      const { response } = record.value;
      const { case: kind, value } = response.responseTypes;
      return kind === 'flow' ? [{ response, flow: value }] : [];
    });
}

function randomLines(seed: number): string {
  const flows = fc.sample(flowArbitrary, { seed, numRuns: FLOWS });
  const lines = flows.map((flow, i) => {
    const time = { seconds: BigInt(START_S + i), nanos: i * 1000 };
    const nodeName = NODES[i % NODES.length] ?? '';
    const value = { ...flow, time: { $typeName: 'google.protobuf.Timestamp' as const, ...time }, nodeName };
    return toJsonpb(
      create(GetFlowsResponseSchema, { responseTypes: { case: 'flow', value }, nodeName, time }),
    );
  });
  return `${lines.join('\n')}\n`;
}

/** What two servers are compared by: a node's refusal is told with the time at which it came. */
export function plain(outcome: Outcome, stack: Stack): Outcome {
  const [gateway, demo] = [String(stack.gateway.port), String(stack.demo?.port)];
  const stderr = outcome.stderr.replaceAll(gateway, demo).replaceAll(/^\d{4}-\S+ /gm, '');
  return { ...outcome, stderr };
}
