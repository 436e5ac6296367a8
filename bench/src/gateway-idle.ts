// gateway.idle_cpu: what five open viewers cost the gateway while the server has nothing to say, as a share of a core.

import { setTimeout as delay } from 'node:timers/promises';
import { openWeb, withGateway } from './gateway.ts';
import { type Bench, median } from './measure.ts';

const VIEWERS = 5;
const ROUNDS = 5;
const ROUND_MS = 6000;

export const IDLE_CPU: Bench = {
  name: 'gateway.idle_cpu',
  run: async () => {
    const shares: number[] = [];
    await withGateway('own-gateway.ts', 0, async (gateway, port) => {
      const viewers = await Promise.all(Array.from({ length: VIEWERS }, () => openWeb(port)));
      for (const viewer of viewers) viewer.resume();
      // What starting has left to do is not idling.
      await delay(ROUND_MS);
      for (let round = 0; round < ROUNDS; round++) {
        const before = await gateway.usage();
        await delay(ROUND_MS);
        const after = await gateway.usage();
        shares.push(((after.cpuMs - before.cpuMs) / ROUND_MS) * 100);
      }
      for (const viewer of viewers) viewer.destroy();
    });
    return [{ name: 'gateway.idle_cpu', unit: '%', value: median(shares) }];
  },
};
