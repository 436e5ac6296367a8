// Most flows are byte for byte like an earlier one but for a few values: the times, the uuid, the client's port, a
// latency. Such a flow need not be decoded nor its parts be looked up: everything but these values is known from the
// earlier one, whose bytes lie in the ring of raw messages anyway.
//
//   message     ...... tttt ..... pp .......... uuuuuuuu ...... tttt
//   earlier     ====== tttt ===== pp ========== uuuuuuuu ====== tttt      = every byte compared, never a hash alone
//
// Tags and lengths are among the bytes compared, so a message that is equal around the values has the same structure.
// The values are read again, and a varint must take exactly the bytes it took. Whatever does not fit is decoded in full.
//
// A record tells where the values are and which tuples the flow has; four records share a set, chosen by a glance at
// the message. Bench: decode.columns.

import { sameBytes } from '@finderscope/base';
import { DICT } from '../schema/columns.ts';
import type { RawRing } from '../store/raw-ring.ts';
import { servesAlone } from '../store/served-port.ts';
import { MARK, MARK_COUNT, type Marks } from './marks.ts';
import type { Scratch } from './scratch.ts';
import { readUuid } from './uuid.ts';

const SETS = 8192;
const WAYS = 4;
/** Numbers of a record, see `RECORD`; the places of values follow, start and length, ascending. */
const RECORD = {
  length: 0,
  talk: 1,
  extra: 2,
  time: 3,
  sourcePort: 4,
  destinationPort: 5,
  values: 6,
} as const;
const FIRST_VALUE = 7;
const VALUE_WIDTH = 3;
const STRIDE = FIRST_VALUE + MARK_COUNT * VALUE_WIDTH;
const UUID_LENGTH = 36;
const MAX_VARINT = 5;
const TWO_28 = 2 ** 28;
/** The glance looks at fields before this one, in the order of the wire. */
const LAST_FIELD = 11;
const TIME_FIELD = 1;
const L4_FIELD = 6;
const WIRE_VARINT = 0;
const WIRE_DELIMITED = 2;
/** Bytes at the end of a message that hold the envelope's time. */
const TAIL = 20;
/** Out of so many messages one is looked up when hardly any has been found of late. */
const RARELY = 16;
const REVIEW = 4096;

export class TemplateCache {
  readonly #ring: RawRing;
  readonly #tags = new Int32Array(SETS * WAYS);
  readonly #records = new Int32Array(SETS * WAYS * STRIDE);
  readonly #places = new Float64Array(SETS * WAYS).fill(-1);
  /** The way of a set that is written next. */
  readonly #nextWay = new Uint8Array(SETS);
  /** Tag of the message looked up last, 0 when it was not looked up. */
  #tag = 0;
  #looked = 0;
  #found = 0;
  #isRare = false;
  #skipped = 0;
  talk = 0;
  extra = 0;
  /** Which of the two times counts, -1 for none. */
  time = 0;

  constructor(ring: RawRing) {
    this.#ring = ring;
  }

  /** Forgets everything: tuples have been freed. */
  clear(): void {
    this.#tags.fill(0);
  }

  /**
   * True when the message is like an earlier one: `talk`, `extra`, `time` and the values in `scratch` (times, uuid,
   * ports, latency, nothing else of it) are then set. `at` is the message's own place in the ring: from now on it is the
   * earlier one, so that the ring can go on.
   */
  match(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    at: number,
    scratch: Scratch,
  ): boolean {
    this.#tag = 0;
    if (this.#isRare && ++this.#skipped % RARELY !== 0) return false;
    this.#tag = glance(bytes, view, start, end);
    if (this.#tag === 0) return false;
    if (++this.#looked === REVIEW) this.#review();
    const set = (this.#tag >>> 1) & (SETS - 1);
    for (let way = set * WAYS; way < (set + 1) * WAYS; way++) {
      if (this.#tags[way] !== this.#tag) continue;
      if (!this.#isLike(way, view, start, end)) continue;
      if (!this.#readValues(way * STRIDE, bytes, start, scratch)) continue;
      if (at >= 0) this.#places[way] = at;
      this.#found++;
      return true;
    }
    return false;
  }

  /** Remembers the message that was not found and has been decoded since; `at` is its place in the ring. */
  remember(
    at: number,
    start: number,
    end: number,
    marks: Marks,
    scratch: Scratch,
    ids: { readonly talk: number; readonly extra: number; readonly time: number; readonly isReply: boolean },
  ): void {
    if (this.#tag === 0 || at < 0 || !marks.isRegular || marks.starts[MARK.uuid]! < 0) return;
    // A uuid kept as text is part of the extra, which all flows of a record share.
    if (scratch.starts[DICT.uuidText]! >= 0) return;
    const set = (this.#tag >>> 1) & (SETS - 1);
    const way = set * WAYS + (this.#nextWay[set]! & (WAYS - 1));
    const record = way * STRIDE;
    this.#tags[way] = 0;
    if (!this.#writeValues(record, start, marks, scratch.ports, ids.isReply)) return;
    const records = this.#records;
    records[record + RECORD.length] = end - start;
    records[record + RECORD.talk] = ids.talk;
    records[record + RECORD.extra] = ids.extra;
    records[record + RECORD.time] = ids.time;
    records[record + RECORD.sourcePort] = scratch.ports[0]!;
    records[record + RECORD.destinationPort] = scratch.ports[1]!;
    this.#places[way] = at;
    this.#tags[way] = this.#tag;
    this.#nextWay[set]!++;
  }

  /** Whether every byte but those of the values is the same. */
  #isLike(way: number, view: DataView, start: number, end: number): boolean {
    const records = this.#records;
    const record = way * STRIDE;
    if (records[record + RECORD.length] !== end - start) return false;
    const at = this.#places[way]!;
    const chunk = this.#ring.viewAt(at);
    if (chunk === undefined) return false;
    const offset = this.#ring.placeOf(at) - start;
    let from = start;
    const last = record + FIRST_VALUE + records[record + RECORD.values]! * VALUE_WIDTH;
    for (let value = record + FIRST_VALUE; value < last; value += VALUE_WIDTH) {
      const to = start + records[value + 1]!;
      if (!sameBytes(chunk, from + offset, view, from, to - from)) return false;
      from = to + records[value + 2]!;
    }
    return sameBytes(chunk, from + offset, view, from, end - from);
  }

  #readValues(record: number, bytes: Uint8Array, start: number, scratch: Scratch): boolean {
    const records = this.#records;
    scratch.ports[0] = records[record + RECORD.sourcePort]!;
    scratch.ports[1] = records[record + RECORD.destinationPort]!;
    scratch.latencyNs = 0;
    for (let i = 0; i < 2; i++) {
      scratch.seconds[i] = 0;
      scratch.nanos[i] = 0;
    }
    const last = record + FIRST_VALUE + records[record + RECORD.values]! * VALUE_WIDTH;
    for (let value = record + FIRST_VALUE; value < last; value += VALUE_WIDTH) {
      const mark = records[value]!;
      const at = start + records[value + 1]!;
      const length = records[value + 2]!;
      if (mark === MARK.uuid) {
        if (!readUuid(bytes, at, length, scratch.uuid)) return false;
        continue;
      }
      let low = 0;
      const end = at + length - 1;
      for (let i = at; i < end; i++) {
        const byte = bytes[i]!;
        if (byte < 0x80) return false;
        if (i - at < 4) low |= (byte & 0x7f) << ((i - at) * 7);
      }
      const top = bytes[end]!;
      if (top >= 0x80) return false;
      const isLong = length === MAX_VARINT;
      if (!isLong) low |= top << ((length - 1) * 7);
      switch (mark) {
        case MARK.seconds:
        case MARK.envelopeSeconds:
          scratch.seconds[mark >> 1] = isLong ? low + top * TWO_28 : low;
          break;
        case MARK.nanos:
        case MARK.envelopeNanos:
          scratch.nanos[mark >> 1] = isLong ? low | (top << 28) : low;
          break;
        case MARK.latency:
          scratch.latencyNs = isLong ? low + top * TWO_28 : low;
          break;
        default:
          scratch.ports[mark - MARK.sourcePort] = (low & 0xffff) + 1;
      }
    }
    this.talk = records[record + RECORD.talk]!;
    this.extra = records[record + RECORD.extra]!;
    this.time = records[record + RECORD.time]!;
    return true;
  }

  /** Notes the places of the values in ascending order; false when one of them is not of the usual kind. */
  #writeValues(
    record: number,
    start: number,
    marks: Marks,
    ports: ArrayLike<number>,
    isReply: boolean,
  ): boolean {
    // The port served is part of the talk, so what tells it counts among the bytes that must be the same.
    const served = isReply ? MARK.sourcePort : MARK.destinationPort;
    const other = isReply ? MARK.destinationPort : MARK.sourcePort;
    const second = servesAlone(ports[0]!, ports[1]!, isReply) ? served : other;
    const records = this.#records;
    let count = 0;
    let after = 0;
    for (;;) {
      let mark = -1;
      for (let i = 0; i < MARK_COUNT; i++) {
        const at = marks.starts[i]!;
        if (i === served || i === second || at < after || at < 0) continue;
        if (mark < 0 || at < marks.starts[mark]!) mark = i;
      }
      if (mark < 0) break;
      const at = marks.starts[mark]!;
      const length = marks.ends[mark]! - at;
      if (mark === MARK.uuid ? length !== UUID_LENGTH : length > MAX_VARINT) return false;
      const value = record + FIRST_VALUE + count * VALUE_WIDTH;
      records[value] = mark;
      records[value + 1] = at - start;
      records[value + 2] = length;
      after = at + 1;
      count++;
    }
    records[record + RECORD.values] = count;
    return true;
  }

  #review(): void {
    this.#isRare = this.#found * 4 < this.#looked;
    this.#looked = 0;
    this.#found = 0;
  }
}

/**
 * A number that flows of one connection have in common, from a few words of the fields that come first on the wire
 * (addresses, the beginning of both ends) and of the end; 0 when the message does not look like a flow.
 */
function glance(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  let at = start;
  if (end - start < 64 || bytes[at++] !== 0x0a) return 0;
  while (bytes[at]! >= 0x80) at++;
  at++;
  let mix = end - start;
  for (;;) {
    if (at + 4 > end) return 0;
    const tag = bytes[at++]!;
    const field = tag >>> 3;
    if (tag >= 0x80 || field > LAST_FIELD) break;
    if ((tag & 7) === WIRE_VARINT) {
      while (bytes[at]! >= 0x80) at++;
      mix = Math.imul(mix ^ bytes[at++]!, 0x9e3779b1);
      continue;
    }
    if ((tag & 7) !== WIRE_DELIMITED) return 0;
    let length = bytes[at++]!;
    if (length >= 0x80) length = (length & 0x7f) | (bytes[at++]! << 7);
    const next = at + length;
    if (next > end) return 0;
    mix = Math.imul(mix ^ (length + tag), 0x85ebca6b);
    if (length >= 16 && field !== TIME_FIELD && field !== L4_FIELD) {
      mix = Math.imul(mix ^ view.getInt32(at, true), 0x9e3779b1);
      mix = (mix << 13) | (mix >>> 19);
      mix = Math.imul(mix ^ view.getInt32(at + 4, true), 0x85ebca6b);
      mix = (mix << 15) | (mix >>> 17);
      mix = Math.imul(mix ^ view.getInt32(at + 8 + ((length - 16) >> 1), true), 0xc2b2ae35);
      mix ^= Math.imul(view.getInt32(next - 4, true), 0x27d4eb2f);
    }
    at = next;
  }
  for (let word = end - TAIL - 16; word < end - TAIL; word += 4) {
    mix = Math.imul(mix ^ view.getInt32(word, true), 0x165667b1);
    mix ^= mix >>> 15;
  }
  mix ^= mix >>> 16;
  return mix | 1;
}
