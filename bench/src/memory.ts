// memory.hold_1m: what a process grows by in RSS when it comes to hold a million flows with three lists, against the heap that as many messages would take.

import { Child } from './child.ts';
import { type Bench, median } from './measure.ts';

const ROUNDS = 5;

export const HOLD: Bench = {
  name: 'memory.hold_1m',
  run: async () => {
    const held: number[] = [];
    for (let round = 0; round < ROUNDS; round++) held.push(await measure());
    return [{ name: 'memory.hold_1m', unit: 'MB', value: median(held), baseline: await measure('objects') }];
  },
};

async function measure(...args: readonly string[]): Promise<number> {
  const child = new Child('hold.ts', args, ['--expose-gc']);
  try {
    const { mb = Number.NaN } = await child.next();
    return mb;
  } finally {
    await child.stop();
  }
}
