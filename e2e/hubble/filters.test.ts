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
import { knownFilter, knowsFilter } from './support/version.ts';

const SEED = Number(process.env['FINDERSCOPE_HUBBLE_SEED'] ?? 1);
/** How many lists of filters are tried. */
const LISTS = Number(process.env['FINDERSCOPE_HUBBLE_FILTERS'] ?? 1500);
const FLOWS = fc.sample(flowArbitrary, { seed: SEED, numRuns: 400 });
const oracle = startOracle();
beforeAll(() => oracle.use(FLOWS));
afterAll(() => oracle[Symbol.asyncDispose]());

function ours(allow: readonly FlowFilter[], deny: readonly FlowFilter[]): readonly number[] | string {
  const compiled = compileFilters(allow, deny);
  if (!compiled.ok) return compiled.error;
  return FLOWS.flatMap((flow, row) => (compiled.value(flow) ? [row] : []));
}

test.each(ALL_FILTER_FIELDS.filter(knowsFilter))('%s', async (field) => {
  let matched = 0;
  const filters = fc.sample(filterWithFields([field]), { seed: SEED, numRuns: 60 });
  for (const filter of filters.map(knownFilter)) {
    const expected = await oracle.match([filter], []);
    expect(ours([filter], []), JSON.stringify(filter, bigints)).toEqual(expected);
    matched += expected.length;
  }
  expect(matched).toBeGreaterThan(0);
});

test(
  'filters of several fields, lists of them, and exclusions',
  async () => {
    const lists = fc.tuple(
      fc.array(filterArbitrary().map(knownFilter), { maxLength: 3 }),
      fc.array(filterArbitrary(1).map(knownFilter), { maxLength: 2 }),
    );
    for (const [allow, deny] of fc.sample(lists, { seed: SEED, numRuns: LISTS })) {
      expect(ours(allow, deny), JSON.stringify({ allow, deny }, bigints)).toEqual(
        await oracle.match(allow, deny),
      );
    }
  },
  60_000 + LISTS * 20,
);

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
