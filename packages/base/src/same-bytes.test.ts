import { expect, test } from 'vitest';
import { sameBytes } from './same-bytes.ts';

const view = (length: number, at = -1): DataView => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i === at ? 0xff : i % 199));
  return new DataView(bytes.buffer);
};

test('a single byte that differs is seen wherever it stands', () => {
  for (let length = 0; length < 70; length++) {
    expect(sameBytes(view(80), 0, view(80), 0, length)).toBe(true);
    for (let at = 0; at < 80; at++) {
      expect(sameBytes(view(80), 0, view(80, at), 0, length), `${at} of ${length}`).toBe(at >= length);
    }
  }
});

test('the two may begin at different places', () => {
  const shifted = new DataView(Uint8Array.from({ length: 60 }, (_, i) => (i + 3) % 199).buffer);
  expect(sameBytes(view(60), 8, shifted, 5, 50)).toBe(true);
  expect(sameBytes(view(60), 8, shifted, 6, 50)).toBe(false);
});
