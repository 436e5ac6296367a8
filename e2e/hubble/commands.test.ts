// Several hundred command lines of `hubble observe`: against the demo cluster, against our gateway in front of it, and
// as our own filter text over the same flows. The same rows in the same order, the same refusals.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import {
  commandToQuery,
  compactLine,
  compileFilters,
  compileFilterText,
  fromJsonLine,
  toJsonpb,
} from '@finderscope/flow-query';
import { flowArbitrary } from '@finderscope/flow-query/test-support';
import { type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCounters } from '../support/demo-control.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type CommandLine, commandLines } from './support/command-lines.ts';
import { type Outcome, runHubble } from './support/programs.ts';
import { knowsCommand, WHOLE_FLOWS } from './support/version.ts';

const SEED = 1;
const FLOWS = 900;
const NODES = ['kind/worker', 'kind/worker2', 'kind/control-plane'];
const AT_ONCE = 4;
const START_S = 1_700_000_000;

const LINES = commandLines(SEED, 140).filter(knowsCommand);
const folder = mkdtempSync(join(tmpdir(), 'finderscope-hubble-'));
let stack: Stack | undefined;
/** What the cluster answers without a filter, in its order. */
let everything: readonly GetFlowsResponse[] = [];

/** Random flows of three nodes, each at a moment of its own. */
function makeFile(): string {
  const flows = fc.sample(flowArbitrary, { seed: SEED, numRuns: FLOWS });
  const lines = flows.map((flow, i) => {
    const time = { seconds: BigInt(START_S + i), nanos: i * 1000 };
    const nodeName = NODES[i % NODES.length] ?? '';
    return toJsonpb(
      create(GetFlowsResponseSchema, {
        responseTypes: {
          case: 'flow',
          value: { ...flow, time: { $typeName: 'google.protobuf.Timestamp', ...time }, nodeName },
        },
        nodeName,
        time,
      }),
    );
  });
  const file = join(folder, 'flows.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** The differences that are meant, and whether we take the line that the CLI judges otherwise. */
const DELIBERATE: ReadonlyMap<string, boolean> = new Map([
  // The filter bar takes names in any case.
  ['--verdict dropped', true],
  ['--drop-reason-desc policy_denied', true],
  // The CLI takes any other number for "no IP at all", which nobody means.
  ['--ip-version 5', false],
]);

const REFUSED_BY_ALL = new RegExp(`Error .* on ${NODES.length} nodes: `);

const OUTPUT = [...WHOLE_FLOWS, '--color', 'never'];
const COMPACT = [...OUTPUT, '-o', 'compact', '--time-format', 'RFC3339Nano', '--print-node-name'];

function observe(port: number, line: CommandLine, output: readonly string[] = COMPACT): Promise<Outcome> {
  return runHubble(['observe', '--server', `127.0.0.1:${port}`, '--last', '60000', ...output, ...line]);
}

beforeAll(async () => {
  const started = await startStack({
    demo: ['--scenario', 'replay', '--file', makeFile(), '--keep-times', '--speed', '1000000'],
  });
  stack = started;
  const played = async (): Promise<boolean> =>
    Number((await readCounters(started.url)).flowsGenerated) === FLOWS;
  while (!(await played())) await delay(20);
  const { stdout } = await observe(started.demo?.port ?? 0, [], [...OUTPUT, '-o', 'jsonpb']);
  everything = stdout
    .trim()
    .split('\n')
    .flatMap((text) => {
      const record = fromJsonLine(text);
      return record.ok && record.value.kind === 'flows' ? [record.value.response] : [];
    });
});

afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** Rows by our own reading of the command line; undefined when we refuse it. */
function ownRows(line: CommandLine): readonly string[] | undefined {
  const words = ['hubble', 'observe', ...line].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  const { text, problems } = commandToQuery(words.join(' ').replace("'hubble' 'observe'", 'hubble observe'));
  if (problems.length > 0) return undefined;
  const lists = compileFilterText(text);
  if (!lists.ok) return undefined;
  const compiled = compileFilters(lists.value.allow, lists.value.deny);
  if (!compiled.ok) return undefined;
  return everything.flatMap((response) => {
    const { case: kind, value } = response.responseTypes;
    if (kind !== 'flow' || !compiled.value(value)) return [];
    return [compactLine(response, { timeFormat: 'RFC3339Nano', nodeName: true })];
  });
}

test('there are at least 300 of them, and flows to try them on', () => {
  expect(LINES.length).toBeGreaterThanOrEqual(300);
  expect(everything).toHaveLength(FLOWS);
});

const batches = Array.from({ length: Math.ceil(LINES.length / 50) }, (_, i) =>
  LINES.slice(i * 50, i * 50 + 50),
);

test.each(batches.map((lines, i) => [i * 50, lines] as const))('from line %d on', async (_from, lines) => {
  const [demo, gateway] = [stack?.demo?.port ?? 0, stack?.gateway.port ?? 0];
  const differences: unknown[] = [];
  const judge = async (line: CommandLine): Promise<void> => {
    const direct = await observe(demo, line);
    const through = await observe(gateway, line);
    const plain = (outcome: Outcome): unknown => ({
      ...outcome,
      // A node's refusal is told with the time at which it came.
      stderr: outcome.stderr.replaceAll(String(gateway), String(demo)).replaceAll(/^\d{4}-\S+ /gm, ''),
    });
    try {
      expect(plain(through)).toEqual(plain(direct));
      const own = ownRows(line);
      // By the CLI itself, or by every node; the words of the nodes are compared in filters.test.ts.
      const refused = direct.code !== 0 || (direct.stdout === '' && REFUSED_BY_ALL.test(direct.stderr));
      const taken = DELIBERATE.get(line.join(' '));
      if (taken !== undefined) expect([refused, own !== undefined]).toEqual([taken, taken]);
      else if (refused) expect(own).toBeUndefined();
      else expect(own).toEqual(direct.stdout.split('\n').filter((text) => text !== ''));
    } catch (error) {
      differences.push({ line: line.join(' '), stderr: direct.stderr, error: String(error).slice(0, 600) });
    }
  };
  const queue = [...lines];
  const work = async (): Promise<void> => {
    for (let line = queue.shift(); line !== undefined; line = queue.shift()) await judge(line);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(differences).toEqual([]);
});
