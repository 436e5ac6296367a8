// One line of JSON to the bytes of one observer.GetFlowsResponse, in one pass over the text. Takes what Hubble's
// programs write and answers false for everything else, valid or not: unknown fields, keys that come twice, text that is
// not ASCII, negative and very large numbers, times with an offset. The reference reads those.
//
//   {"flow":{"time":"...","verdict":"DROPPED","source":{...  -->  0a len [ 0a len time ][ 10 02 ][ 42 len endpoint ]
//
// JSON comes in declared order, protobuf goes out in the order of numbers, byte for byte as other encoders write it. A
// length is written before it is known: as many bytes are left free as it took last time, and what follows is moved when
// that was wrong. The line feed behind a line stops every loop. A line that is like an earlier one is not read again, see
// line-memo.ts.

import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { JsonReader } from './json-reader.ts';
import { LineMemo } from './line-memo.ts';
import { ObjectMemo } from './memo.ts';
import { type JsonField, type JsonProgram, jsonProgram, Kind } from './program.ts';
import { ValuePlaces } from './value-places.ts';
import { timestampLength } from './wire-writer.ts';
import { readHex4, writeUtf8 } from './ascii.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LOWER_U = 0x75;
const LINE_FEED = 0x0a;
const TRUE = ascii('true');
const FALSE = ascii('false');
const NULL = ascii('null');
/** What stands for the character behind a backslash; 0 for none. */
const ESCAPES = new Uint8Array(128);
for (const [name, value] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t'].map((pair) => [
  pair.charCodeAt(0),
  pair.charCodeAt(1),
]))
  ESCAPES[name!] = value!;

const FLOW_TAG = 0x0a;
const TIME_TAG = 0x0a;
/** A flow takes two bytes of length as a rule. */
const BARE_LENGTH_BYTES = 2;
const TIME = 1;
const NODE_NAME = 11;
/** Fields of a flow that its envelope repeats, and their numbers there. */
const ENVELOPE = [
  [NODE_NAME, 1000],
  [TIME, 1001],
] as const;

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export class JsonTranscoder extends JsonReader {
  readonly #response: JsonProgram;
  readonly #flow: JsonProgram;
  readonly #memo = new ObjectMemo();
  readonly #lines = new LineMemo();
  readonly #inText = new ValuePlaces();
  readonly #onWire = new ValuePlaces();

  constructor() {
    super();
    this.#response = jsonProgram(GetFlowsResponseSchema);
    this.#flow = this.#response.fields.find(({ number }) => number === 1)!.child!;
  }

  /** Writes the message of the line [start, end), behind which there must be a line feed; false: nothing is written. */
  transcode(start: number, end: number): boolean {
    if (this.bytes[end] !== LINE_FEED) return false;
    this.reserve((end - start) * 3 + 64);
    const from = this.at;
    this.end = end;
    if (this.#repeat(start)) return true;
    this.at = from;
    this.pos = start;
    this.pieces.length = 0;
    this.#inText.clear();
    this.space();
    const isRead = this.#isBare() ? this.#bareFlow() : this.#object(this.#response);
    this.space();
    if (!isRead || this.pos !== end) {
      this.at = from;
      return false;
    }
    this.#learn(start, from);
    return true;
  }

  /** Writes the message of a line that is like an earlier one; false for other lines. */
  #repeat(start: number): boolean {
    const lines = this.#lines;
    if (!lines.find(this.bytes, this.view, start, this.end)) return false;
    this.pos = start + lines.timeAt - 1;
    if (!this.time()) return false;
    this.out[this.at++] = FLOW_TAG;
    this.varint(lines.flowLength + 2 + timestampLength(this.seconds, this.nanos));
    this.out[this.at++] = TIME_TAG;
    this.timestamp(this.seconds, this.nanos);
    if (!lines.writeBody(this.out, this.at, this.bytes, this.view, start)) return false;
    this.at += lines.bodyLength;
    if (lines.isTimed) this.timestamp(this.seconds, this.nanos);
    return true;
  }

  /** Has the line remembered whose message begins at `from`. */
  #learn(start: number, from: number): void {
    const { out, at } = this;
    if (!this.#lines.isLearning) return;
    this.#onWire.clear();
    this.#onWire.findOnWire(this.#response, out, from, at);
    this.#lines.remember(this.bytes, start, this.end, this.#inText, out, from, at, this.#onWire);
  }

  /** Whether the object is a flow without anything around it, as old CLIs wrote it: no event comes first. */
  #isBare(): boolean {
    const before = this.pos;
    this.pos++;
    this.space();
    this.pos++;
    const first = this.field(this.#response, 0);
    this.pos = before;
    return first === undefined || first.oneof === 0;
  }

  #bareFlow(): boolean {
    const { at: start } = this;
    this.out[this.at] = FLOW_TAG;
    this.at += 1 + BARE_LENGTH_BYTES;
    if (!this.#object(this.#flow)) return false;
    return this.#repeatFields(start + 1 + this.closeLength(start + 1, BARE_LENGTH_BYTES), this.at);
  }

  /** The server copies node and time of a flow into the envelope. False when the flow [from, to) holds nothing else. */
  #repeatFields(from: number, to: number): boolean {
    let hasMore = false;
    const spans = new Map<number, readonly [number, number]>();
    for (let at = from; at < to;) {
      const [tag, value] = this.varintAt(at);
      const [number, after] = this.varintAt(value);
      const field = tag >>> 3;
      hasMore ||= field !== TIME && field !== NODE_NAME;
      const end = (tag & 7) === 0 ? after : after + number;
      spans.set(field, [value, end]);
      at = end;
    }
    for (const [field, name] of ENVELOPE) {
      const span = spans.get(field);
      if (span === undefined) continue;
      this.tag(this.#response.fields.find(({ number }) => number === name)!);
      this.out.copyWithin(this.at, span[0], span[1]);
      this.at += span[1] - span[0];
    }
    return hasMore;
  }

  #object(program: JsonProgram): boolean {
    const bytes = this.bytes;
    const pieces = this.pieces;
    const base = pieces.length;
    const start = this.at;
    let next = 0;
    let seen0 = 0;
    let seen1 = 0;
    let oneofs = 0;
    let greatest = 0;
    let isOrdered = true;
    if (bytes[this.pos] !== OPEN_BRACE) return false;
    this.pos++;
    this.space();
    if (bytes[this.pos] === CLOSE_BRACE) {
      this.pos++;
      return true;
    }
    for (;;) {
      if (bytes[this.pos] !== QUOTE) return false;
      this.pos++;
      const field = this.field(program, next);
      if (field === undefined) return false;
      const { index, number } = field;
      next = index + 1;
      const bit = 1 << (index & 31);
      if (((index < 32 ? seen0 : seen1) & bit) !== 0 || index > 63) return false;
      if (index < 32) seen0 |= bit;
      else seen1 |= bit;
      this.space();
      if (bytes[this.pos] !== COLON) return false;
      this.pos++;
      this.space();
      if (bytes[this.pos] === NULL[0]) {
        if (!this.literal(NULL)) return false;
      } else {
        if ((oneofs & field.oneof) !== 0) return false;
        oneofs |= field.oneof;
        const at = this.at;
        const valueAt = this.pos;
        if (!(field.isList ? this.#list(field) : this.#value(field, false))) return false;
        if (field.varies) this.#note(field, valueAt);
        if (this.at > at) {
          pieces.push(number, at, this.at);
          if (number < greatest) isOrdered = false;
          else greatest = number;
        }
      }
      this.space();
      const character = bytes[this.pos++];
      if (character === CLOSE_BRACE) break;
      if (character !== COMMA) return false;
      this.space();
    }
    if (!isOrdered) this.putInOrder(base, start);
    pieces.length = base;
    return true;
  }

  /** Notes where a value stands that has just been read, without its quotes. */
  #note(field: JsonField, start: number): void {
    const quote = this.bytes[start] === QUOTE ? 1 : 0;
    this.#inText.add(field, start + quote, this.pos - quote);
  }

  #list(field: JsonField): boolean {
    const bytes = this.bytes;
    if (bytes[this.pos] !== OPEN_BRACKET) return false;
    this.pos++;
    this.space();
    if (bytes[this.pos] === CLOSE_BRACKET) {
      this.pos++;
      return true;
    }
    for (;;) {
      if (!this.#value(field, true)) return false;
      this.space();
      const character = bytes[this.pos++];
      if (character === CLOSE_BRACKET) return true;
      if (character !== COMMA) return false;
      this.space();
    }
  }

  /** A value with its tag. What is zero is not written, but in lists and where presence counts. */
  #value(field: JsonField, inList: boolean): boolean {
    switch (field.kind) {
      case Kind.MESSAGE:
        return this.#message(field);
      case Kind.TEXT:
        return this.#text(field, inList);
      case Kind.NUMBER: {
        const value = this.integer(field.max);
        if (value > 0) this.tagged(field, value);
        return value >= 0;
      }
      case Kind.ENUM: {
        const value = this.bytes[this.pos] === QUOTE ? this.enumName(field) : this.integer(field.max);
        if (value > 0) this.tagged(field, value);
        return value >= 0;
      }
      case Kind.BOOL:
        if (!this.literal(TRUE)) return this.literal(FALSE);
        this.tagged(field, 1);
        return true;
      case Kind.WRAPPED_BOOL: {
        const isTrue = this.literal(TRUE);
        if (!isTrue && !this.literal(FALSE)) return false;
        this.wrapped(field, isTrue ? 1 : 0);
        return true;
      }
      case Kind.WRAPPED_NUMBER: {
        const value = this.integer(field.max);
        if (value >= 0) this.wrapped(field, value);
        return value >= 0;
      }
      case Kind.TIME:
        if (!this.time()) return false;
        this.tag(field);
        this.timestamp(this.seconds, this.nanos);
        return true;
      default:
        return false;
    }
  }

  #message(field: JsonField): boolean {
    const pos = this.pos;
    if (field.isMemoized) {
      const length = this.#memo.find(this.bytes, this.view, pos, this.end);
      if (length > 0) {
        this.tag(field);
        this.varint(this.#memo.messageLength);
        this.#memo.copyTo(this.out, this.at);
        this.at += this.#memo.messageLength;
        this.pos += length;
        return true;
      }
    }
    this.tag(field);
    const lengthAt = this.at;
    this.at += field.lengthBytes;
    if (!this.#object(field.child!)) return false;
    field.lengthBytes = this.closeLength(lengthAt, field.lengthBytes);
    if (field.isMemoized) {
      const from = lengthAt + field.lengthBytes;
      this.#memo.remember(this.bytes.subarray(pos, this.pos), this.out.subarray(from, this.at));
    }
    return true;
  }

  #text(field: JsonField, inList: boolean): boolean {
    const bytes = this.bytes;
    const { out, at: start } = this;
    let pos = this.pos;
    if (bytes[pos++] !== QUOTE) return false;
    this.tag(field);
    const lengthAt = this.at;
    let to = lengthAt + 1;
    for (;;) {
      const character = bytes[pos++]!;
      if (character === QUOTE) break;
      if (character < 0x20 || character >= 0x80) return false;
      if (character !== BACKSLASH) {
        out[to++] = character;
        continue;
      }
      const escaped = bytes[pos++]!;
      const value = ESCAPES[escaped] ?? 0;
      if (value > 0) {
        out[to++] = value;
        continue;
      }
      if (escaped !== LOWER_U) return false;
      const code = readHex4(bytes, pos);
      // Halves of pairs are text only beside each other.
      if (code < 0 || (code >= 0xd800 && code <= 0xdfff)) return false;
      pos += 4;
      to = writeUtf8(out, to, code);
    }
    this.pos = pos;
    if (to === lengthAt + 1 && !inList) {
      this.at = start;
      return true;
    }
    this.at = to;
    this.closeLength(lengthAt, 1);
    return true;
  }
}
