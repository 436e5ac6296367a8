import { describe, expect, it } from 'vitest';
import type { Stats } from '../engine/protocol.ts';
import {
  heldEquation,
  lostByCause,
  receivedEquation,
  skippedByCause,
  unaccounted,
  unreadable,
} from './books.ts';

const STATS: Stats = {
  received: 16_087,
  held: 15_832,
  filtered: 9_416,
  evicted: 200,
  lost: { total: 43, perfRing: 0, observerQueue: 3, hubbleRing: 40, unknown: 0 },
  sampled: 0,
  skipped: { total: 12, malformed: 2, oversized: 0, duplicate: 10 },
  bytesReceived: 0,
  reconnects: 1,
};

describe('the books', () => {
  it('add up in words', () => {
    expect(receivedEquation(STATS)).toBe(
      'Received 16,087 = held 15,832 + evicted 200 + lost 43 + repeated 10 + skipped 2',
    );
    expect(heldEquation(STATS)).toBe('Held 15,832 = shown 6,416 + filtered 9,416');
    expect(unaccounted(STATS)).toBe(0);
    expect(unaccounted({ ...STATS, received: 16_090 })).toBe(3);
  });

  it('name causes, largest first', () => {
    expect(lostByCause(STATS.lost).map(({ count }) => count)).toEqual([40, 3]);
    expect(lostByCause(STATS.lost)[0]?.cause).toContain('HUBBLE_RING_BUFFER');
    expect(unreadable(STATS.skipped)).toBe(2);
    expect(skippedByCause({ ...STATS.skipped, total: 15, oversized: 3 })).toEqual([
      { cause: 'larger than a message may be', count: 3 },
      { cause: 'could not be decoded', count: 2 },
    ]);
  });
});
