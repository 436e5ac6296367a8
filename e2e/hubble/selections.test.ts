// Which flows by number and time, and how they are written: what the CLI asks for with --first, --last, --since,
// --until, --all and --follow, with and without a filter, against Hubble's rules written down plainly. The options are
// read by our own reader of commands. Then what else the CLI prints of the same flows.

import {
  type CommandOptions,
  commandToQuery,
  compactLine,
  compileFilters,
  compileFilterText,
  parseCliTime,
  queryToRawFilters,
  toJsonpb,
} from '@finderscope/flow-query';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followHubble, runHubble } from './support/programs.ts';
import {
  COMPACT,
  FLOWS,
  NODES,
  plain,
  type ReplayedCluster,
  START_S,
  startReplayedCluster,
} from './support/replayed-cluster.ts';
import { FIELD_MASK } from './support/version.ts';

type Row = ReplayedCluster['everything'][number];

const SEED = 2;
/** What the CLI asks each node for when nothing is said. */
const USUAL = 20;
const NANOS_PER_S = 1_000_000_000n;

/** The moment of the n-th flow, to the nanosecond. */
function moment(flow: number): string {
  return new Date((START_S + flow) * 1000)
    .toISOString()
    .replace(/\.\d+Z$/, `.${String(flow * 1000).padStart(9, '0')}Z`);
}

const FILTERS = [[], ['--verdict', 'DROPPED'], ['--not', '--protocol', 'tcp', '--node-name', 'worker*']];
const SELECTIONS = [
  [],
  ['--last', '5'],
  ['--last', '0'],
  ['--first', '5'],
  ['--first', '0'],
  ['--all'],
  ['--since', moment(600)],
  ['--until', moment(300)],
  ['--since', moment(300), '--until', moment(330)],
  ['--since', '1h'],
  ['--until', '1h'],
  ['--since', '', '--until', ''],
  ['--all', '--since', moment(880)],
  ['--last', '7', '--since', moment(600)],
  ['--first', '7', '--since', moment(600)],
  ['--last', '30', '--until', moment(860)],
  ['--first', '7', '--until', moment(12)],
];
const REFUSED = [
  ['--first', '5', '--last', '5'],
  ['--first', '5', '--all'],
  ['--first', '5', '--follow'],
  ['--last', '5', '--all'],
  ['--since', 'yesterday'],
  ['--last', 'x'],
  ['--first', '-1'],
];
const FOLLOWED = [
  ['--last', '5'],
  ['--since', moment(850)],
  ['--since', moment(890), '--until', moment(895)],
];

let cluster: ReplayedCluster;
beforeAll(async () => {
  cluster = await startReplayedCluster(SEED);
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
});

function readCommand(args: readonly string[]): ReturnType<typeof commandToQuery> {
  const quoted = args.map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  return commandToQuery(['hubble observe', ...quoted].join(' '));
}

/** The rows that each node has to send, by our reading of the command. */
function wantedRows(args: readonly string[]): readonly Row[] {
  const { text, problems, options } = readCommand(args);
  expect(problems).toEqual([]);
  const lists = compileFilterText(text);
  if (!lists.ok) throw new Error(text);
  const compiled = compileFilters(lists.value.allow, lists.value.deny);
  if (!compiled.ok) throw new Error(text);
  const chosen = NODES.flatMap((node) =>
    choose(
      cluster.everything.filter(({ flow }) => flow.nodeName === node && compiled.value(flow)),
      options,
    ),
  );
  return chosen.toSorted((a, b) => (timeNs(a) < timeNs(b) ? -1 : 1));
}

/** One node's matching flows, oldest first, to those it sends. */
function choose(rows: readonly Row[], options: CommandOptions): readonly Row[] {
  const { first = 0, last = 0, all, follow } = options;
  const [since, until] = [nanosOf(options.since), follow ? undefined : nanosOf(options.until)];
  const saysTime = options.since !== undefined || options.until !== undefined;
  const number = first || last || (all || follow || saysTime ? 0 : USUAL);
  const reached = since === undefined ? rows : rows.filter((row) => timeNs(row) >= since);
  const started =
    since === undefined && first === 0 && number > 0 ? reached.slice(-Math.min(number, FLOWS)) : reached;
  const ended = until === undefined ? started : started.filter((row) => timeNs(row) <= until);
  return number > 0 && !follow ? ended.slice(0, number) : ended;
}

function nanosOf(text: string | undefined): bigint | undefined {
  const time = text === undefined ? undefined : parseCliTime(text, BigInt(Date.now()) * 1_000_000n);
  return time?.ok === true ? time.value : undefined;
}

function timeNs({ flow: { time } }: Row): bigint {
  return (time?.seconds ?? 0n) * NANOS_PER_S + BigInt(time?.nanos ?? 0);
}

function lineOf({ response }: Row, options: Parameters<typeof compactLine>[1] = {}): string {
  return compactLine(response, { timeFormat: 'RFC3339Nano', nodeName: true, ...options });
}

function linesIn(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

test.each(SELECTIONS.map((selection) => [selection.join(' '), selection] as const))(
  'chosen by "%s"',
  async (_name, selection) => {
    let rows = 0;
    for (const filter of FILTERS) {
      const args = [...selection, ...filter];
      const direct = await cluster.direct([...COMPACT, ...args]);
      const through = await cluster.through([...COMPACT, ...args]);
      expect(plain(through, cluster.stack)).toEqual(plain(direct, cluster.stack));
      const wanted = wantedRows(args).map((row) => lineOf(row));
      expect(linesIn(direct.stdout)).toEqual(wanted);
      rows += wanted.length;
    }
    // Nothing of it is younger than an hour.
    if (selection.includes('1h') && selection.includes('--since')) expect(rows).toBe(0);
    else expect(rows).toBeGreaterThan(5);
  },
);

test.each(REFUSED.map((args) => [args.join(' '), args] as const))('refused: "%s"', async (_name, args) => {
  const direct = await cluster.direct([...COMPACT, ...args]);
  expect(direct.code).not.toBe(0);
  expect(direct.stdout).toBe('');
  expect(readCommand(args).problems).not.toEqual([]);
});

test.each(FOLLOWED.map((args) => [args.join(' '), args] as const))('followed: "%s"', async (_name, args) => {
  const wanted = wantedRows(['--follow', ...args]).map((row) => lineOf(row));
  expect(wanted.length).toBeGreaterThan(5);
  for (const port of [cluster.stack.demo?.port, cluster.stack.gateway.port]) {
    const server = `127.0.0.1:${port ?? 0}`;
    const lines = await followHubble(
      ['observe', '--server', server, '--follow', ...COMPACT, ...args],
      wanted.length,
    );
    expect(lines).toEqual(wanted);
  }
});

test('numeric: addresses instead of names', async () => {
  const args = ['--all', '--numeric'];
  const { stdout } = await cluster.through([...COMPACT, ...args]);
  const wanted = cluster.everything.map((row) => lineOf(row, { ipTranslation: false }));
  expect(linesIn(stdout)).toEqual(wanted);
  expect(wanted).not.toEqual(cluster.everything.map((row) => lineOf(row)));
});

test.each([
  [[]],
  [['--verdict', 'DROPPED', '--not', '--port', '80']],
  [['--pod', "it's", '-n', 'shop', '--label', 'app in (web,db)']],
  [['--from-ip', '10.0.0.0/8', '--not', '--fqdn', '*.cilium.io', '--http-status', '5+', '-t', 'l7']],
  [['--identity', 'world', '--tcp-flags', 'syn,ack', '--traffic-direction', 'ingress']],
])('raw filters of %j', async (args) => {
  const { stdout, code } = await runHubble(['observe', '--print-raw-filters', ...args]);
  expect(code).toBe(0);
  expect(queryToRawFilters(readCommand(args).text)).toBe(stdout);
});

test.skipIf(FIELD_MASK === undefined)('a field mask leaves what it names', async () => {
  const paths = ['time', 'node_name', 'verdict', 'IP', 'source.pod_name', 'source.labels'];
  const args = ['--all', '-o', 'jsonpb', `${FIELD_MASK}=${paths.join(',')}`];
  const direct = await cluster.direct(args);
  const through = await cluster.through(args);
  expect(plain(through, cluster.stack)).toEqual(plain(direct, cluster.stack));
  const wanted = cluster.everything.map(({ response }) => {
    const { flow, ...envelope } = JSON.parse(toJsonpb(response)) as { flow: Record<string, unknown> };
    const source = pick((flow['source'] ?? {}) as Record<string, unknown>, ['pod_name', 'labels']);
    // A path with a dot makes the message that it leads through.
    return { ...envelope, flow: { ...pick(flow, ['time', 'node_name', 'verdict', 'IP']), source } };
  });
  const got = linesIn(through.stdout).map((line) => JSON.parse(line) as unknown);
  expect(got).toEqual(wanted);
  expect(got).toHaveLength(FLOWS);
});

function pick(message: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (name in message ? [[name, message[name]]] : [])));
}
