// UUIDs as four 32-bit words. Only the canonical spelling (lower case, 8-4-4-4-12) has a word form: anything else is
// kept as text, so that what is shown and compared is what was sent.

const DASH = 0x2d;
const TEXT_LENGTH = 36;
const NOT_HEX = 0xff;

const HEX = new Uint8Array(256).fill(NOT_HEX);
for (let digit = 0; digit < 16; digit++) HEX[digit.toString(16).charCodeAt(0)] = digit;

/** Reads `length` bytes at `start` into four words; false when they are no canonical UUID or the nil UUID. */
export function readUuid(bytes: Uint8Array, start: number, length: number, words: Uint32Array): boolean {
  if (length !== TEXT_LENGTH) return false;
  let word = 0;
  let digits = 0;
  for (let i = 0; i < TEXT_LENGTH; i++) {
    const byte = bytes[start + i]!;
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (byte !== DASH) return false;
      continue;
    }
    const digit = HEX[byte]!;
    if (digit === NOT_HEX) return false;
    word = (word << 4) | digit;
    if ((++digits & 7) === 0) {
      words[(digits >>> 3) - 1] = word;
      word = 0;
    }
  }
  return (words[0]! | words[1]! | words[2]! | words[3]!) !== 0;
}

/** The canonical text of four words. */
export function uuidText(a: number, b: number, c: number, d: number): string {
  const hex = [a, b, c, d].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
