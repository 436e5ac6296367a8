// Several hundred command lines of `hubble observe`: against the demo cluster, against our gateway in front of it, and
// as our own filter text over the same flows. The same rows in the same order, the same refusals.

import { commandToQuery, compactLine, compileFilters, compileFilterText } from '@finderscope/flow-query';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, commandLines } from './support/command-lines.ts';
import {
  COMPACT,
  FLOWS,
  NODES,
  plain,
  type ReplayedCluster,
  startReplayedCluster,
} from './support/replayed-cluster.ts';
import { knowsCommand } from './support/version.ts';

const SEED = 1;
const AT_ONCE = 4;

const LINES = commandLines(SEED, 140).filter(knowsCommand);
let cluster: ReplayedCluster;

/** The differences that are meant, and whether we take the line that the CLI judges otherwise. */
const DELIBERATE: ReadonlyMap<string, boolean> = new Map([
  // The filter bar takes names in any case.
  ['--verdict dropped', true],
  ['--drop-reason-desc policy_denied', true],
  // The CLI takes any other number for "no IP at all", which nobody means.
  ['--ip-version 5', false],
]);

const REFUSED_BY_ALL = new RegExp(`Error .* on ${NODES.length} nodes: `);

/** Everything that matches, where the CLI would show the last 20 of each node. */
const ALL = ['--last', '60000', ...COMPACT];

beforeAll(async () => {
  cluster = await startReplayedCluster(SEED);
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
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
  return cluster.everything
    .filter(({ flow }) => compiled.value(flow))
    .map(({ response }) => compactLine(response, { timeFormat: 'RFC3339Nano', nodeName: true }));
}

test('there are at least 300 of them, and flows to try them on', () => {
  expect(LINES.length).toBeGreaterThanOrEqual(300);
  expect(cluster.everything).toHaveLength(FLOWS);
});

/** Those that some flows get through and some do not. */
const telling: CommandLine[] = [];

const batches = Array.from({ length: Math.ceil(LINES.length / 50) }, (_, i) =>
  LINES.slice(i * 50, i * 50 + 50),
);

test.each(batches.map((lines, i) => [i * 50, lines] as const))('from line %d on', async (_from, lines) => {
  const differences: unknown[] = [];
  const judge = async (line: CommandLine): Promise<void> => {
    const direct = await cluster.direct([...ALL, ...line]);
    const through = await cluster.through([...ALL, ...line]);
    try {
      expect(plain(through, cluster.stack)).toEqual(plain(direct, cluster.stack));
      const own = ownRows(line);
      // By the CLI itself, or by every node; the words of the nodes are compared in filters.test.ts.
      const refused = direct.code !== 0 || (direct.stdout === '' && REFUSED_BY_ALL.test(direct.stderr));
      const taken = DELIBERATE.get(line.join(' '));
      if (taken !== undefined) expect([refused, own !== undefined]).toEqual([taken, taken]);
      else if (refused) expect(own).toBeUndefined();
      else expect(own).toEqual(direct.stdout.split('\n').filter((text) => text !== ''));
      if (own !== undefined && own.length > 0 && own.length < FLOWS) telling.push(line);
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

test('most lines that are taken choose some flows and leave others out', () => {
  expect(telling.length).toBeGreaterThan(LINES.length * 0.7);
});
