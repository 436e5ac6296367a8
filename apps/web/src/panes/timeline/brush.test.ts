import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brushOf, dragTo, gripAt, windowOf } from './brush.ts';

const bounds = { bucketMs: 2000, nowMs: 100_500 };
const brush = { startMs: 20_000, endMs: 40_000 };

describe('the brush', () => {
  it('makes a window of whole bars, whichever way it is drawn', () => {
    expect(dragTo({ kind: 'new', fromMs: 21_000 }, 38_500, bounds)).toEqual({
      startMs: 20_000,
      endMs: 40_000,
    });
    expect(dragTo({ kind: 'new', fromMs: 38_500 }, 21_000, bounds)).toEqual({
      startMs: 20_000,
      endMs: 40_000,
    });
    expect(dragTo({ kind: 'new', fromMs: 21_000 }, 21_001, bounds)).toEqual({
      startMs: 20_000,
      endMs: 22_000,
    });
  });

  it('stays open when it reaches now', () => {
    expect(dragTo({ kind: 'new', fromMs: 90_000 }, 100_400, bounds)).toEqual({
      startMs: 90_000,
      endMs: undefined,
    });
    expect(dragTo({ kind: 'end', brush }, 200_000, bounds)).toEqual({ startMs: 20_000, endMs: undefined });
  });

  it('keeps its length while it is moved', () => {
    expect(dragTo({ kind: 'move', fromMs: 30_000, brush }, 24_900, bounds)).toEqual({
      startMs: 14_000,
      endMs: 34_000,
    });
    expect(dragTo({ kind: 'move', fromMs: 30_000, brush }, 30_500, bounds)).toBe(brush);
    expect(dragTo({ kind: 'move', fromMs: 30_000, brush }, 999_000, bounds)).toEqual({
      startMs: 82_000,
      endMs: undefined,
    });
  });

  it('turns over when an edge is drawn across the other', () => {
    expect(dragTo({ kind: 'start', brush }, 50_000, bounds)).toEqual({ startMs: 38_000, endMs: 50_000 });
    expect(dragTo({ kind: 'start', brush }, 10_000, bounds)).toEqual({ startMs: 10_000, endMs: 40_000 });
    expect(dragTo({ kind: 'end', brush }, 10_000, bounds)).toEqual({ startMs: 10_000, endMs: 20_000 });
  });

  it('is taken by its edges, its middle, or not at all', () => {
    const kindAt = (ms: number) => gripAt(brush, ms, 0.01, bounds.nowMs).kind;
    expect([19_600, 20_400, 30_000, 39_600, 40_400, 41_000, 10_000].map(kindAt)).toEqual([
      'start',
      'start',
      'move',
      'end',
      'end',
      'new',
      'new',
    ]);
    expect(gripAt(undefined, 5, 0.01, 100)).toEqual({ kind: 'new', fromMs: 5 });
  });

  it('never turns empty', () => {
    const ms = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(ms, ms, fc.constantFrom('new', 'start', 'end', 'move'), (from, to, kind) => {
        const grip = kind === 'new' ? { kind, fromMs: from } : { kind, fromMs: from, brush };
        const { startMs, endMs = bounds.nowMs } = dragTo(grip, to, bounds);
        expect(endMs).toBeGreaterThan(startMs);
      }),
      { seed: 25, numRuns: 300 },
    );
  });

  it('is the window of the view, and back', () => {
    const window = windowOf(brush);
    expect(window).toEqual({ kind: 'between', sinceNs: 20_000_000_000n, untilNs: 40_000_000_000n });
    expect(brushOf(window, 0)).toEqual(brush);
    expect(brushOf({ kind: 'last', spanMs: 5000 }, 0)).toBeUndefined();
    expect(brushOf({ kind: 'between', sinceNs: undefined, untilNs: 5_000_000n }, 3)).toEqual({
      startMs: 3,
      endMs: 5,
    });
  });
});
