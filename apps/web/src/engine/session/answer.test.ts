import { describe, expect, it } from 'vitest';
import type { PaneQuery } from '../protocol.ts';
import { ROWS } from '../test-support/connected.ts';
import { paceOf } from './answer.ts';

const FACETS: PaneQuery = { kind: 'facets', filter: '', fields: ['verdict'], limit: 8 };

describe('the pace of answers', () => {
  it('is five a second for rows, however much comes', () => {
    expect(paceOf(ROWS, 1, 100)).toEqual({ intervalMs: 200, restMs: 10 });
    expect(paceOf(ROWS, 1, 400_000)).toEqual({ intervalMs: 200, restMs: 10 });
  });

  it('is slower for numbers, and once a second in a flood', () => {
    expect(paceOf(FACETS, 4, 5000)).toEqual({ intervalMs: 400, restMs: 40 });
    expect(paceOf(FACETS, 4, 400_000)).toEqual({ intervalMs: 1000, restMs: 40 });
  });

  it('keeps the beats of numbers on those of rows', () => {
    for (const flowsPerS of [0, 400_000])
      expect(paceOf(FACETS, 0, flowsPerS).intervalMs % paceOf(ROWS, 0, flowsPerS).intervalMs).toBe(0);
  });
});
