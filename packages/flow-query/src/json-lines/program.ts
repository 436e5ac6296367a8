// Which JSON key is which field: a table per message, in declared order, which is the order Hubble writes them in.
// Built once from the descriptors; run by transcoder.ts.

import { ScalarType, type DescEnum, type DescField, type DescMessage } from '@bufbuild/protobuf';
import { WireType } from '@bufbuild/protobuf/wire';

export const Kind = {
  MESSAGE: 0,
  TEXT: 1,
  /** Whole number from 0 to `max`, as a number or in quotes. */
  NUMBER: 2,
  BOOL: 3,
  ENUM: 4,
  TIME: 5,
  WRAPPED_NUMBER: 6,
  WRAPPED_BOOL: 7,
  /** Nothing that Hubble sends in bulk: the reference reads it. */
  FOREIGN: 8,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** Name in ASCII with the quote that ends it. */
export type EnumName = { readonly text: Uint8Array; readonly number: number };

export type JsonField = {
  /** Place in declared order. */
  readonly index: number;
  readonly number: number;
  /** Proto spelling, then camel case where it differs; ASCII with the quote that ends it. */
  readonly keys: readonly Uint8Array[];
  /** Field number and wire type, as on the wire. */
  readonly tag: Uint8Array;
  readonly kind: Kind;
  readonly isList: boolean;
  /** Bit of the oneof that the field is a member of, 0 for none. */
  readonly oneof: number;
  readonly child: JsonProgram | undefined;
  readonly names: readonly EnumName[];
  readonly max: number;
  /** Objects of this field come again and again. */
  readonly isMemoized: boolean;
  /** Flows that are alike otherwise differ in it. */
  readonly varies: boolean;
  /** Bytes that the length took last time: room is left for as many. */
  lengthBytes: number;
  /** Index in `names` of the value before. */
  guess: number;
};

export type JsonProgram = {
  readonly fields: readonly JsonField[];
  /** Some field of it, or of what it holds, varies. */
  readonly holdsVarying: boolean;
};

const MEMOIZED: ReadonlySet<string> = new Set(['flow.Endpoint']);
const VARYING: ReadonlySet<string> = new Set([
  'observer.GetFlowsResponse.time',
  'flow.Flow.time',
  'flow.Flow.uuid',
  'flow.TCP.source_port',
  'flow.TCP.destination_port',
  'flow.UDP.source_port',
  'flow.UDP.destination_port',
  'flow.SCTP.source_port',
  'flow.SCTP.destination_port',
  'flow.Layer7.latency_ns',
  'flow.HTTPHeader.value',
  'flow.TraceParent.trace_id',
]);
const MAX_UINT32 = 2 ** 32 - 1;
const MAX_INT32 = 2 ** 31 - 1;
const MAX_SCALAR: ReadonlyMap<ScalarType, number> = new Map([
  [ScalarType.UINT32, MAX_UINT32],
  [ScalarType.INT32, MAX_INT32],
  [ScalarType.UINT64, Number.MAX_SAFE_INTEGER],
  [ScalarType.INT64, Number.MAX_SAFE_INTEGER],
]);
const WRAPPERS: ReadonlyMap<string, readonly [Kind, number]> = new Map([
  ['google.protobuf.BoolValue', [Kind.WRAPPED_BOOL, 0]],
  ['google.protobuf.UInt32Value', [Kind.WRAPPED_NUMBER, MAX_UINT32]],
  ['google.protobuf.Int32Value', [Kind.WRAPPED_NUMBER, MAX_INT32]],
]);

const encoder = new TextEncoder();
const programs = new Map<string, JsonProgram>();

/** The program of a message; one for each message type. */
export function jsonProgram(desc: DescMessage): JsonProgram {
  const known = programs.get(desc.typeName);
  if (known !== undefined) return known;
  const fields: JsonField[] = [];
  const program = { fields, holdsVarying: false };
  // Registered before its fields, so that a message may hold itself.
  programs.set(desc.typeName, program);
  desc.fields.forEach((field, index) => fields.push(jsonField(desc, field, index)));
  program.holdsVarying = fields.some(({ varies, child }) => varies || child?.holdsVarying === true);
  return program;
}

function jsonField(desc: DescMessage, field: DescField, index: number): JsonField {
  const [kind, max] = kindOf(field);
  const message = field.fieldKind === 'message' || field.fieldKind === 'list' ? field.message : undefined;
  const spellings = [...new Set([field.name, field.jsonName])];
  return {
    index,
    number: field.number,
    keys: spellings.map((name) => encoder.encode(`${name}"`)),
    tag: tagOf(field.number, isVarint(kind) ? WireType.Varint : WireType.LengthDelimited),
    kind,
    isList: field.fieldKind === 'list',
    oneof: field.oneof === undefined ? 0 : 1 << desc.oneofs.indexOf(field.oneof),
    child: kind === Kind.MESSAGE && message !== undefined ? jsonProgram(message) : undefined,
    names: field.fieldKind === 'enum' ? enumNames(field.enum) : [],
    max,
    isMemoized: message !== undefined && MEMOIZED.has(message.typeName),
    varies: VARYING.has(`${desc.typeName}.${field.name}`),
    lengthBytes: 1,
    guess: 0,
  };
}

function kindOf(field: DescField): readonly [Kind, number] {
  // Other lists than these are packed, and no flow has them.
  if (field.fieldKind === 'list' && !(field.listKind === 'message' || field.scalar === ScalarType.STRING))
    return [Kind.FOREIGN, 0];
  switch (field.fieldKind) {
    case 'enum':
      return [Kind.ENUM, MAX_INT32];
    case 'map':
      return [Kind.FOREIGN, 0];
    case 'scalar':
    case 'list':
    case 'message':
      return field.message === undefined ? scalarKind(field.scalar) : messageKind(field.message, field);
  }
}

function scalarKind(scalar: ScalarType | undefined): readonly [Kind, number] {
  if (scalar === ScalarType.STRING) return [Kind.TEXT, 0];
  if (scalar === ScalarType.BOOL) return [Kind.BOOL, 0];
  const max = scalar === undefined ? undefined : MAX_SCALAR.get(scalar);
  return max === undefined ? [Kind.FOREIGN, 0] : [Kind.NUMBER, max];
}

function messageKind(message: DescMessage, field: DescField): readonly [Kind, number] {
  if (!message.typeName.startsWith('google.protobuf.')) return [Kind.MESSAGE, 0];
  if (field.fieldKind === 'list') return [Kind.FOREIGN, 0];
  if (message.typeName === 'google.protobuf.Timestamp') return [Kind.TIME, 0];
  return WRAPPERS.get(message.typeName) ?? [Kind.FOREIGN, 0];
}

function isVarint(kind: Kind): boolean {
  return kind === Kind.NUMBER || kind === Kind.BOOL || kind === Kind.ENUM;
}

function enumNames(desc: DescEnum): readonly EnumName[] {
  return desc.values.map(({ name, number }) => ({ text: encoder.encode(`${name}"`), number }));
}

function tagOf(number: number, wireType: WireType): Uint8Array {
  const bytes: number[] = [];
  let rest = number * 8 + wireType;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
