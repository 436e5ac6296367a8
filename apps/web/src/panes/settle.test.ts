import { describe, expect, it } from 'vitest';
import { createSettler, valuesSettled } from './settle.ts';

function fakeTimers() {
  let waiting: (() => void) | undefined;
  return {
    timers: {
      setTimeout: (run: () => void) => {
        waiting = run;
        return 1;
      },
      clearTimeout: () => {
        waiting = undefined;
      },
    },
    elapse: () => {
      const run = waiting;
      waiting = undefined;
      run?.();
    },
  };
}

describe('createSettler', () => {
  it('shows the first value at once and then the latest of each quarter second', () => {
    const shown: number[] = [];
    const clock = fakeTimers();
    const settler = createSettler<number>((value) => shown.push(value), 250, clock.timers);
    for (const value of [1, 2, 3]) settler.offer(value);
    expect(shown).toEqual([1]);
    clock.elapse();
    expect(shown).toEqual([1, 3]);
    clock.elapse();
    settler.offer(4);
    expect(shown).toEqual([1, 3, 4]);
  });

  it('shows nothing after it was closed, until something new is offered', () => {
    const shown: number[] = [];
    const clock = fakeTimers();
    const settler = createSettler<number>((value) => shown.push(value), 250, clock.timers);
    settler.offer(1);
    settler.offer(2);
    settler.close();
    clock.elapse();
    expect(shown).toEqual([1]);
    settler.offer(3);
    expect(shown).toEqual([1, 3]);
  });

  it('is waited for while a value waits to be shown, and not when it is closed', async () => {
    const shown: number[] = [];
    const clock = fakeTimers();
    const settler = createSettler<number>((value) => shown.push(value), 250, clock.timers);
    settler.offer(1);
    expect(await valuesSettled()).toBe(false);
    settler.offer(2);
    settler.offer(3);
    const settled = valuesSettled().then((waited) => [waited, shown.at(-1)]);
    clock.elapse();
    expect(await settled).toEqual([true, 3]);
    settler.offer(4);
    settler.close();
    expect(await valuesSettled()).toBe(false);
  });

  it('is not waited for where it settles at the pace of reading', async () => {
    const clock = fakeTimers();
    const settler = createSettler<number>(() => undefined, 2000, clock.timers);
    settler.offer(1);
    settler.offer(2);
    expect(await valuesSettled()).toBe(false);
    settler.close();
  });
});
