// The compact line of each flow, as Hubble's own printer writes it. FINDERSCOPE_CAPTURES names a folder of records of
// real clusters (*.jsonl); FINDERSCOPE_HUBBLE_FLOWS says how many random flows are tried.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create } from '@bufbuild/protobuf';
import { compactLine, type CompactOptions, fromJsonLine, TIME_FORMATS } from '@finderscope/flow-query';
import { flowArbitrary } from '@finderscope/flow-query/test-support';
import { type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { startOracle } from './support/oracle.ts';
import { knownFlow, knownLine, knownOptions } from './support/version.ts';

const SEED = Number(process.env['FINDERSCOPE_HUBBLE_SEED'] ?? 1);
const TOTAL = Number(process.env['FINDERSCOPE_HUBBLE_FLOWS'] ?? 20_000);
const AT_ONCE = 1000;
const captures = process.env['FINDERSCOPE_CAPTURES'] ?? '';

const oracle = startOracle();
afterAll(() => oracle[Symbol.asyncDispose]());

/** Every combination of the options comes round. */
function optionsOf(turn: number): CompactOptions {
  return knownOptions({
    timeFormat: TIME_FORMATS[turn % TIME_FORMATS.length] ?? 'StampMilli',
    nodeName: turn % 2 === 0,
    ipTranslation: turn % 3 !== 0,
    policyNames: turn % 5 < 3,
  });
}

function ownLines(responses: readonly GetFlowsResponse[], options: CompactOptions): readonly string[] {
  return responses.map((response) => `${knownLine(compactLine(response, options), response)}\n`);
}

test(
  'random flows',
  async () => {
    for (let done = 0, turn = 0; done < TOTAL; done += AT_ONCE, turn++) {
      const flows = fc.sample(flowArbitrary, {
        seed: SEED + turn,
        numRuns: Math.min(AT_ONCE, TOTAL - done),
      });
      const responses = flows.map((flow) =>
        create(GetFlowsResponseSchema, {
          responseTypes: { case: 'flow', value: knownFlow(flow) },
          nodeName: flow.nodeName,
          ...(flow.time === undefined ? {} : { time: flow.time }),
        }),
      );
      const options = optionsOf(turn);
      expect(ownLines(responses, options)).toEqual(await oracle.print(responses, options));
    }
  },
  60_000 + TOTAL,
);

test.skipIf(captures === '')('records of real clusters', async () => {
  const responses = readdirSync(captures)
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(join(captures, file), 'utf8').split('\n'))
    .flatMap((text) => {
      const record = fromJsonLine(text);
      if (!record.ok || record.value.kind !== 'flows') return [];
      const { response } = record.value;
      const { case: kind } = response.responseTypes;
      return kind === 'flow' || kind === 'lostEvents' ? [response] : [];
    });
  expect(responses.length).toBeGreaterThan(100);
  for (let turn = 0; turn < 18; turn++) {
    const options = optionsOf(turn);
    expect(ownLines(responses, options)).toEqual(await oracle.print(responses, options));
  }
});
