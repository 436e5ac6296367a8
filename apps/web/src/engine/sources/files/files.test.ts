// Files read by a session: every line accounted for, whatever the file is like.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fromBinary } from '@bufbuild/protobuf';
import { fromJsonLine, toJsonpb } from '@finderscope/flow-query';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { afterEach, describe, expect, test } from 'vitest';
import type { ExportPiece, FilesReport, HistogramAnswer, SourceFile, StatusAnswer } from '../../protocol.ts';
import { closeAll, closeLater, ROWS } from '../../test-support/connected.ts';
import { flowBytes, numberedFlow } from '../../test-support/flows.ts';
import { type Rig, type RigOptions, startRig } from '../../test-support/rig.ts';

afterEach(closeAll);

type Opened = Rig & { readonly done: Promise<FilesReport>; readonly status: () => Promise<StatusAnswer> };

function open(files: readonly SourceFile[], options: RigOptions = {}): Opened {
  const rig = startRig(options);
  closeLater(() => Promise.resolve(rig.engine.close()));
  rig.engine.open({ kind: 'files', id: 'test', files }, '');
  const done = new Promise<FilesReport>((resolve) => {
    rig.engine.subscribe({ kind: 'status', filter: '' }, ({ files: report }) => {
      if (report !== undefined && report.state !== 'reading') resolve(report);
    });
  });
  return Object.assign(rig, { done, status: () => rig.engine.ask({ kind: 'status', filter: '' }) });
}

function file(name: string, content: string | Uint8Array): SourceFile {
  return { name, from: new Blob([typeof content === 'string' ? content : new Uint8Array(content)]) };
}

function lineOf(n: number): string {
  return toJsonpb(fromBinary(GetFlowsResponseSchema, flowBytes(numberedFlow(n))));
}

const LINES = Array.from({ length: 50 }, (_, n) => lineOf(n));
const TEXT = LINES.map((line) => `${line}\n`).join('');

async function exported(rig: Rig, what: 'lines' | 'rows' = 'lines', filter = ''): Promise<ExportPiece[]> {
  const pieces: ExportPiece[] = [];
  const query = { ...ROWS, filter, what, sort: { key: 'time', descending: false } } as const;
  await rig.engine.export(query, (piece) => pieces.push(piece) > 0);
  return pieces;
}

const textOf = (pieces: readonly ExportPiece[]): string => pieces.map(({ lines }) => lines).join('');

describe('forms of a file', () => {
  const utf16 = new Uint8Array(Buffer.from(`\ufeff${TEXT}`, 'utf16le'));
  test.each([
    ['plain', TEXT],
    ['without a line feed at its end', TEXT.slice(0, -1)],
    ['with CR LF', TEXT.replaceAll('\n', '\r\n')],
    ['gzip', gzipSync(TEXT)],
    ['UTF-8 with a byte order mark', `\ufeff${TEXT}`],
    ['UTF-16', utf16],
    ['UTF-16 in gzip', gzipSync(utf16)],
  ])('%s', async (_, content) => {
    const rig = open([file('a.log', content)]);
    expect(await rig.done).toMatchObject({ state: 'done', lines: 50, flows: 50, broken: 0 });
    const { stats } = await rig.status();
    expect(stats).toMatchObject({ received: 50, held: 50 });
    expect(stats.skipped.total).toBe(0);
  });

  test('nothing in it', async () => {
    expect(await open([file('a.log', '')]).done).toMatchObject({ state: 'done', lines: 0, flows: 0 });
  });

  test('flows of old CLIs without anything around them', async () => {
    const bare = LINES.map((line) => /^\{"flow":(\{.*\})\}$/.exec(line)?.[1] ?? '').join('\n');
    expect(await open([file('a.log', bare)]).done).toMatchObject({ lines: 50, flows: 50, broken: 0 });
  });
});

test('each kind of line is counted, and a broken one named', async () => {
  const rig = open([
    file(
      'a.log',
      [
        LINES[0],
        '{"lost_events":{"source":"HUBBLE_RING_BUFFER","num_events_lost":"12"},"node_name":"w"}',
        '',
        '{"node_status":{"state_change":"NODE_CONNECTED","node_names":["a"]}}',
        '{"agent_event":{"type":"AGENT_STARTED"},"node_name":"w"}',
        '{"debug_event":{"type":"DBG_CT_LOOKUP"},"node_name":"w"}',
        '{"node_name":"w"}',
        '{"flow":{"verdict":"DROP',
        '{"flow":{"verdict":"FORWARDED","future":1,"source":{"labels":["a"],"more":2}}}',
        'nonsense',
      ].join('\n'),
    ),
  ]);
  const report = await rig.done;
  expect(report).toMatchObject({
    lines: 10,
    flows: 2,
    lostEvents: 1,
    nodeStates: 1,
    agentEvents: 1,
    debugEvents: 1,
    withoutEvent: 1,
    empty: 1,
    broken: 2,
  });
  expect(report.brokenLines.map(({ file, line }) => `${file}:${line}`)).toEqual(['a.log:8', 'a.log:10']);
  expect(report.brokenLines[0]?.reason).toMatch(/^the line ends in the middle of a record/);
  expect(report.unknownFields).toEqual([
    { path: 'flow.future', lines: 1 },
    { path: 'flow.source.more', lines: 1 },
  ]);
  const { stats } = await rig.status();
  expect(stats).toMatchObject({ received: 14, held: 2 });
  expect(stats.lost.hubbleRing).toBe(12);
});

test('a line beyond every measure is passed over', async () => {
  const rig = open([
    file('a.log', `${LINES[0]}\n{"flow":{"Summary":"${'x'.repeat(9 << 20)}"}}\n${LINES[1]}`),
  ]);
  expect(await rig.done).toMatchObject({ lines: 3, flows: 2, broken: 1 });
});

test('files come in the order of time, and one that cannot be read is named', async () => {
  const parts = [LINES.slice(20), LINES.slice(0, 10), LINES.slice(10, 20)];
  const rig = open([
    ...parts.map((lines, i) => file(`part-${i}.log`, lines.join('\n'))),
    file('cut.log.gz', gzipSync(TEXT).subarray(0, 60)),
  ]);
  const report = await rig.done;
  expect(report.files[3]?.problem).toMatch(/^It could not be unpacked/);
  const { rows } = await rig.engine.ask({ ...ROWS, sort: { key: 'time', descending: false } });
  const seconds = rows.map(({ timeNs = 0n }) => Number(timeNs / 1_000_000_000n) - 1_700_000_000);
  expect(seconds).toEqual(Array.from({ length: 50 }, (_, n) => n));
});

test('when there are too many, the oldest in time leave, whichever file they came from', async () => {
  const many = Array.from({ length: 6000 }, (_, n) => lineOf(n));
  const rig = open(
    [file('new.log', many.slice(3000).join('\n')), file('old.log', many.slice(0, 3000).join('\n'))],
    { limits: { maxRows: 2000 } },
  );
  expect(await rig.done).toMatchObject({ flows: 6000 });
  const { stats, oldestNs } = await rig.status();
  expect(stats.received).toBe(6000);
  expect(stats.evicted).toBe(6000 - stats.held);
  expect(oldestNs).toBeGreaterThanOrEqual((1_700_000_000n + 3000n) * 1_000_000_000n);
});

test('stopped: what was read stays, to the last line counted', async () => {
  let served = 0;
  const more = Array.from({ length: 30 }, (_, n) => `${lineOf(50 + n)}\n`).join('');
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (out) => {
      const chunk = [TEXT, more][served++];
      if (chunk !== undefined) out.enqueue(new TextEncoder().encode(chunk));
    },
  });
  const rig = open([{ name: 'a.log', from: 'http://page.example/a.log' }], {
    fetch: () => Promise.resolve(new Response(body)),
  });
  await new Promise<void>((resolve) => {
    rig.engine.subscribe({ kind: 'status', filter: '' }, ({ files }) => {
      if (files?.lines === 80) resolve();
    });
  });
  rig.engine.stopReading();
  expect(await rig.done).toMatchObject({ state: 'stopped', lines: 80, flows: 80 });
  expect((await rig.status()).stats.held).toBe(80);
});

test.each([
  ['a page in its place', new Response('<html>', { headers: { 'content-type': 'text/html' } }), /web page/],
  ['not found', new Response('', { status: 404 }), /answered 404/],
])('an address: %s', async (_, response, problem) => {
  const rig = open([{ name: 'a.log', from: 'http://page.example/a.log' }], {
    fetch: () => Promise.resolve(response),
  });
  expect((await rig.done).files[0]?.problem).toMatch(problem);
});

test('what agents tell is held by time, in a file of nothing else too', async () => {
  const event = (second: number, node: string): string =>
    `{"agent_event":{"type":"POLICY_UPDATED","policy_update":{"revision":"2"}},"node_name":"${node}","time":"2023-11-14T22:13:${second}Z"}`;
  const only = open([file('a.log', `${event(25, 'a')}\n${event(26, 'b')}`)]);
  expect(await only.done).toMatchObject({ agentEvents: 2, flows: 0 });
  const agents = async ({ engine }: Rig): Promise<HistogramAnswer['agents']> => {
    const answer = await engine.ask({
      kind: 'histogram',
      filter: 'pod:nowhere/nobody',
      field: 'verdict',
      bucketNs: 10_000_000_000n,
      sinceNs: undefined,
      untilNs: undefined,
      agents: true,
    });
    return answer.agents;
  };
  const mark = {
    fromNs: 1_700_000_000n * 1_000_000_000n,
    atNs: 1_700_000_005n * 1_000_000_000n,
    count: 2,
    said: [
      {
        type: 3,
        name: 'POLICY_UPDATED',
        text: 'POLICY_UPDATED (labels: [], revision: 2, count: 0)',
        subjects: [],
        count: 2,
        nodes: ['a', 'b'],
      },
    ],
    more: 0,
  };
  const none = { withoutTime: 0, forgotten: 0, unread: 0 };
  expect(await agents(only)).toEqual({ marks: [mark], ...none });
  expect((await only.status()).agentsNs).toEqual([mark.atNs, mark.atNs + 1_000_000_000n]);
  const among = open([file('a.log', [LINES[0], event(25, 'a'), LINES[1], event(26, 'b')].join('\n'))]);
  expect(await among.done).toMatchObject({ agentEvents: 2, flows: 2 });
  expect(await agents(among)).toEqual({ marks: [mark], ...none });
  const many = open([file('a.log', Array.from({ length: 2500 }, () => event(25, 'a')).join('\n'))]);
  await many.done;
  expect((await agents(many))?.marks[0]?.count).toBe(2500);
});

describe('export', () => {
  test('gives back the lines, in the order of the table', async () => {
    const rig = open([file('a.log', LINES.toReversed().join('\n'))]);
    await rig.done;
    const pieces = await exported(rig);
    expect(textOf(pieces)).toBe(TEXT);
    expect(pieces.at(-1)).toMatchObject({ total: 50, done: 50, gone: 0, long: 0, trimmed: 0, unknown: 0 });
    const drops = await exported(rig, 'rows', 'verdict:DROPPED');
    expect(drops.flatMap(({ rows }) => rows.map(({ verdict }) => verdict))).toEqual(Array(17).fill(2));
  });

  test('says what is left out', async () => {
    const rig = open(
      [
        file(
          'a.log',
          [`{"flow":{"Summary":"${'x'.repeat(70_000)}"}}`, '{"flow":{"extensions":{"@type":"a/b"}}}'].join(
            '\n',
          ),
        ),
      ],
      { limits: { maxRawBytes: 200_000 } },
    );
    await rig.done;
    const pieces = await exported(rig);
    expect(pieces.at(-1)).toMatchObject({ done: 2, gone: 0, long: 1, trimmed: 1 });
    const none = open([file('a.log', TEXT)], { limits: { maxRawBytes: 0 } });
    await none.done;
    expect((await exported(none)).at(-1)).toMatchObject({ done: 50, gone: 50, lines: '' });
  });

  test('ends when it is told to', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => lineOf(n)).join('\n');
    const rig = open([file('a.log', many)]);
    await rig.done;
    let pieces = 0;
    await rig.engine.export({ ...ROWS, what: 'rows' }, () => {
      pieces++;
      return false;
    });
    expect(pieces).toBe(1);
    expect(rig.sent.filter(({ type }) => type === 'exported')).toHaveLength(1);
  });
});

const fixtures = fileURLToPath(new URL('../../../../../../e2e/fixtures', import.meta.url));
const captures = process.env['FINDERSCOPE_CAPTURES'] ?? '';

for (const folder of captures === '' ? [fixtures] : [fixtures, captures]) {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.jsonl'))) {
    test(`${name}: every line is accounted for, and exported flows are the same flows`, async () => {
      const text = readFileSync(join(folder, name), 'utf8');
      const read = text.split('\n').map((line) => (line.trim() === '' ? undefined : fromJsonLine(line)));
      const isFlow = (line: (typeof read)[number]): boolean =>
        line?.ok === true && line.value.kind === 'flows' && line.value.response.responseTypes.case === 'flow';
      const rig = open([file(name, text)]);
      const report = await rig.done;
      expect(report.flows).toBe(read.filter(isFlow).length);
      expect(report.broken).toBe(read.filter((line) => line?.ok === false).length);
      const { flows, lostEvents, nodeStates, agentEvents, debugEvents, withoutEvent, empty, broken } = report;
      expect(
        flows + lostEvents + nodeStates + agentEvents + debugEvents + withoutEvent + empty + broken,
      ).toBe(report.lines);
      const pieces = await exported(rig);
      const again = open([file('again', textOf(pieces))]);
      expect(await again.done).toMatchObject({ flows, lines: flows, broken: 0 });
      expect(textOf(await exported(again))).toBe(textOf(pieces));
    });
  }
}
