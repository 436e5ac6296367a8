import { describe, expect, it } from 'vitest';
import { NO_AGENTS } from './agent-marks.ts';
import { type Histogram, stackHistogram } from './bars.ts';
import type { SplitId } from '../../view-state/index.ts';
import { dimensionOf } from './dimensions.ts';

function histogram(series: Readonly<Record<string, readonly number[]>>): Histogram {
  return {
    startMs: 0,
    bucketMs: 2000,
    buckets: 3,
    series: Object.entries(series).map(([value, counts]) => ({ value, counts })),
    lost: [0, 0, 0],
    gaps: [],
    agents: NO_AGENTS,
  };
}

/** "name side total" of each layer, from the zero line outwards. */
function layers(
  id: SplitId,
  series: Readonly<Record<string, readonly number[]>>,
  ranking: string[] = [],
): readonly string[] {
  const { layers: found } = stackHistogram(histogram(series), dimensionOf(id), ranking);
  return found.map(({ name, side, total }) => `${name} ${side} ${String(total)}`);
}

describe('the stacks', () => {
  it('stand above zero for what passed and hang below for what failed', () => {
    expect(
      layers('verdict', {
        AUDIT: [0, 0, 1],
        DROPPED: [1, 2, 0],
        TRACED: [1, 1, 1],
        FORWARDED: [10, 20, 30],
        ERROR: [0, 1, 0],
        REDIRECTED: [0, 3, 0],
        VERDICT_UNKNOWN: [1, 0, 0],
      }),
    ).toEqual([
      'FORWARDED up 60',
      'REDIRECTED up 3',
      'TRACED up 3',
      'DROPPED down 3',
      'ERROR down 1',
      'AUDIT down 1',
      'VERDICT_UNKNOWN up 1',
    ]);
  });

  it('know the largest rate of each side', () => {
    const { maxPerS } = stackHistogram(
      histogram({ FORWARDED: [10, 20, 0], REDIRECTED: [0, 4, 30], DROPPED: [0, 0, 1] }),
      dimensionOf('verdict'),
      [],
    );
    expect(maxPerS).toEqual({ up: 15, down: 0.5 });
  });

  it('hang every drop reason below, name three and sum up the rest', () => {
    expect(
      layers('drop-reason', {
        POLICY_DENIED: [9, 0, 0],
        A: [1, 0, 0],
        B: [0, 2, 0],
        C: [0, 0, 3],
        D: [1, 0, 0],
        others: [100, 0, 0],
      }),
    ).toEqual(['POLICY_DENIED down 9', 'C down 3', 'B down 2', 'others down 102']);
  });

  it('hang failed requests below', () => {
    expect(
      layers('http', { '4xx': [0, 1, 0], '2xx': [2, 1, 0], '5xx': [0, 0, 1], '3xx': [1, 0, 0] }),
    ).toEqual(['2xx up 3', '3xx up 1', '5xx down 1', '4xx down 1']);
  });

  it('do not swap two values of one size', () => {
    const ranking: string[] = [];
    expect(layers('type', { trace: [10, 0, 0], l7: [9, 0, 0] }, ranking)).toEqual(['trace up 10', 'l7 up 9']);
    expect(layers('type', { trace: [10, 0, 0], l7: [12, 0, 0] }, ranking)).toEqual([
      'trace up 10',
      'l7 up 12',
    ]);
    expect(layers('type', { trace: [10, 0, 0], l7: [13, 0, 0] }, ranking)).toEqual([
      'l7 up 13',
      'trace up 10',
    ]);
  });
});
