import { expect, it } from 'vitest';
import { latencyX } from './latency-mark.tsx';

it('marks latencies between the ends of the scale', () => {
  expect([latencyX(1), latencyX(1e6), latencyX(1e8), latencyX(1e13)]).toEqual([4, 4, 60, 116]);
});
