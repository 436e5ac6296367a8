// Lines seen before: their text and the message it became. Most lines of a file are byte for byte like an earlier one
// but for a few values: times, uuid, ports, a latency. The message of such a line is the earlier one with these values
// in their places.
//
//   line      {"flow":{"time":"ttt","uuid":"uuu",....,"source_port":pp,....},"node_name":"w","time":"ttt"}
//   earlier   =================---=========---===================--===========================---==   every byte compared
//   message   0a len  0a len ttt  [ body: ... pp ... uuu ... node_name, tag of time ]  len ttt
//
// A value that takes another number of characters makes another line, and one that takes another number of bytes on the
// wire is left to who reads all fields. Times may take any number: they stand before the body and behind it.
//
// Bounded: when the room is used up, everything is forgotten and learnt again. Bench: file.open_1m.

import { sameBytes } from '@finderscope/base';
import { startsWith } from './ascii.ts';
import { Kind } from './program.ts';
import { readDigits } from './read-time.ts';
import { readVarint, type ValuePlaces, varintSize } from './value-places.ts';
import { varintLength, writeVarint } from './wire-writer.ts';

const SETS = 8192;
const WAYS = 4;
const FIRST_ROOM = 1 << 16;
const ROOM = 48 << 20;
/** A line with more values is not remembered. */
const MAX_VALUES = 12;
/** Numbers of a record, and of each of its values. Places are relative to the line and to the body. */
const RECORD = {
  tag: 0,
  textAt: 1,
  textLength: 2,
  bodyAt: 3,
  bodyLength: 4,
  flowLength: 5,
  isTimed: 6,
  valuesAt: 7,
  valuesEnd: 8,
};
const STRIDE = 9;
const VALUE = { kind: 0, textAt: 1, textLength: 2, bodyAt: 3, bodyLength: 4 };
const VALUE_WIDTH = 5;

/** How lines begin that are looked up; the time of the flow follows. */
const HEAD = new TextEncoder().encode('{"flow":{"time":"');
const FLOW_TAG = 0x0a;
const TIME_TAG = 0x0a;
const ENVELOPE_TIME = 1001;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const UNDERSCORE = 0x5f;
const LOWER_P = 0x70;
const ZERO = 0x30;
/** `","uuid":"`, the uuid and the quote behind it. */
const UUID_LENGTH = 47;
/** `","time":"` before the last time, and how much of what stands before that is looked at. */
const LAST_KEY_LENGTH = 10;
const TAIL_LENGTH = 64;

export class LineMemo {
  #room = new Uint8Array(FIRST_ROOM);
  #view = new DataView(this.#room.buffer);
  #used = 0;
  #values = new Int32Array(1 << 10);
  #usedValues = 0;
  readonly #records = new Int32Array(SETS * WAYS * STRIDE);
  readonly #nextWay = new Uint8Array(SETS);
  /** Of the line looked up last; 0 when it cannot be remembered. */
  #tag = 0;
  #record = 0;
  #isFound = false;

  /** Whether the line [start, end) is like an earlier one, of which the properties below then speak. */
  find(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    this.#tag = glance(bytes, view, start, end);
    this.#isFound = false;
    if (this.#tag === 0) return false;
    const records = this.#records;
    const first = ((this.#tag >>> 1) & (SETS - 1)) * WAYS * STRIDE;
    for (let record = first; record < first + WAYS * STRIDE; record += STRIDE) {
      if (records[record + RECORD.tag] !== this.#tag) continue;
      if (records[record + RECORD.textLength] !== end - start) continue;
      if (!this.#isLike(record, view, start)) continue;
      this.#record = record;
      this.#isFound = true;
      return true;
    }
    return false;
  }

  /** Whether the line looked up last may be remembered; one that was found and did not fit would push others out. */
  get isLearning(): boolean {
    return this.#tag !== 0 && !this.#isFound;
  }

  /** Where the time of a line that was found stands in its text, behind the quote. */
  get timeAt(): number {
    return HEAD.length;
  }

  /** Length of the flow without its time. */
  get flowLength(): number {
    return this.#records[this.#record + RECORD.flowLength]!;
  }

  get bodyLength(): number {
    return this.#records[this.#record + RECORD.bodyLength]!;
  }

  /** Whether the time has to be written again behind the body. */
  get isTimed(): boolean {
    return this.#records[this.#record + RECORD.isTimed] === 1;
  }

  /** Writes the body of the line at `start` that was found; false when one of its values does not fit. */
  writeBody(out: Uint8Array, at: number, bytes: Uint8Array, view: DataView, start: number): boolean {
    const records = this.#records;
    const record = this.#record;
    const from = records[record + RECORD.bodyAt]!;
    out.set(this.#room.subarray(from, from + this.bodyLength), at);
    const values = this.#values;
    const last = records[record + RECORD.valuesEnd]!;
    for (let value = records[record + RECORD.valuesAt]!; value < last; value += VALUE_WIDTH) {
      const kind = values[value + VALUE.kind];
      const textAt = start + values[value + VALUE.textAt]!;
      const length = values[value + VALUE.textLength]!;
      const to = at + values[value + VALUE.bodyAt]!;
      if (kind === Kind.TEXT) {
        if (!copyPlainText(bytes, textAt, length, out, to)) return false;
      } else if (kind === Kind.NUMBER) {
        const number = readPlainNumber(bytes, textAt, length);
        if (number < 0 || varintLength(number) !== values[value + VALUE.bodyLength]) return false;
        writeVarint(out, to, number);
      } else if (!sameBytes(view, start + HEAD.length, view, textAt, length)) {
        return false;
      }
    }
    return true;
  }

  /** What the line [start, end) that was not found is: the message [from, to), and where in both the values are. */
  remember(
    bytes: Uint8Array,
    start: number,
    end: number,
    inText: ValuePlaces,
    out: Uint8Array,
    from: number,
    to: number,
    onWire: ValuePlaces,
  ): void {
    if (this.#tag === 0 || out[from] !== FLOW_TAG) return;
    const flowAt = from + 1 + varintSize(out, from + 1);
    const flowEnd = flowAt + readVarint(out, from + 1);
    // The flow's time comes first in the text, for that is how lines begin, and on the wire.
    const timeEnd = onWire.ends[0] ?? 0;
    if (onWire.starts[0] !== flowAt + 2 || out[flowAt] !== TIME_TAG) return;
    const last = onWire.fields.length - 1;
    const isTimed = onWire.fields[last]?.number === ENVELOPE_TIME;
    if (isTimed && onWire.ends[last] !== to) return;
    const bodyEnd = isTimed ? onWire.starts[last]! - 1 : to;
    const need = end - start + bodyEnd - timeEnd;
    if (need > ROOM >> 4 || inText.fields.length > MAX_VALUES) return;
    this.#makeRoom(need);
    const valuesAt = this.#usedValues;
    if (!this.#rememberValues(bytes, start, inText, out, onWire, timeEnd)) {
      this.#usedValues = valuesAt;
      return;
    }
    const set = (this.#tag >>> 1) & (SETS - 1);
    const record = (set * WAYS + (this.#nextWay[set]! & (WAYS - 1))) * STRIDE;
    const records = this.#records;
    const bodyAt = this.#used + end - start;
    this.#room.set(bytes.subarray(start, end), this.#used);
    this.#room.set(out.subarray(timeEnd, bodyEnd), bodyAt);
    this.#nextWay[set]!++;
    records[record + RECORD.tag] = this.#tag;
    records[record + RECORD.textAt] = this.#used;
    records[record + RECORD.textLength] = end - start;
    records[record + RECORD.bodyAt] = bodyAt;
    records[record + RECORD.bodyLength] = bodyEnd - timeEnd;
    records[record + RECORD.flowLength] = flowEnd - timeEnd;
    records[record + RECORD.isTimed] = isTimed ? 1 : 0;
    records[record + RECORD.valuesAt] = valuesAt;
    records[record + RECORD.valuesEnd] = this.#usedValues;
    this.#used = bodyAt + bodyEnd - timeEnd;
  }

  /** Adds the values that may differ; false for a line that says two times, or whose values cannot be told apart. */
  #rememberValues(
    bytes: Uint8Array,
    start: number,
    inText: ValuePlaces,
    out: Uint8Array,
    onWire: ValuePlaces,
    bodyStart: number,
  ): boolean {
    for (let i = 0; i < inText.fields.length; i++) {
      const { kind, max } = inText.fields[i]!;
      const textAt = inText.starts[i]!;
      const textLength = inText.ends[i]! - textAt;
      const found = onWire.indexOf(inText, i);
      if (kind === Kind.TIME) {
        const head = start + HEAD.length;
        for (let k = 0; k < textLength; k++) if (bytes[textAt + k] !== bytes[head + k]) return false;
        this.#addValue(kind, textAt - start, textLength, 0, 0);
        continue;
      }
      // What is zero or empty is not on the wire: where some of a field's values are, none knows its place.
      const onWireCount = onWire.countOf(inText.fields[i]!);
      if (onWireCount === 0) continue;
      if (found < 0 || onWireCount !== inText.countOf(inText.fields[i]!)) return false;
      const bodyLength = onWire.ends[found]! - onWire.starts[found]!;
      // Text with escapes is longer than what it stands for; a number with fewer digits than the greatest is none too
      // great.
      const canDiffer = kind === Kind.TEXT ? bodyLength === textLength : textLength < String(max).length;
      if (!canDiffer) continue;
      const bodyAt = onWire.starts[found]!;
      const isSame =
        kind === Kind.TEXT
          ? isSameText(bytes, textAt, out, bodyAt, textLength)
          : readPlainNumber(bytes, textAt, textLength) === readVarint(out, bodyAt);
      if (!isSame) return false;
      this.#addValue(kind, textAt - start, textLength, bodyAt - bodyStart, bodyLength);
    }
    return true;
  }

  #addValue(kind: number, textAt: number, textLength: number, bodyAt: number, bodyLength: number): void {
    const values = this.#values;
    const value = this.#usedValues;
    values[value + VALUE.kind] = kind;
    values[value + VALUE.textAt] = textAt;
    values[value + VALUE.textLength] = textLength;
    values[value + VALUE.bodyAt] = bodyAt;
    values[value + VALUE.bodyLength] = bodyLength;
    this.#usedValues = value + VALUE_WIDTH;
  }

  /** Whether every byte but those of the values is the same. */
  #isLike(record: number, view: DataView, start: number): boolean {
    const records = this.#records;
    const values = this.#values;
    const textAt = records[record + RECORD.textAt]!;
    const last = records[record + RECORD.valuesEnd]!;
    let from = 0;
    for (let value = records[record + RECORD.valuesAt]!; value < last; value += VALUE_WIDTH) {
      const to = values[value + VALUE.textAt]!;
      if (!sameBytes(this.#view, textAt + from, view, start + from, to - from)) return false;
      from = to + values[value + VALUE.textLength]!;
    }
    const rest = records[record + RECORD.textLength]! - from;
    return sameBytes(this.#view, textAt + from, view, start + from, rest);
  }

  /** For so many bytes and for the values of a line. */
  #makeRoom(count: number): void {
    if (this.#used + count > ROOM) this.#forget();
    if (this.#used + count > this.#room.length) {
      const bigger = new Uint8Array(Math.min(ROOM, Math.max(this.#room.length * 2, this.#used + count)));
      bigger.set(this.#room.subarray(0, this.#used));
      this.#room = bigger;
      this.#view = new DataView(bigger.buffer);
    }
    if (this.#usedValues + MAX_VALUES * VALUE_WIDTH > this.#values.length) {
      const longer = new Int32Array(this.#values.length * 2);
      longer.set(this.#values);
      this.#values = longer;
    }
  }

  #forget(): void {
    this.#records.fill(0);
    this.#used = 0;
    this.#usedValues = 0;
  }
}

/**
 * A number that lines have in common which differ in their values only: from the text between uuid and first port, where
 * the addresses are, and from the end. 0 when the line does not begin as Hubble's do.
 */
function glance(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  if (!startsWith(bytes, start, HEAD)) return 0;
  const timeAt = start + HEAD.length;
  const timeLength = bytes.indexOf(QUOTE, timeAt) - timeAt;
  if (timeLength < 0) return 0;
  const first = timeAt + timeLength + UUID_LENGTH;
  const tail = end - timeLength - LAST_KEY_LENGTH - 2 - TAIL_LENGTH;
  if (tail <= first) return 0;
  const last = Math.min(placeOfPort(bytes, first), tail);
  let mix = end - start;
  let mix2 = timeLength;
  let at = first;
  for (; at + 8 <= last; at += 8) {
    mix = Math.imul(mix ^ view.getInt32(at, true), 0x9e3779b1);
    mix2 = Math.imul(mix2 ^ view.getInt32(at + 4, true), 0x85ebca6b);
    mix ^= mix >>> 15;
    mix2 ^= mix2 >>> 13;
  }
  for (at = tail; at < tail + TAIL_LENGTH; at += 8) {
    mix = Math.imul(mix ^ view.getInt32(at, true), 0xc2b2ae35);
    mix2 = Math.imul(mix2 ^ view.getInt32(at + 4, true), 0x27d4eb2f);
    mix ^= mix >>> 13;
    mix2 ^= mix2 >>> 15;
  }
  mix ^= Math.imul(mix2, 0x165667b1);
  return (mix ^ (mix >>> 16)) | 1;
}

/** Where the key of the first port ends; where lines have none, somewhere behind the addresses. */
function placeOfPort(bytes: Uint8Array, from: number): number {
  let at = from;
  // Two keys with an underscore may come before.
  for (let i = 0; i < 3; i++) {
    at = bytes.indexOf(UNDERSCORE, at) + 1;
    if (at === 0) return from;
    if (bytes[at] === LOWER_P && bytes[at + 4] === QUOTE) break;
  }
  return at;
}

function isSameText(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}

/** Copies text that stands for itself; false for all else. */
function copyPlainText(
  bytes: Uint8Array,
  start: number,
  length: number,
  out: Uint8Array,
  at: number,
): boolean {
  for (let i = 0; i < length; i++) {
    const character = bytes[start + i]!;
    if (character < 0x20 || character >= 0x80 || character === QUOTE || character === BACKSLASH) return false;
    out[at + i] = character;
  }
  return true;
}

/** The number above zero in so many digits, -1 when there is something else. */
function readPlainNumber(bytes: Uint8Array, start: number, length: number): number {
  return bytes[start] === ZERO ? -1 : readDigits(bytes, start, length);
}
