import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { drawEntry, entry, fillRing, ringOf } from '../testing/ring-text.ts';
import { isRingCapacity, RingBuffer } from './ring-buffer.ts';

function readable(ring: RingBuffer): string {
  const seen: string[] = [];
  for (let position = ring.oldest; position <= ring.newest; position++) {
    const got = ring.read(position);
    seen.push(got === undefined ? '?' : drawEntry(got));
  }
  return seen.join(' ');
}

describe('the newest entry is not readable yet', () => {
  test.each([
    ['', '', 0],
    ['f1', '', 1],
    ['f1 f2', 'f1', 2],
    ['f1 f2 f3 f4', 'f1 f2 f3', 3],
    ['f1 f2 f3 f4 f5', 'f2 f3 f4', 3],
    ['f1 f2 f3 f4 f5 f6 f7 f8 f9', 'f6 f7 f8', 3],
  ])('capacity 3 after "%s": "%s"', (written, expected, length) => {
    const ring = ringOf(written, 3);
    expect(readable(ring)).toBe(expected);
    expect(ring.length).toBe(length);
  });
});

test('holds the last entries whatever their number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 200 }), (bits, count) => {
      const capacity = 2 ** bits - 1;
      const ring = new RingBuffer(capacity);
      for (let i = 0; i < count; i++) ring.write(entry(`f${i}`));
      const expected: string[] = [];
      for (let i = Math.max(0, count - 1 - capacity); i < count - 1; i++) expected.push(`f${i}`);
      expect(readable(ring)).toBe(expected.join(' '));
    }),
    { seed: 1 },
  );
});

test('only 2^n - 1 up to 65535 is a capacity', () => {
  expect([1, 3, 4095, 65_535].every(isRingCapacity)).toBe(true);
  expect([0, 2, 4096, 131_071, 2.5, -1, NaN].some(isRingCapacity)).toBe(false);
  expect(() => new RingBuffer(10)).toThrow('2^n - 1');
});

test('publish wakes listeners until they unsubscribe', () => {
  const ring = new RingBuffer(3);
  let woken = 0;
  const unsubscribe = ring.subscribe(() => woken++);
  fillRing(ring, 'f1 f2 f3');
  expect(woken).toBe(1);
  unsubscribe();
  fillRing(ring, 'f4');
  expect(woken).toBe(1);
});
