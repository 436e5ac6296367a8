import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame, readFrameLength, readFrames, writeFrameHeader } from './frame.ts';
import { FrameScanner } from './frame-scanner.ts';

const LIMIT = 1 << 20;
const messages = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

describe('frames', () => {
  test('a frame is flag, big-endian length, message', () => {
    expect([...encodeFrame(Uint8Array.of(7, 8), 1)]).toEqual([1, 0, 0, 0, 2, 7, 8]);
  });

  test('lengths above 2 GiB are read as unsigned', () => {
    const header = new Uint8Array(5);
    writeFrameHeader(header, 0, 0xfffffffe);
    expect(readFrameLength(header, 0)).toBe(0xfffffffe);
  });

  test('frames written one after another are read back, and what is cut off is counted', () => {
    fc.assert(
      fc.property(messages, fc.nat(), (list, cutSeed) => {
        const bytes = join(list.map((message) => encodeFrame(message)));
        expect(readFrames(bytes).frames.map((frame) => Array.from(frame.message))).toEqual(
          list.map((message) => Array.from(message)),
        );
        expect(readFrames(bytes).restBytes).toBe(0);

        const cut = bytes.length === 0 ? 0 : cutSeed % bytes.length;
        const read = readFrames(bytes.subarray(0, cut));
        const whole = read.frames.reduce((sum, frame) => sum + 5 + frame.message.length, 0);
        expect(whole + read.restBytes).toBe(cut);
        expect(read.frames.length).toBeLessThanOrEqual(list.length);
      }),
      { seed: 1 },
    );
  });
});

describe('FrameScanner', () => {
  test('finds the same boundaries whatever the pieces', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 20 }), (list, steps) => {
        const bytes = join(list.map((message) => encodeFrame(message)));
        const ends = new Set<number>();
        let end = 0;
        for (const message of list) ends.add((end += 5 + message.length));

        const scanner = new FrameScanner(LIMIT);
        let at = 0;
        for (let i = 0; at < bytes.length; i++) {
          const piece = bytes.subarray(at, at + (steps[i] ?? bytes.length));
          const boundary = scanner.scan(piece);
          const inside = [...ends].filter((e) => e > at && e <= at + piece.length);
          expect(boundary).toBe(inside.length === 0 ? 0 : Math.max(...inside) - at);
          at += piece.length;
          expect(scanner.atBoundary).toBe(ends.has(at));
        }
        expect(scanner.frames).toBe(list.length);
        expect(scanner.fault).toBeUndefined();
      }),
      { seed: 2 },
    );
  });

  test('names a flag no message has, and keeps what was whole before it', () => {
    const scanner = new FrameScanner(LIMIT);
    const good = encodeFrame(Uint8Array.of(1, 2, 3));
    expect(scanner.scan(join([good, Uint8Array.of(0x48, 0x54, 0x54, 0x50)]))).toBe(good.length);
    expect(scanner.fault).toContain('0x48');
    expect(scanner.frames).toBe(1);
    expect(scanner.scan(good)).toBe(0);
  });

  test('names a length over the limit', () => {
    const scanner = new FrameScanner(10);
    expect(scanner.scan(encodeFrame(new Uint8Array(10)))).toBe(15);
    expect(scanner.scan(encodeFrame(new Uint8Array(11)))).toBe(0);
    expect(scanner.fault).toContain('11 bytes');
  });
});
