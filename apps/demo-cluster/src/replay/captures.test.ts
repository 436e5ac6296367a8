// Published records through a replay: every line goes in and comes out of the relay.

import { fromJsonLine, recordToJson } from '@finderscope/flow-query';
import { Observer } from '@finderscope/hubble-api';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { start } from '../testing/running-cluster.ts';

const captures = process.env['FINDERSCOPE_CAPTURES'] ?? '';
const captured =
  captures !== '' && existsSync(captures)
    ? readdirSync(captures).filter((name) => name.endsWith('.jsonl'))
    : [];

/** Values of a line's JSON that are not in what was made of it, as `flow.source.identity=2`. */
function leavesLeftOut(line: string, made: string): readonly string[] {
  const there = leavesOf(JSON.parse(made), '');
  // A line may be the flow alone, which is then put into an envelope.
  return [...leavesOf(JSON.parse(line), '')].filter((leaf) => !there.has(leaf) && !there.has(`.flow${leaf}`));
}

/** Null, empty lists and empty objects are no values: protobuf does not tell them from absent ones. */
function leavesOf(value: unknown, path: string): ReadonlySet<string> {
  if (value === null) return new Set();
  if (typeof value !== 'object') return new Set([`${path}=${JSON.stringify(value)}`]);
  const isList = Array.isArray(value);
  return new Set(
    Object.entries(value).flatMap(([key, item]) => [
      ...leavesOf(item, isList ? `${path}[]` : `${path}.${key}`),
    ]),
  );
}

test('a value that a reader left out is found', () => {
  const made = '{"flow":{"source":{"identity":2},"labels":["a"]}}';
  expect(leavesLeftOut('{"flow":{"source":{"identity":2,"zone":"x"},"labels":["a","b"]}}', made)).toEqual([
    '.flow.source.zone="x"',
    '.flow.labels[]="b"',
  ]);
  expect(leavesLeftOut('{"source":{"identity":2},"labels":[]}', made)).toEqual([]);
});

describe.skipIf(captured.length === 0)('captured files', () => {
  test.each(captured)('%s comes out of the relay line for line', async (name) => {
    const file = join(captures, name);
    const notices: string[] = [];
    const { relay } = await start({
      scenario: 'replay',
      file,
      speed: 1e9,
      keepTimes: true,
      onNotice: (notice) => notices.push(notice),
    });
    const expected = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const record = fromJsonLine(line);
        if (!record.ok) throw new Error(record.error);
        const json = recordToJson(record.value);
        // Both sides below have been read by this reader: what it left out would be missing on both.
        expect(leavesLeftOut(line, json)).toEqual([]);
        return json;
      });
    await expect.poll(() => notices.some((notice) => notice.startsWith('replayed'))).toBe(true);
    const { messages } = await relay.all(Observer.method.getFlows, {});
    const got = messages
      .slice(1)
      .map((response) => recordToJson({ kind: 'flows', response, unknownFields: [] }));
    expect(got.toSorted()).toEqual(expected.toSorted());
    expect(notices.at(-1)).toContain(`${expected.length} records played`);
    expect(notices.at(-1)).toContain('0 blank, 0 broken');
  });
});
