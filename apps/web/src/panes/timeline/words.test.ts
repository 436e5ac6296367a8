import { describe, expect, it } from 'vitest';
import { NO_AGENTS } from './agent-marks.ts';
import { stackHistogram } from './bars.ts';
import { dimensionOf } from './dimensions.ts';
import { readBars, sentenceOf, timeWords } from './words.ts';

const start = Date.UTC(2026, 10, 21, 12, 4, 10);
const bars = stackHistogram(
  {
    startMs: start,
    bucketMs: 2000,
    buckets: 3,
    series: [
      { value: 'DROPPED', counts: [4, 0, 1] },
      { value: 'FORWARDED', counts: [30, 1200, 0] },
    ],
    lost: [0, 3, 0],
    gaps: [{ fromMs: start + 5000, toMs: undefined }],
    agents: NO_AGENTS,
  },
  dimensionOf('verdict'),
  [],
);

function words(fromS: number, toS: number): string {
  const span = { startMs: start + fromS * 1000, endMs: start + toS * 1000 };
  return sentenceOf(readBars(bars, span, start + 6000), 2000, 'utc');
}

describe('bars in words', () => {
  it('say when, how many and which', () => {
    expect(words(0, 2)).toBe('12:04:10 to 12:04:12: 34 flows. FORWARDED 30, DROPPED 4.');
    expect(words(2, 4)).toBe('12:04:12 to 12:04:14: 1,200 flows. FORWARDED 1,200. 3 lost.');
    expect(words(4, 6)).toBe('12:04:14 to 12:04:16: 1 flow. DROPPED 1. Not connected for 1 s.');
    expect(words(0, 6)).toBe(
      '12:04:10 to 12:04:16: 1,235 flows. FORWARDED 1,230, DROPPED 5. 3 lost. Not connected for 1 s.',
    );
    expect(words(-8, -6)).toBe('12:04:02 to 12:04:04: 0 flows.');
  });

  it('say what agents told', () => {
    const said = { type: 3, name: 'X', subjects: [], count: 2, nodes: ['a', 'b'] };
    const told = {
      ...bars,
      agents: {
        marks: [
          {
            fromMs: start + 2000,
            atMs: start + 2500,
            count: 7,
            said: [
              { ...said, text: 'X (1)' },
              { ...said, text: 'X (2)' },
            ],
            more: 3,
            shape: 'flag' as const,
            name: '',
          },
        ],
        unshown: '',
      },
    };
    const span = { startMs: start + 2000, endMs: start + 4000 };
    expect(sentenceOf(readBars(told, span, start + 6000), 2000, 'utc')).toBe(
      '12:04:12 to 12:04:14: 1,200 flows. FORWARDED 1,200. 3 lost. 7 agent events: X (1) on 2 nodes; X (2) on 2 nodes; 3 more.',
    );
  });

  it('name times as finely as the bars are', () => {
    expect(timeWords(start + 250, 100, 'utc')).toBe('12:04:10.250');
    expect(timeWords(start, 60_000, 'utc')).toBe('12:04:10');
    expect(timeWords(start, 3_600_000, 'utc')).toBe('21 Nov 2026 12:04');
  });
});
