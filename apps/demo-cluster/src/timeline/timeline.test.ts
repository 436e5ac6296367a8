import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addNs, compareMoments, nsBetween, SYSTEM_CLOCK } from './clock.ts';
import { PriorityQueue } from './priority-queue.ts';
import { createRandom, randomUuid } from './random.ts';
import { Signal } from './signal.ts';
import { Timeline } from './timeline.ts';

test('a priority queue sorts', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      const queue = new PriorityQueue<number>((a, b) => a < b);
      for (const number of numbers) queue.push(number);
      const out: number[] = [];
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) out.push(next);
      expect(out).toEqual(numbers.toSorted((a, b) => a - b));
      expect(queue.size).toBe(0);
    }),
    { seed: 1 },
  );
});

describe('a timeline', () => {
  test('runs steps in order, those that steps add too', () => {
    const timeline = new Timeline();
    const seen: string[] = [];
    timeline.after(20, () => seen.push(`c@${timeline.nowNs}`));
    timeline.after(10, () => {
      seen.push(`a@${timeline.nowNs}`);
      timeline.after(5, () => seen.push(`b@${timeline.nowNs}`));
      timeline.at(3, () => seen.push(`late@${timeline.nowNs}`));
    });
    timeline.after(10, () => seen.push('same moment, later'));
    timeline.advanceTo(19);
    expect(seen).toEqual(['a@10', 'same moment, later', 'late@10', 'b@15']);
    expect(timeline.nowNs).toBe(19);
    timeline.advanceTo(20);
    expect(seen.at(-1)).toBe('c@20');
  });
});

describe('moments', () => {
  test('adding and the distance undo each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e9 }),
        fc.integer({ min: 0, max: 999_999_999 }),
        fc.integer({ min: -9e14, max: 9e14 }),
        (seconds, nanos, ns) => {
          const moment = { seconds, nanos };
          const moved = addNs(moment, ns);
          expect(moved.nanos).toBeGreaterThanOrEqual(0);
          expect(moved.nanos).toBeLessThan(1e9);
          expect(nsBetween(moment, moved)).toBe(ns);
          expect(Math.sign(compareMoments(moved, moment))).toBe(Math.sign(ns));
        },
      ),
      { seed: 1 },
    );
  });

  test('the system clock is the system clock', () => {
    const before = Math.floor(Date.now() / 1000) - 1;
    const { seconds, nanos } = SYSTEM_CLOCK.now();
    expect(seconds).toBeGreaterThanOrEqual(before);
    expect(nanos).toBeLessThan(1e9);
  });
});

describe('chance', () => {
  test('the same seed gives the same numbers, another seed others', () => {
    const draw = (seed: number): number[] => Array.from({ length: 50 }, createRandom(seed).uint32);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test('between covers its ends evenly enough', () => {
    const random = createRandom(1);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) counts[random.between(0, 3)]!++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test('uuids are of version 4 and differ', () => {
    const random = createRandom(1);
    const uuids = Array.from({ length: 1000 }, () => randomUuid(random));
    expect(new Set(uuids).size).toBe(1000);
    for (const uuid of uuids) {
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});

describe('a signal', () => {
  const never = new AbortController().signal;

  test('a raise before the wait is not lost', async () => {
    const signal = new Signal();
    signal.raise();
    await expect(signal.wait(never)).resolves.toBeUndefined();
  });

  test('one raise ends one wait', async () => {
    const signal = new Signal();
    const order: string[] = [];
    const waiting = signal.wait(never).then(() => order.push('woken'));
    order.push('raising');
    signal.raise();
    await waiting;
    expect(order).toEqual(['raising', 'woken']);
  });

  test('an abort and a timeout end it too', async () => {
    const controller = new AbortController();
    const waiting = new Signal().wait(controller.signal);
    controller.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(new Signal().wait(never, 1)).resolves.toBeUndefined();
  });
});
