// Records published as real output of Hubble, through JSON and the wire into columns. FINDERSCOPE_CAPTURES names the
// folder that holds them; without it these tests are reported as skipped.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromJsonLine } from '@finderscope/flow-query';
import { describe, expect, it } from 'vitest';
import { expectRow } from '../test-support/expect-row.ts';
import { appendAll, encode, responseOf } from '../test-support/messages.ts';
import { FlowStore } from './flow-store.ts';

const folder = process.env['FINDERSCOPE_CAPTURES'] ?? '';
const skipped = folder === '' || !existsSync(folder);
const files = skipped ? [] : readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

describe.skipIf(skipped)('captured flows (set FINDERSCOPE_CAPTURES to run)', () => {
  it('are many', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it.each(files)('%s reads from columns as from messages', (file) => {
    const store = new FlowStore({}, 1);
    const messages: Uint8Array[] = [];
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      if (line.trim() === '') continue;
      const record = fromJsonLine(line);
      if (!record.ok || record.value.kind !== 'flows') continue;
      if (record.value.response.responseTypes.case === 'flow') messages.push(encode(record.value.response));
    }
    expect(appendAll(store, messages)).toEqual([]);
    expect(store.counts).toEqual({ held: messages.length, evicted: 0, duplicate: 0, malformed: 0 });
    for (const [slot, message] of messages.entries()) {
      expectRow(store, slot, responseOf(message));
      expect(store.raw(slot)).toEqual(message);
    }
  });
});
