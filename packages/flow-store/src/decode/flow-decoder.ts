// Reads one observer.GetFlowsResponse in place and fills the scratch row. Driven by schema/program.ts; runs for every
// flow, so it allocates nothing. Whatever the bytes hold it ends after one pass over them and answers false when they
// are not a message: truncated, lengths beyond their parent, field number 0, unknown wire types, groups that do not
// match or nest too deep. A known field with a foreign wire type is skipped, as other protobuf readers do.

import {
  buildProgram,
  find,
  type Instruction,
  linkResets,
  type MessageProgram,
  Op,
} from '../schema/program.ts';
import { DICT, SHAPE } from '../schema/columns.ts';
import { MARK, Marks } from './marks.ts';
import { Scratch } from './scratch.ts';
import { readUuid } from './uuid.ts';

const MAX_GROUP_DEPTH = 100;
const TWO_32 = 4294967296;
const VARINT = 0;
const BIT64 = 1;
const DELIMITED = 2;
const START_GROUP = 3;
const END_GROUP = 4;
const BIT32 = 5;

export class FlowDecoder {
  readonly scratch = new Scratch();
  /** Where the values are that the flows of a connection differ in. */
  readonly marks = new Marks();
  readonly #program: MessageProgram = buildProgram();
  #bytes: Uint8Array = new Uint8Array(0);
  #pos = 0;
  /** Halves of the last varint. */
  #low = 0;
  #high = 0;

  constructor() {
    linkResets(this.#program);
  }

  /** True when [start, end) is a message; the scratch row then holds it. `bytes` must be untouched until it is kept. */
  decode(bytes: Uint8Array, start: number, end: number): boolean {
    this.#bytes = bytes;
    this.#pos = start;
    this.scratch.reset();
    this.marks.reset();
    return this.#message(this.#program, end);
  }

  #message(program: MessageProgram, end: number): boolean {
    const { scratch } = this;
    const bytes = this.#bytes;
    const { low, texts, ports } = program;
    for (let i = 0; i < texts.length; i++) scratch.touch(texts[i]!);
    for (let i = 0; i < ports.length; i++) scratch.touchPort(ports[i]!);
    while (this.#pos < end) {
      const tagAt = this.#pos;
      let tag = bytes[this.#pos]!;
      if (tag < 0x80) {
        this.#pos++;
      } else {
        if (!this.#varint(end) || this.#high !== 0) return false;
        tag = this.#low >>> 0;
      }
      const number = tag >>> 3;
      const wire = tag & 7;
      if (number === 0) return false;
      const instruction = number < 64 ? low[number] : find(program, number);
      if (instruction === undefined) {
        if (!this.#skip(wire, number, end, 0)) return false;
      } else if (wire === VARINT && instruction.op <= Op.REAL) {
        if (!this.#number(instruction, end)) return false;
      } else if (wire === DELIMITED && instruction.op > Op.REAL) {
        if (!this.#delimited(program, instruction, tagAt, end)) return false;
      } else if (!this.#skip(wire, number, end, 0)) {
        return false;
      }
    }
    return this.#pos === end;
  }

  #number(instruction: Instruction, end: number): boolean {
    const start = this.#pos;
    if (!this.#varint(end)) return false;
    const { scratch } = this;
    const { target } = instruction;
    switch (instruction.op) {
      case Op.INT:
        scratch.tuple[target] = this.#low;
        break;
      case Op.BOOL:
        scratch.tuple[target] = this.#low !== 0 || this.#high !== 0 ? 1 : 0;
        break;
      case Op.BIT:
        if (this.#low !== 0 || this.#high !== 0) scratch.tuple[target]! |= 1 << instruction.bit;
        else scratch.tuple[target]! &= ~(1 << instruction.bit);
        break;
      case Op.PORT:
        scratch.ports[target] = (this.#low & 0xffff) + 1;
        this.marks.set(MARK.sourcePort + target, start, this.#pos);
        break;
      default:
        this.marks.set(MARK.latency, start, this.#pos);
        scratch.latencyNs = (this.#high >>> 0) * TWO_32 + (this.#low >>> 0);
    }
    return true;
  }

  #delimited(program: MessageProgram, instruction: Instruction, tagAt: number, end: number): boolean {
    if (!this.#varint(end) || this.#high !== 0) return false;
    const start = this.#pos;
    const length = this.#low >>> 0;
    if (length > end - start) return false;
    const stop = start + length;
    const { scratch } = this;
    const { target } = instruction;
    if (instruction.presence >= 0) scratch.tuple[instruction.presence] = 1;
    switch (instruction.op) {
      case Op.TEXT:
        scratch.replace(target, start, stop);
        break;
      case Op.MESSAGE:
        if (length === 0) scratch.touch(target);
        else scratch.extend(target, this.#bytes, start, stop);
        break;
      case Op.RUN:
        scratch.extend(target, this.#bytes, tagAt, stop);
        break;
      case Op.DESCEND:
        if (instruction.member >= 0) this.#setMember(program, instruction);
        return this.#message(instruction.child!, stop);
      case Op.TIME:
        return this.#time(target, stop);
      default:
        this.marks.set(MARK.uuid, start, stop);
        if (readUuid(this.#bytes, start, length, scratch.uuid)) {
          scratch.clear(DICT.uuidText);
        } else {
          scratch.uuid.fill(0);
          scratch.replace(DICT.uuidText, start, stop);
        }
    }
    this.#pos = stop;
    return true;
  }

  /** Another member of the oneof than before takes back what the former one set. */
  #setMember(program: MessageProgram, instruction: Instruction): void {
    const { scratch } = this;
    const place = instruction.member;
    const before = scratch.tuple[place]!;
    if (before === instruction.number) return;
    if (before !== 0) {
      this.marks.isRegular = false;
      if (place === SHAPE.response) {
        scratch.resetFlow();
      } else {
        for (const reset of program.resets) {
          if (reset.member !== place) continue;
          for (const at of reset.tuple) scratch.tuple[at] = 0;
          for (const at of reset.dicts) scratch.clear(at);
          for (const at of reset.ports) scratch.ports[at] = 0;
        }
      }
    }
    scratch.tuple[place] = instruction.number;
  }

  /** google.protobuf.Timestamp: int64 seconds = 1, int32 nanos = 2. */
  #time(target: number, end: number): boolean {
    const { scratch } = this;
    scratch.hasTime[target] = 1;
    while (this.#pos < end) {
      if (!this.#varint(end) || this.#high !== 0) return false;
      const tag = this.#low >>> 0;
      const start = this.#pos;
      if (tag === 8) {
        if (!this.#varint(end)) return false;
        this.marks.set(MARK.seconds + target * 2, start, this.#pos);
        scratch.seconds[target] = this.#high * TWO_32 + (this.#low >>> 0);
      } else if (tag === 16) {
        if (!this.#varint(end)) return false;
        this.marks.set(MARK.nanos + target * 2, start, this.#pos);
        scratch.nanos[target] = this.#low;
      } else if (tag < 8 || !this.#skip(tag & 7, tag >>> 3, end, 0)) {
        return false;
      }
    }
    return this.#pos === end;
  }

  /** Reads a varint of at most ten bytes into #low and #high. */
  #varint(end: number): boolean {
    const bytes = this.#bytes;
    let pos = this.#pos;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (pos >= end) return false;
      const byte = bytes[pos++]!;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else if (shift < 63) high |= bits << (shift - 32);
      else high |= bits << 31;
      if (byte < 0x80) {
        this.#pos = pos;
        this.#low = low;
        this.#high = high;
        return true;
      }
    }
    return false;
  }

  #skip(wire: number, number: number, end: number, depth: number): boolean {
    switch (wire) {
      case VARINT:
        return this.#varint(end);
      case BIT64:
        return this.#advance(8, end);
      case BIT32:
        return this.#advance(4, end);
      case DELIMITED:
        return this.#varint(end) && this.#high === 0 && this.#advance(this.#low >>> 0, end);
      case START_GROUP:
        return depth < MAX_GROUP_DEPTH && this.#skipGroup(number, end, depth + 1);
      default:
        return false;
    }
  }

  #skipGroup(number: number, end: number, depth: number): boolean {
    while (this.#pos < end) {
      if (!this.#varint(end) || this.#high !== 0) return false;
      const tag = this.#low >>> 0;
      const inner = tag >>> 3;
      if (inner === 0) return false;
      if ((tag & 7) === END_GROUP) return inner === number;
      if (!this.#skip(tag & 7, inner, end, depth)) return false;
    }
    return false;
  }

  #advance(count: number, end: number): boolean {
    if (count > end - this.#pos) return false;
    this.#pos += count;
    return true;
  }
}
