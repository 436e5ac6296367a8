import { describe, expect, it } from 'vitest';
import { NO_AGENTS } from './agent-marks.ts';
import type { Histogram } from './bars.ts';
import { dimensionOf } from './dimensions.ts';
import { createStacker } from './stacker.ts';

const verdict = dimensionOf('verdict');

function counted(counts: readonly number[], bucketMs = 1000): Histogram {
  return {
    startMs: 0,
    bucketMs,
    buckets: 1,
    series: [{ value: 'FORWARDED', counts }],
    lost: [],
    gaps: [],
    agents: NO_AGENTS,
  };
}

describe('the stacker', () => {
  it('keeps a scale from answer to answer while it serves', () => {
    const stack = createStacker();
    expect(stack(counted([39]), verdict).ceilings.up).toBe(40);
    expect(stack(counted([20]), verdict).ceilings.up).toBe(40);
    expect(stack(counted([50]), verdict).ceilings.up).toBe(50);
    expect(stack(counted([2]), verdict).ceilings.up).toBe(2);
  });

  it('begins anew with other bars', () => {
    const stack = createStacker();
    expect(stack(counted([39]), verdict).ceilings.up).toBe(40);
    expect(stack(counted([40], 2000), verdict).ceilings.up).toBe(20);
  });

  it('makes the same stacks once', () => {
    const stack = createStacker();
    const histogram = counted([1]);
    expect(stack(histogram, verdict)).toBe(stack(histogram, verdict));
    expect(stack(histogram, dimensionOf('type'))).not.toBe(stack(histogram, verdict));
  });
});
