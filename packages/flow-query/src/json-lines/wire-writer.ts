// Protobuf bytes as they grow: tags, varints, and lengths that are known only when what they measure is written.

import type { JsonField } from './program.ts';

export class WireWriter {
  /** What was written: [0, at). */
  out = new Uint8Array(1 << 16);
  at = 0;
  /** Field number, start and end of the pieces of all messages that are open. */
  protected readonly pieces: number[] = [];

  /** Makes room for that many bytes more. */
  reserve(count: number): void {
    if (this.at + count <= this.out.length) return;
    const bigger = new Uint8Array(Math.max(this.out.length * 2, this.at + count));
    bigger.set(this.out.subarray(0, this.at));
    this.out = bigger;
  }

  /** Sorts the pieces written from `start` on by their numbers; they are copied behind themselves and back. */
  protected putInOrder(base: number, start: number): void {
    const pieces = this.pieces;
    const { out, at } = this;
    out.copyWithin(at, start, at);
    for (let i = base + 3; i < pieces.length; i += 3) {
      const number = pieces[i]!;
      const from = pieces[i + 1]!;
      const to = pieces[i + 2]!;
      let k = i - 3;
      for (; k >= base && pieces[k]! > number; k -= 3) {
        pieces[k + 3] = pieces[k]!;
        pieces[k + 4] = pieces[k + 1]!;
        pieces[k + 5] = pieces[k + 2]!;
      }
      pieces[k + 3] = number;
      pieces[k + 4] = from;
      pieces[k + 5] = to;
    }
    let place = start;
    for (let i = base; i < pieces.length;) {
      const from = pieces[i + 1]!;
      let to = pieces[i + 2]!;
      for (i += 3; i < pieces.length && pieces[i + 1] === to; i += 3) to = pieces[i + 2]!;
      out.copyWithin(place, from + at - start, to + at - start);
      place += to - from;
    }
  }

  /** Writes the length of what follows `lengthAt`, where `left` bytes were left free; answers how many it took. */
  protected closeLength(lengthAt: number, left: number): number {
    const length = this.at - lengthAt - left;
    const bytes = varintLength(length);
    if (bytes !== left) this.out.copyWithin(lengthAt + bytes, lengthAt + left, this.at);
    this.at = lengthAt;
    this.varint(length);
    this.at += length;
    return bytes;
  }

  /** Small number at a place of `out`, and the place behind it. */
  protected varintAt(place: number): readonly [number, number] {
    let at = place;
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.out[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return [value, at];
    }
  }

  protected tag(field: JsonField): void {
    const { tag } = field;
    for (let i = 0; i < tag.length; i++) this.out[this.at++] = tag[i]!;
  }

  protected tagged(field: JsonField, value: number): void {
    this.tag(field);
    this.varint(value);
  }

  protected wrapped(field: JsonField, value: number): void {
    this.tag(field);
    const lengthAt = this.at++;
    if (value > 0) {
      this.out[this.at++] = 0x08;
      this.varint(value);
    }
    this.out[lengthAt] = this.at - lengthAt - 1;
  }

  protected varint(value: number): void {
    this.at = writeVarint(this.out, this.at, value);
  }

  /** Length and content of a google.protobuf.Timestamp. */
  protected timestamp(seconds: number, nanos: number): void {
    const lengthAt = this.at++;
    if (seconds > 0) {
      this.out[this.at++] = 0x08;
      this.varint(seconds);
    }
    if (nanos > 0) {
      this.out[this.at++] = 0x10;
      this.varint(nanos);
    }
    this.out[lengthAt] = this.at - lengthAt - 1;
  }
}

/** Bytes that a varint takes. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length++;
  return length;
}

/** Writes a varint and answers the place behind it. */
export function writeVarint(out: Uint8Array, at: number, value: number): number {
  let to = at;
  let rest = value;
  while (rest > 0x7fffffff) {
    out[to++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  while (rest >= 0x80) {
    out[to++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  out[to++] = rest;
  return to;
}

/** Length of the content of a google.protobuf.Timestamp. */
export function timestampLength(seconds: number, nanos: number): number {
  return (seconds > 0 ? 1 + varintLength(seconds) : 0) + (nanos > 0 ? 1 + varintLength(nanos) : 0);
}
