// Lines as this page exports them, read back by the real CLI: the same lines, and the copied command finds in the file
// what our own filter finds.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { create } from '@bufbuild/protobuf';
import { compileFilters, compileFilterText, queryToCommand, toJsonpb } from '@finderscope/flow-query';
import { flowArbitrary } from '@finderscope/flow-query/test-support';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { program, runHubble } from './support/programs.ts';
import { knownFlow } from './support/version.ts';

const FLOWS = 600;
const START_S = 1_700_000_000;
const folder = mkdtempSync(join(tmpdir(), 'finderscope-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const flows = fc.sample(flowArbitrary, { seed: 3, numRuns: FLOWS }).map(knownFlow);
const lines = flows.map((value, i) =>
  toJsonpb(
    create(GetFlowsResponseSchema, {
      responseTypes: { case: 'flow', value },
      nodeName: 'kind/worker',
      time: { seconds: BigInt(START_S + i), nanos: 5_000_000 },
    }),
  ),
);

/** Which flows the filter lets through. */
function matching(filter: string): readonly boolean[] {
  const lists = compileFilterText(filter);
  if (!lists.ok) throw new Error(filter);
  const compiled = compileFilters(lists.value.allow, lists.value.deny);
  if (!compiled.ok) throw new Error(filter);
  return flows.map((flow) => compiled.value(flow));
}

function linesIn(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

test('an export is read back line by line, byte for byte', async () => {
  const file = join(folder, 'all.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { stdout, stderr } = await runHubble(['observe', '--input-file', file, '-o', 'jsonpb']);
  expect(stderr).toBe('');
  expect(linesIn(stdout)).toEqual(lines);
});

test.each([
  [['one file.jsonl'], {}],
  [['-dash.jsonl'], { since: '2023-11-14T22:14:00.005Z', until: '2023-11-14T22:20:00Z' }],
  [['plain.jsonl', 'packed.jsonl.gz'], {}],
])('the command of %j', async (files, options) => {
  const share = Math.ceil(lines.length / files.length);
  for (const [i, name] of files.entries()) {
    const text = `${lines.slice(i * share, (i + 1) * share).join('\n')}\n`;
    writeFileSync(join(folder, name), name.endsWith('.gz') ? gzipSync(text) : text);
  }
  const filter = 'verdict:DROPPED not traffic-direction:egress';
  const command = `${queryToCommand(filter, { files, ...options })} -o jsonpb`;
  const path = `${dirname(program('hubble'))}:${process.env['PATH'] ?? ''}`;
  const { stdout } = await promisify(execFile)('sh', ['-c', command], {
    cwd: folder,
    env: { PATH: path, HOME: '/nonexistent' },
    maxBuffer: 64 << 20,
  });
  const isTimely = (i: number): boolean => !('since' in options) || (i >= 40 && i < 400);
  const matches = matching(filter);
  const wanted = lines.filter((_, i) => matches[i] === true && isTimely(i));
  expect(wanted.length).toBeGreaterThan(5);
  expect(linesIn(stdout)).toEqual(wanted);
});
