import { encodeFrame, readFrames } from '@finderscope/grpc-wire';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BATCH_BYTES, BATCH_MS, Coalescer, type Sink } from './coalescer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const frame = (bytes: number, fill = 1): Buffer => Buffer.from(encodeFrame(new Uint8Array(bytes).fill(fill)));

class Recorder {
  readonly batches: Buffer[] = [];
  /** Frames of each. */
  readonly counts: number[] = [];
  faults: string[] = [];
  full = false;
  readonly coalescer: Coalescer;
  constructor(mayTear = true) {
    const sink: Sink = {
      write: (batch, frames) => {
        this.batches.push(batch);
        this.counts.push(frames);
        return !this.full;
      },
      fault: (reason) => this.faults.push(reason),
    };
    this.coalescer = new Coalescer(sink, { maxMessageBytes: 1 << 24, mayTear });
  }
  get frames(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }
  get sizes(): number[] {
    return this.batches.map((batch) => batch.length);
  }
}

describe('Coalescer', () => {
  test('small frames leave together, 4 ms after the first', () => {
    const { coalescer, ...rest } = new Recorder();
    coalescer.push(frame(10));
    vi.advanceTimersByTime(BATCH_MS - 1);
    coalescer.push(frame(20));
    expect(rest.batches).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(rest.batches.map((batch) => batch.length)).toEqual([40]);
    expect(coalescer.pendingBytes).toBe(0);
  });

  test('a full batch leaves at once', () => {
    const recorder = new Recorder();
    for (let bytes = 0; bytes < BATCH_BYTES; bytes += 1005) recorder.coalescer.push(frame(1000));
    expect(recorder.sizes).toEqual([Math.ceil(BATCH_BYTES / 1005) * 1005]);
    vi.advanceTimersByTime(100);
    expect(recorder.sizes).toHaveLength(1);
  });

  test('a frame that is not whole waits for its rest', () => {
    const recorder = new Recorder();
    const whole = frame(100);
    recorder.coalescer.push(Buffer.concat([frame(10), whole.subarray(0, 50)]));
    vi.advanceTimersByTime(BATCH_MS);
    expect(recorder.sizes).toEqual([15]);
    recorder.coalescer.push(whole.subarray(50));
    vi.advanceTimersByTime(BATCH_MS);
    expect(recorder.sizes).toEqual([15, 105]);
    expect(recorder.frames).toBe(2);
  });

  test('a full sink asks to pause, and gets the rest when it drained', () => {
    const recorder = new Recorder();
    recorder.full = true;
    expect(recorder.coalescer.push(frame(BATCH_BYTES))).toBe(false);
    expect(recorder.coalescer.push(frame(10))).toBe(false);
    vi.advanceTimersByTime(100);
    expect(recorder.sizes).toEqual([BATCH_BYTES + 5]);
    recorder.full = false;
    expect(recorder.coalescer.drained()).toBe(true);
    expect(recorder.sizes).toEqual([BATCH_BYTES + 5, 15]);
  });

  test('a very large frame is written in parts', () => {
    const recorder = new Recorder();
    const large = frame(3 * BATCH_BYTES, 7);
    recorder.coalescer.push(large.subarray(0, BATCH_BYTES + 10));
    expect(recorder.sizes).toEqual([BATCH_BYTES + 10]);
    expect(recorder.coalescer.finish()).toEqual({ unfinishedBytes: 0, insideFrame: true });
  });

  test('much in one piece is written at once and not copied, behind what began earlier', () => {
    const recorder = new Recorder();
    const small = frame(100, 2);
    const many = Buffer.concat(Array.from({ length: 60 }, () => frame(995, 3)));
    recorder.coalescer.push(Buffer.concat([frame(10), small.subarray(0, 50)]));
    const piece = Buffer.concat([small.subarray(50), many, small.subarray(0, 7)]);
    recorder.coalescer.push(piece);
    expect(recorder.sizes).toEqual([15 + 105, 60_000]);
    expect(recorder.counts).toEqual([2, 60]);
    expect(recorder.batches[1]?.buffer).toBe(piece.buffer);
    expect(recorder.batches[1]?.equals(many)).toBe(true);
    expect(recorder.coalescer.pendingBytes).toBe(7);
  });

  test('much in one piece waits behind a sink that is full, also of what went ahead of it', () => {
    const recorder = new Recorder();
    recorder.full = true;
    recorder.coalescer.push(frame(100).subarray(0, 50));
    const many = Buffer.concat([frame(100).subarray(50), frame(BATCH_BYTES - 100)]);
    expect(recorder.coalescer.push(many)).toBe(false);
    expect(recorder.coalescer.push(frame(10))).toBe(false);
    expect(recorder.sizes).toEqual([105]);
    recorder.full = false;
    expect(recorder.coalescer.drained()).toBe(true);
    expect([recorder.sizes, recorder.counts]).toEqual([
      [105, BATCH_BYTES - 95 + 15],
      [1, 2],
    ]);
  });

  test('the end tells what did not arrive whole', () => {
    const recorder = new Recorder();
    recorder.coalescer.push(Buffer.concat([frame(10), frame(100).subarray(0, 30)]));
    expect(recorder.coalescer.finish()).toEqual({ unfinishedBytes: 30, insideFrame: false });
    expect(recorder.sizes).toEqual([15]);
  });

  test('bytes that are no frames are reported once, after what was whole', () => {
    const recorder = new Recorder();
    recorder.coalescer.push(Buffer.concat([frame(10), Buffer.from('HTTP')]));
    recorder.coalescer.push(Buffer.from('more'));
    expect([recorder.sizes, recorder.faults.length]).toEqual([[15], 1]);
  });

  test.each([true, false])(
    'whatever the pieces and pauses, the same bytes come out, frames counted; tears: %s',
    (mayTear) => {
      const messages = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 12 });
      const steps = fc.array(
        fc.record({
          take: fc.integer({ min: 1, max: 50_000 }),
          waitMs: fc.integer({ min: 0, max: 6 }),
          full: fc.boolean(),
        }),
        { minLength: 1, maxLength: 20 },
      );
      fc.assert(
        fc.property(messages, steps, (sizes, plan) => {
          const recorder = new Recorder(mayTear);
          const bytes = Buffer.concat(sizes.map((size, i) => frame(size, i + 1)));
          let at = 0;
          for (let i = 0; at < bytes.length; i++) {
            const step = plan[i % plan.length]!;
            recorder.full = step.full;
            recorder.coalescer.push(bytes.subarray(at, at + step.take));
            at += step.take;
            vi.advanceTimersByTime(step.waitMs);
            if (!step.full) recorder.coalescer.drained();
          }
          expect(recorder.coalescer.finish()).toEqual({ unfinishedBytes: 0, insideFrame: false });
          expect(Buffer.concat(recorder.batches).equals(bytes)).toBe(true);
          expect(recorder.frames).toBe(sizes.length);
          if (mayTear) return;
          const read = recorder.batches.map(readFrames);
          expect(read.map(({ frames }) => frames.length)).toEqual(recorder.counts);
          for (const { restBytes } of read) expect(restBytes).toBe(0);
        }),
        { seed: 5, numRuns: 60 },
      );
    },
  );
});
