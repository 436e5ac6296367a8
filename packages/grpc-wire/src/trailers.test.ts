import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFrames } from './frame.ts';
import {
  encodeMetadataFrame,
  encodeTrailerFrame,
  escapeGrpcMessage,
  parseTrailerBody,
  unescapeGrpcMessage,
} from './trailers.ts';

describe('grpc-message', () => {
  test('escapes all but printable ASCII, and the percent sign', () => {
    expect(escapeGrpcMessage('100 % ~ ü\n')).toBe('100 %25 ~ %C3%BC%0A');
  });

  test('comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeGrpcMessage(text);
        expect(escaped).toMatch(/^[\x20-\x7e]*$/);
        expect(unescapeGrpcMessage(escaped)).toBe(text);
      }),
      { seed: 3 },
    );
  });

  test('keeps what is not valid escaping, and characters outside ASCII that a sloppy server sent raw', () => {
    expect(unescapeGrpcMessage('50% of %zz 😀 %41 %4')).toBe('50% of %zz 😀 A %4');
  });
});

describe('trailer frame', () => {
  test('is flagged and is read back', () => {
    const { frames } = readFrames(encodeTrailerFrame(14, 'no route to "relay" — 50%'));
    expect(frames[0]?.flags).toBe(0x80);
    expect(parseTrailerBody(frames[0]?.message ?? new Uint8Array())).toEqual({
      code: 14,
      message: 'no route to "relay" — 50%',
    });
  });

  test('carries other metadata too, and is read without regard to case and space', () => {
    const { frames } = readFrames(
      encodeMetadataFrame([
        ['grpc-status', '0'],
        ['x-node', 'a: b'],
      ]),
    );
    expect(new TextDecoder().decode(frames[0]?.message)).toBe('grpc-status: 0\r\nx-node: a: b\r\n');
    expect(parseTrailerBody(new TextEncoder().encode('GRPC-Status:7\r\nGrpc-Message:  a%20b'))).toEqual({
      code: 7,
      message: 'a b',
    });
  });

  test('a missing or broken status is -1', () => {
    expect(parseTrailerBody(new Uint8Array()).code).toBe(-1);
    expect(parseTrailerBody(new TextEncoder().encode('grpc-status: ok\r\n')).code).toBe(-1);
  });
});
