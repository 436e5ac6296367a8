import { describe, expect, it } from 'vitest';
import { type DomainInputs, isLive, msOf, nsOf, panBy, spanOf, zoomAt } from './domain.ts';

const NOW = 1_795_262_400_000;
const base: DomainInputs = {
  zoom: undefined,
  window: undefined,
  endMs: NOW,
  oldestMs: NOW - 200_000,
  previousMs: undefined,
};

/** Both ends as seconds before now. */
function ends(inputs: Partial<DomainInputs>): readonly [number, number] {
  const { startMs, endMs } = spanOf({ ...base, ...inputs });
  return [(startMs - NOW) / 1000, (endMs - NOW) / 1000];
}

function between(sinceS: number | undefined, untilS: number | undefined) {
  const ns = (s: number | undefined) => (s === undefined ? undefined : nsOf(NOW + s * 1000));
  return { kind: 'between', sinceNs: ns(sinceS), untilNs: ns(untilS) } as const;
}

describe('the time on screen', () => {
  it('covers what is held in round lengths', () => {
    expect(ends({ oldestMs: undefined })).toEqual([-60, 0]);
    expect(ends({ oldestMs: NOW - 30_000 })).toEqual([-60, 0]);
    expect(ends({})).toEqual([-210, 0]);
    expect(ends({ oldestMs: NOW - 9e9 })).toEqual([-86_400, 0]);
  });

  it('keeps its length while that serves', () => {
    expect(ends({ oldestMs: NOW - 200_000, previousMs: 480_000 })).toEqual([-210, 0]);
    expect(ends({ oldestMs: NOW - 250_000, previousMs: 480_000 })).toEqual([-480, 0]);
    expect(ends({ oldestMs: NOW - 500_000, previousMs: 480_000 })).toEqual([-600, 0]);
  });

  it('follows the window of the view', () => {
    expect(ends({ window: { kind: 'last', spanMs: 90_000 } })).toEqual([-90, 0]);
    expect(ends({ window: between(-100, -80) })).toEqual([-120, -60]);
    expect(ends({ window: between(-100, -10) })).toEqual([-190, 0]);
    expect(ends({ window: between(-1000, undefined) })).toEqual([-1100, 0]);
    expect(ends({ window: between(-100, undefined) })).toEqual([-210, 0]);
    expect(ends({ window: between(undefined, -100) })).toEqual([-310, 0]);
  });

  it('is what a person zoomed to', () => {
    expect(ends({ zoom: { kind: 'live', lengthMs: 5000 } })).toEqual([-5, 0]);
    const span = { startMs: NOW - 9000, endMs: NOW - 4000 };
    expect(ends({ zoom: { kind: 'fixed', span } })).toEqual([-9, -4]);
  });

  it('runs on only where its end is open', () => {
    expect(isLive({ zoom: undefined, window: undefined })).toBe(true);
    expect(isLive({ zoom: undefined, window: between(-5, undefined) })).toBe(true);
    expect(isLive({ zoom: undefined, window: between(-5, -4) })).toBe(false);
    expect(isLive({ zoom: { kind: 'live', lengthMs: 5 }, window: between(-5, -4) })).toBe(true);
    expect(isLive({ zoom: { kind: 'fixed', span: { startMs: 0, endMs: 1 } }, window: undefined })).toBe(
      false,
    );
  });
});

describe('zoom and pan', () => {
  const span = { startMs: NOW - 100_000, endMs: NOW };

  it('keep the time under the pointer in its place', () => {
    expect(zoomAt(span, NOW - 50_000, 0.5, true, NOW)).toEqual({
      kind: 'fixed',
      span: { startMs: NOW - 75_000, endMs: NOW - 25_000 },
    });
  });

  it('stay at the running end when the pointer is near it, and come back to it', () => {
    expect(zoomAt(span, NOW - 5000, 0.5, true, NOW)).toEqual({ kind: 'live', lengthMs: 50_000 });
    const past = { startMs: NOW - 75_000, endMs: NOW - 25_000 };
    expect(zoomAt(past, NOW - 50_000, 3, false, NOW)).toEqual({ kind: 'live', lengthMs: 150_000 });
    expect(panBy(past, 10_000, NOW)).toEqual({
      kind: 'fixed',
      span: { startMs: NOW - 65_000, endMs: NOW - 15_000 },
    });
    expect(panBy(past, 40_000, NOW)).toEqual({ kind: 'live', lengthMs: 50_000 });
  });

  it('end at lengths that can be drawn', () => {
    expect(zoomAt(span, NOW, 1e-9, true, NOW)).toEqual({ kind: 'live', lengthMs: 200 });
    expect(zoomAt(span, NOW, 1e9, true, NOW)).toEqual({ kind: 'live', lengthMs: 31 * 86_400_000 });
  });
});

describe('flow time', () => {
  it('comes back from ms to the microsecond', () => {
    expect(nsOf(msOf(1_795_262_400_123_456_789n))).toBe(1_795_262_400_123_456_000n);
    expect(msOf(undefined)).toBeUndefined();
  });
});
