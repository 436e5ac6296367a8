// Where the values of a message stand that flows of one connection differ in (`varies` in program.ts): in its JSON text,
// noted while that is read, and on the wire, found afterwards.

import type { JsonField, JsonProgram } from './program.ts';

const WIRE_VARINT = 0;

/** Values in the order in which they stand; places are those of what lies between quotes, and behind tag and length. */
export class ValuePlaces {
  readonly fields: JsonField[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  clear(): void {
    this.fields.length = 0;
    this.starts.length = 0;
    this.ends.length = 0;
  }

  add(field: JsonField, start: number, end: number): void {
    this.fields.push(field);
    this.starts.push(start);
    this.ends.push(end);
  }

  /** Index of the value that is the same one as `index` of the others: the field's first, second, ...; -1 for none. */
  indexOf(others: ValuePlaces, index: number): number {
    const field = others.fields[index];
    let before = 0;
    for (let i = 0; i < index; i++) if (others.fields[i] === field) before++;
    for (let i = 0; i < this.fields.length; i++) if (this.fields[i] === field && before-- === 0) return i;
    return -1;
  }

  countOf(field: JsonField): number {
    return this.fields.reduce((count, one) => (one === field ? count + 1 : count), 0);
  }

  /** Adds those of the message [start, end), which was written by this folder. */
  findOnWire({ fields }: JsonProgram, bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end;) {
      const tag = readVarint(bytes, at);
      at += varintSize(bytes, at);
      const number = tag >>> 3;
      const isVarint = (tag & 7) === WIRE_VARINT;
      const valueAt = isVarint ? at : at + varintSize(bytes, at);
      const valueEnd = isVarint ? at + varintSize(bytes, at) : valueAt + readVarint(bytes, at);
      const field = fields.find((one) => one.number === number);
      if (field?.varies === true) this.add(field, valueAt, valueEnd);
      else if (field?.child?.holdsVarying === true) this.findOnWire(field.child, bytes, valueAt, valueEnd);
      at = valueEnd;
    }
  }
}

/** A number of at most 31 bits. */
export function readVarint(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at + shift / 7]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

/** Bytes of the varint at `at`. */
export function varintSize(bytes: Uint8Array, at: number): number {
  let end = at;
  while (bytes[end]! >= 0x80) end++;
  return end + 1 - at;
}
