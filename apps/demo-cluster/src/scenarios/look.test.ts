// Every look of every lab shows something in its stage.

import '@finderscope/flow-query/expressions';
import { compileFilters, compileFilterText } from '@finderscope/flow-query';
import { describe, expect, test } from 'vitest';

import { playLab } from '../testing/play-lab.ts';
import { L3_LAB } from './l3.ts';
import { L3_STAGES } from './l3-policies.ts';
import type { Scenario, Stage } from './scenario.ts';
import { SHOP } from './shop.ts';
import { SHOP_STAGES } from './shop-policies.ts';
import { STAR_WARS, STAR_WARS_STAGES } from './star-wars.ts';

const LABS: readonly {
  readonly name: string;
  readonly scenario: Scenario;
  readonly stages: readonly Stage[];
}[] = [
  { name: 'star-wars', scenario: STAR_WARS, stages: STAR_WARS_STAGES },
  { name: 'shop', scenario: SHOP, stages: SHOP_STAGES },
  { name: 'l3', scenario: L3_LAB, stages: L3_STAGES },
];

describe.each(LABS)('$name', ({ scenario, stages }) => {
  test.each(stages.map(({ id, looks }) => [id, looks] as const))('%s', (id, looks) => {
    const { seen } = playLab(scenario, id, 15);
    expect(looks.length).toBeGreaterThan(0);
    for (const { title, search } of looks) {
      const fields = new URLSearchParams(search);
      const filters = compileFilterText(fields.get('q') ?? '');
      if (!filters.ok) throw new Error(`${title}: ${JSON.stringify(filters.error)}`);
      const passes = compileFilters(filters.value.allow, filters.value.deny);
      if (!passes.ok) throw new Error(`${title}: ${passes.error}`);
      expect(seen.filter(({ flow }) => passes.value(flow)).length, title).toBeGreaterThan(0);
      expect(fields.get('v')).toBe('2');
    }
  });
});
