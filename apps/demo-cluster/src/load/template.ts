// A flow encoded once, with the places of what changes: two times, the uuid, the client's port. Writing a flow is a
// copy and four patches.

import { create, toBinary } from '@bufbuild/protobuf';
import { assert } from '@finderscope/base';
import { encodeFrame } from '@finderscope/grpc-wire';
import { FlowSchema, GetFlowsResponseSchema } from '@finderscope/hubble-api';

import type { NodeInfo } from '../agent/node.ts';
import type { Moment } from '../timeline/clock.ts';
import { timestampOf } from '../timeline/timestamp.ts';
import type { Observed } from './traffic-mix.ts';

export type FlowTemplate = {
  readonly node: number;
  /** A whole frame. */
  readonly frame: Uint8Array;
  /** Where the five bytes of each seconds field begin; those of nanos follow after one byte of tag. */
  readonly timesAt: readonly [number, number];
  readonly uuidAt: number;
  /** Where the three bytes of the client's port begin; -1 for a flow without one. */
  readonly portAt: number;
  readonly namespaces: readonly string[];
};

/** Ports that take exactly three bytes as a varint: 16,384 and up. */
export const TEMPLATE_PORT = 47_113;

const TEMPLATE_TIME: Moment = { seconds: 1_735_689_599, nanos: 999_999_937 };
const TEMPLATE_UUID = 'f1e2d3c4-b5a6-4978-8a9b-0c1d2e3f4a5b';
const PORT_TAGS = [0x08, 0x10] as const;
const SECONDS_TAG = 0x08;
const NANOS_TAG = 0x10;

/** Encodes a drawn flow, whose client port must be TEMPLATE_PORT. */
export function encodeTemplate({ node, flow }: Observed, info: NodeInfo, version: string): FlowTemplate {
  const time = timestampOf(TEMPLATE_TIME);
  const message = create(FlowSchema, {
    ...flow,
    time,
    uuid: TEMPLATE_UUID,
    emitter: { name: 'Hubble', version },
    nodeName: info.name,
    nodeLabels: [...info.labels],
  });
  const response = create(GetFlowsResponseSchema, {
    responseTypes: { case: 'flow', value: message },
    nodeName: info.name,
    time,
  });
  const frame = encodeFrame(toBinary(GetFlowsResponseSchema, response));
  const timeBytes = [
    SECONDS_TAG,
    ...varint(TEMPLATE_TIME.seconds),
    NANOS_TAG,
    ...varint(TEMPLATE_TIME.nanos),
  ];
  const [first, second, ...more] = occurrences(frame, timeBytes);
  assert(first !== undefined && second !== undefined && more.length === 0, 'a template has two times');
  const [uuidAt, ...moreUuids] = occurrences(frame, [...Buffer.from(TEMPLATE_UUID)]);
  assert(uuidAt !== undefined && moreUuids.length === 0, 'a template has one uuid');
  const ports = PORT_TAGS.flatMap((tag) => occurrences(frame, [tag, ...varint(TEMPLATE_PORT)]));
  return {
    node,
    frame,
    timesAt: [first + 1, second + 1],
    uuidAt,
    portAt: ports.length === 1 && ports[0] !== undefined ? ports[0] + 1 : -1,
    namespaces: [message.source?.namespace ?? '', message.destination?.namespace ?? ''].filter(
      (name) => name !== '',
    ),
  };
}

function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return bytes;
}

function occurrences(bytes: Uint8Array, pattern: readonly number[]): readonly number[] {
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const needle = Buffer.from(pattern);
  const found: number[] = [];
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) found.push(at);
  return found;
}

const HEX_DIGITS = Buffer.from('0123456789abcdef');
/** Code of the first and the second hex digit of each byte. */
const HEX_PAIRS = Uint8Array.from(
  { length: 512 },
  (_, i) => HEX_DIGITS[i % 2 === 0 ? i >> 5 : (i >> 1) & 15] ?? 0,
);

/** What is new in a flow. `high` and `low` (32 bits each) and `count` make the uuid unique. */
export type Stamp = {
  seconds: number;
  nanos: number;
  high: number;
  low: number;
  count: number;
  port: number;
};

/** Writes the template to `out` at `at`, stamped; `out` must have room for `template.frame.length` bytes. */
export function stampTemplate(template: FlowTemplate, stamp: Stamp, out: Uint8Array, at: number): void {
  out.set(template.frame, at);
  writeTime(out, at + template.timesAt[0], stamp.seconds, stamp.nanos);
  writeTime(out, at + template.timesAt[1], stamp.seconds, stamp.nanos);
  writeUuid(out, at + template.uuidAt, stamp);
  if (template.portAt >= 0) {
    const portAt = at + template.portAt;
    out[portAt] = (stamp.port & 0x7f) | 0x80;
    out[portAt + 1] = ((stamp.port >>> 7) & 0x7f) | 0x80;
    out[portAt + 2] = stamp.port >>> 14;
  }
}

/** Five bytes each, whatever the value: a varint may have leading zeros. */
function writeTime(out: Uint8Array, at: number, seconds: number, nanos: number): void {
  out[at] = (seconds & 0x7f) | 0x80;
  out[at + 1] = ((seconds >>> 7) & 0x7f) | 0x80;
  out[at + 2] = ((seconds >>> 14) & 0x7f) | 0x80;
  out[at + 3] = ((seconds >>> 21) & 0x7f) | 0x80;
  out[at + 4] = seconds >>> 28;
  out[at + 6] = (nanos & 0x7f) | 0x80;
  out[at + 7] = ((nanos >>> 7) & 0x7f) | 0x80;
  out[at + 8] = ((nanos >>> 14) & 0x7f) | 0x80;
  out[at + 9] = ((nanos >>> 21) & 0x7f) | 0x80;
  out[at + 10] = nanos >>> 28;
}

/** hhhhhhhh-llll-4978-8a9b-llllcccccccc: h high, l low, c count; the rest stands in the template. */
function writeUuid(out: Uint8Array, at: number, { high, low, count }: Stamp): void {
  writeWord(out, at, high);
  writeByte(out, at + 9, low >>> 24);
  writeByte(out, at + 11, low >>> 16);
  writeByte(out, at + 24, low >>> 8);
  writeByte(out, at + 26, low);
  writeWord(out, at + 28, count);
}

function writeWord(out: Uint8Array, at: number, word: number): void {
  writeByte(out, at, word >>> 24);
  writeByte(out, at + 2, word >>> 16);
  writeByte(out, at + 4, word >>> 8);
  writeByte(out, at + 6, word);
}

function writeByte(out: Uint8Array, at: number, byte: number): void {
  const pair = (byte & 0xff) << 1;
  out[at] = HEX_PAIRS[pair] ?? 0;
  out[at + 1] = HEX_PAIRS[pair + 1] ?? 0;
}
