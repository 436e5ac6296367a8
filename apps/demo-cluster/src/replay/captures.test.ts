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
        return recordToJson(record.value);
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
