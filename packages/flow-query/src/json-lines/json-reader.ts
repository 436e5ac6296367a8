// A place in the text of a line, and the small things that are read there.

import { startsWith } from './ascii.ts';
import type { JsonField, JsonProgram } from './program.ts';
import { readDigits, readSeconds, SECONDS_LENGTH } from './read-time.ts';
import { WireWriter } from './wire-writer.ts';

const QUOTE = 0x22;
const DOT = 0x2e;
const UPPER_Z = 0x5a;
const MAX_FRACTION = 9;
/** More digits may not be told apart by a double. */
const MAX_DIGITS = 15;

/** Reads on one side and writes on the other, so that nothing has to be handed over. */
export class JsonReader extends WireWriter {
  protected bytes: Uint8Array = new Uint8Array(0);
  protected view = new DataView(new ArrayBuffer(0));
  protected pos = 0;
  /** Of the line. */
  protected end = 0;

  /** Of the time read last, since 1970. */
  seconds = 0;
  protected nanos = 0;

  /** Where lines are read from. */
  use(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The field whose key stands here; the search goes on where the one before was found. */
  protected field(program: JsonProgram, next: number): JsonField | undefined {
    const { fields } = program;
    const bytes = this.bytes;
    const pos = this.pos;
    for (let i = next; i < fields.length; i++) {
      const field = fields[i]!;
      if (startsWith(bytes, pos, field.keys[0]!)) {
        this.pos += field.keys[0]!.length;
        return field;
      }
    }
    for (const field of fields) {
      for (const key of field.keys) {
        if (!startsWith(bytes, pos, key)) continue;
        this.pos += key.length;
        return field;
      }
    }
    return undefined;
  }

  protected enumName(field: JsonField): number {
    const bytes = this.bytes;
    const pos = this.pos + 1;
    const { names } = field;
    const guess = names[field.guess]!;
    if (startsWith(bytes, pos, guess.text)) {
      this.pos = pos + guess.text.length;
      return guess.number;
    }
    for (let i = 0; i < names.length; i++) {
      const { text, number } = names[i]!;
      if (!startsWith(bytes, pos, text)) continue;
      field.guess = i;
      this.pos = pos + text.length;
      return number;
    }
    return -1;
  }

  /** -1 for what is not a whole number from 0 to `max`. */
  protected integer(max: number): number {
    const bytes = this.bytes;
    let pos = this.pos;
    const isQuoted = bytes[pos] === QUOTE;
    if (isQuoted) pos++;
    const first = pos;
    let value = 0;
    for (;;) {
      const digit = bytes[pos]! - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      pos++;
    }
    const digits = pos - first;
    if (digits === 0 || digits > MAX_DIGITS || value > max) return -1;
    if (digits > 1 && bytes[first] === 0x30) return -1;
    if (isQuoted && bytes[pos++] !== QUOTE) return -1;
    this.pos = pos;
    return value;
  }

  /** A time in quotes, in UTC and since 1970: into `seconds` and `nanos`. */
  protected time(): boolean {
    const bytes = this.bytes;
    let pos = this.pos;
    if (bytes[pos++] !== QUOTE) return false;
    const seconds = readSeconds(bytes, pos);
    if (seconds < 0) return false;
    pos += SECONDS_LENGTH;
    let nanos = 0;
    if (bytes[pos] === DOT) {
      const first = ++pos;
      while (bytes[pos]! >= 0x30 && bytes[pos]! <= 0x39) pos++;
      const digits = pos - first;
      if (digits === 0 || digits > MAX_FRACTION) return false;
      nanos = readDigits(bytes, first, digits) * 10 ** (MAX_FRACTION - digits);
    }
    if (bytes[pos++] !== UPPER_Z || bytes[pos++] !== QUOTE) return false;
    this.pos = pos;
    this.seconds = seconds;
    this.nanos = nanos;
    return true;
  }

  protected literal(text: Uint8Array): boolean {
    if (!startsWith(this.bytes, this.pos, text)) return false;
    this.pos += text.length;
    return true;
  }

  protected space(): void {
    for (;;) {
      const character = this.bytes[this.pos];
      if (character !== 0x20 && character !== 0x09 && character !== 0x0d) return;
      this.pos++;
    }
  }
}
