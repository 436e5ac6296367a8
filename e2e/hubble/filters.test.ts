// Hubble's filters and ours over the same random flows: the same rows, and the same words where one is refused.

import { compileFilters } from '@finderscope/flow-query';
import {
  ALL_FILTER_FIELDS,
  filterArbitrary,
  filterWithFields,
  flowArbitrary,
} from '@finderscope/flow-query/test-support';
import type { FlowFilter } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOracle } from './support/oracle.ts';

const SEED = Number(process.env['FINDERSCOPE_HUBBLE_SEED'] ?? 1);
const FLOWS = fc.sample(flowArbitrary, { seed: SEED, numRuns: 400 });
const oracle = startOracle();
beforeAll(() => oracle.use(FLOWS));
afterAll(() => oracle[Symbol.asyncDispose]());

function ours(allow: readonly FlowFilter[], deny: readonly FlowFilter[]): readonly number[] | string {
  const compiled = compileFilters(allow, deny);
  if (!compiled.ok) return compiled.error;
  return FLOWS.flatMap((flow, row) => (compiled.value(flow) ? [row] : []));
}

test.each([...ALL_FILTER_FIELDS])('%s', async (field) => {
  let matched = 0;
  for (const filter of fc.sample(filterWithFields([field]), { seed: SEED, numRuns: 60 })) {
    const expected = await oracle.match([filter], []);
    expect(ours([filter], []), JSON.stringify(filter, bigints)).toEqual(expected);
    matched += expected.length;
  }
  expect(matched).toBeGreaterThan(0);
});

test('filters of several fields, lists of them, and exclusions', async () => {
  const lists = fc.tuple(
    fc.array(filterArbitrary(), { maxLength: 3 }),
    fc.array(filterArbitrary(1), { maxLength: 2 }),
  );
  for (const [allow, deny] of fc.sample(lists, { seed: SEED, numRuns: 1500 })) {
    expect(ours(allow, deny), JSON.stringify({ allow, deny }, bigints)).toEqual(
      await oracle.match(allow, deny),
    );
  }
});

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
