// Every scenario there is. A new one is a file beside this one and a line here.

import { L3_LAB } from './l3.ts';
import { LOAD } from './load.ts';
import { REPLAY } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { SHOP } from './shop.ts';
import { STAR_WARS } from './star-wars.ts';

export const SCENARIOS: readonly [Scenario, ...Scenario[]] = [STAR_WARS, SHOP, L3_LAB, LOAD, REPLAY];

export const DEFAULT_SCENARIO = SCENARIOS[0];

export function scenarioByName(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}
