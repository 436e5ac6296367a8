// Characters of JSON as bytes.

/** Whether `text` stands at `pos`. */
export function startsWith(bytes: Uint8Array, pos: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[pos + i] !== text[i]) return false;
  return true;
}

/** -1 when these are not four hexadecimal digits. */
export function readHex4(bytes: Uint8Array, pos: number): number {
  let code = 0;
  for (let i = pos; i < pos + 4; i++) {
    const character = bytes[i]!;
    const digit =
      character >= 0x30 && character <= 0x39
        ? character - 0x30
        : character >= 0x41 && character <= 0x46
          ? character - 0x37
          : character >= 0x61 && character <= 0x66
            ? character - 0x57
            : -1;
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

/** Writes a code of the basic plane and answers the place behind it. */
export function writeUtf8(out: Uint8Array, at: number, code: number): number {
  let to = at;
  if (code < 0x80) {
    out[to++] = code;
  } else if (code < 0x800) {
    out[to++] = 0xc0 | (code >> 6);
    out[to++] = 0x80 | (code & 0x3f);
  } else {
    out[to++] = 0xe0 | (code >> 12);
    out[to++] = 0x80 | ((code >> 6) & 0x3f);
    out[to++] = 0x80 | (code & 0x3f);
  }
  return to;
}
