import {
  encodeFrame,
  encodeTrailerFrame,
  FLAG_COMPRESSED,
  FRAME_HEADER_BYTES,
  writeFrameHeader,
} from '@finderscope/grpc-wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameScanner, MAX_MESSAGE_BYTES, type ScanState } from './frame-scanner.ts';

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

type Scanned = {
  readonly messages: Uint8Array[];
  oversized: number;
  state: ScanState;
  readonly scanner: FrameScanner;
};

/** Feeds the bytes in chunks of the sizes given, by turns through a BYOB-like reader and a plain one. */
function scan(bytes: Uint8Array, sizes: readonly number[]): Scanned {
  const messages: Uint8Array[] = [];
  let oversized = 0;
  const scanner = new FrameScanner({
    messages: (buffer, spans, count) => {
      for (let i = 0; i < count; i++) messages.push(buffer.slice(spans[i * 2], spans[i * 2 + 1]));
    },
    oversized: (count) => {
      oversized += count;
    },
  });
  let state: ScanState = { state: 'open' };
  let at = 0;
  for (let i = 0; at < bytes.length && state.state === 'open'; i++) {
    const chunk = bytes.subarray(at, at + (sizes[i % sizes.length] ?? 1));
    if (i % 2 === 0) {
      state = scanner.take(chunk);
      at += chunk.length;
    } else {
      const room = scanner.room();
      const part = chunk.subarray(0, room.length);
      const moved = structuredClone(room, { transfer: [room.buffer] });
      moved.set(part);
      state = scanner.filled(moved.buffer, part.length);
      at += part.length;
    }
  }
  return { messages, oversized, state, scanner };
}

describe('FrameScanner', () => {
  it('finds the same messages however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 10 }),
        (messages, sizes) => {
          const bytes = concat([
            ...messages.map((message) => encodeFrame(message)),
            encodeTrailerFrame(0, 'bye'),
          ]);
          const scanned = scan(bytes, sizes);
          expect(scanned.messages).toEqual(messages);
          expect(scanned.state).toEqual({ state: 'trailers', trailers: { code: 0, message: 'bye' } });
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it('takes a message as large as the limit and passes over a larger one, counted', () => {
    const largest = new Uint8Array(MAX_MESSAGE_BYTES).fill(7);
    const header = new Uint8Array(FRAME_HEADER_BYTES);
    writeFrameHeader(header, 0, MAX_MESSAGE_BYTES + 1);
    const bytes = concat([
      encodeFrame(Uint8Array.of(1)),
      header,
      new Uint8Array(MAX_MESSAGE_BYTES + 1).fill(0xff),
      encodeFrame(largest),
      encodeFrame(Uint8Array.of(2)),
    ]);
    const { messages, oversized, state, scanner } = scan(bytes, [200_000, 1_300_000]);
    expect(messages.map((message) => message.length)).toEqual([1, MAX_MESSAGE_BYTES, 1]);
    expect(messages[1]).toEqual(largest);
    expect(oversized).toBe(1);
    expect(state.state).toBe('open');
    expect(scanner.isBetweenFrames).toBe(true);
  });

  it('does not wait for the bytes of a message that claims four gigabytes', () => {
    const header = new Uint8Array(FRAME_HEADER_BYTES);
    writeFrameHeader(header, 0, 0xffffffff);
    const { oversized, scanner } = scan(concat([header, new Uint8Array(3_000_000)]), [100_000]);
    expect(oversized).toBe(1);
    expect(scanner.isBetweenFrames).toBe(false);
    expect(scanner.room().length).toBeLessThanOrEqual(1 << 20);
  });

  it.each([
    ['compressed frames', encodeFrame(Uint8Array.of(1), FLAG_COMPRESSED), /compresses/],
    ['a web page', new TextEncoder().encode('<!doctype html><html>'), /does not start with a gRPC-web frame/],
    [
      'unknown flags later on',
      concat([encodeFrame(Uint8Array.of(1)), encodeFrame(Uint8Array.of(1), 0x42)]),
      /frame 2 .*0x42/,
    ],
    ['trailers beyond reason', Uint8Array.of(0x80, 0x7f, 0, 0, 0), /closing frame/],
  ])('says why %s are not what it can read', (_, bytes, reason) => {
    const { state } = scan(bytes, [4096]);
    expect(state.state).toBe('broken');
    expect(state.state === 'broken' ? state.reason : '').toMatch(reason);
  });

  it('knows when it was cut off inside a message', () => {
    const frame = encodeFrame(new Uint8Array(100));
    expect(scan(frame.subarray(0, 50), [50]).scanner.isBetweenFrames).toBe(false);
    expect(scan(frame, [50]).scanner.isBetweenFrames).toBe(true);
  });
});
