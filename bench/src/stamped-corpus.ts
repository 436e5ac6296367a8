// Recorded flows, played in cycles, each time with new times and uuids, so that a million flows are a million different
// ones. Runs in browsers too.

import { fromBinary } from '@bufbuild/protobuf';
import { assert, defined } from '@finderscope/base';
import { FRAME_HEADER_BYTES, readFrameLength } from '@finderscope/grpc-wire';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';

/** A flow and the places in it that change from cycle to cycle. */
type Stamped = {
  /** Start and end of the message, without frame header. */
  readonly start: number;
  readonly end: number;
  readonly uuidAt: number;
  /** Where the five bytes of each seconds field begin. */
  readonly secondsAt: readonly number[];
  readonly seconds: number;
};

export type Corpus = {
  /** Frames, one behind the other. Written by `stamp`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Start and end of each message. */
  readonly spans: Uint32Array;
  readonly count: number;
  /** Gives every flow a new uuid and a time that lies behind those of the cycle before. */
  readonly stamp: (cycle: number) => void;
  /** Only the time. */
  readonly stampTimes: (cycle: number) => void;
};

/** A corpus of frames that lie one behind the other. */
export function corpusOf(bytes: Uint8Array<ArrayBuffer>): Corpus {
  const flows: Stamped[] = [];
  for (let at = 0; at < bytes.length;) {
    const start = at + FRAME_HEADER_BYTES;
    const end = start + readFrameLength(bytes, at);
    flows.push(readStamped(bytes, start, end));
    at = end;
  }
  const spans = Uint32Array.from(flows.flatMap(({ start, end }) => [start, end]));
  const all = flows.map(({ seconds }) => seconds);
  const span = Math.max(...all) - Math.min(...all) + 1;
  const encoder = new TextEncoder();
  const stampTimes = (cycle: number): void => {
    for (const { secondsAt, seconds } of flows) {
      for (const at of secondsAt) writeVarint5(bytes, at, seconds + cycle * span);
    }
  };
  const stamp = (cycle: number): void => {
    stampTimes(cycle);
    for (const [index, { uuidAt }] of flows.entries()) {
      const number = cycle * flows.length + index;
      const uuid = `${hex(Math.imul(number, 0x9e3779b1), 8)}-0000-4000-8000-${hex(number, 12)}`;
      encoder.encodeInto(uuid, bytes.subarray(uuidAt, uuidAt + 36));
    }
  };
  return { bytes, spans, count: flows.length, stamp, stampTimes };
}

function readStamped(bytes: Uint8Array, start: number, end: number): Stamped {
  const message = bytes.subarray(start, end);
  const { responseTypes } = fromBinary(GetFlowsResponseSchema, message);
  assert(responseTypes.case === 'flow', 'a corpus holds flows only');
  const { time, uuid } = responseTypes.value;
  const seconds = Number(defined(time, 'the time of a flow').seconds);
  const secondsAt = placesOf(message, [0x08, ...varint(seconds)]).map((at) => start + at + 1);
  const [uuidAt = 0] = placesOf(message, new TextEncoder().encode(uuid));
  assert(secondsAt.length === 2, 'a flow says its time twice');
  return { start, end, uuidAt: start + uuidAt, secondsAt, seconds };
}

/** Where the pattern begins, each time. */
function placesOf(bytes: Uint8Array, pattern: ArrayLike<number>): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at + pattern.length <= bytes.length; at++) {
    let i = 0;
    while (i < pattern.length && bytes[at + i] === pattern[i]) i++;
    if (i === pattern.length) places.push(at);
  }
  return places;
}

function hex(value: number, digits: number): string {
  return (value < 0 ? value + 2 ** 32 : value).toString(16).padStart(digits, '0');
}

function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return bytes;
}

/** A number that takes five bytes. */
function writeVarint5(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = (value & 0x7f) | 0x80;
  bytes[at + 1] = ((value >>> 7) & 0x7f) | 0x80;
  bytes[at + 2] = ((value >>> 14) & 0x7f) | 0x80;
  bytes[at + 3] = ((value >>> 21) & 0x7f) | 0x80;
  bytes[at + 4] = Math.floor(value / 2 ** 28);
}
