// JSON into messages, forgiving where Hubble's history asks for it: field names in proto or camel spelling, numbers as
// strings, fields in any order, null for absent. Fields and enum names that this build does not know are left out and
// reported by path, never silently; a value of the wrong kind fails the record with its path.
//
// Readers are built once per message type from its descriptor.

import {
  create,
  ScalarType,
  type DescEnum,
  type DescField,
  type DescMessage,
  type DescOneof,
  type MessageShape,
} from '@bufbuild/protobuf';
import { assert, err, ok, type Result } from '@finderscope/base';
import { parseTimestamp } from './time.ts';

/** A value that cannot be what its field wants. Thrown inside, turned into a result by readMessage. */
class JsonValueError extends Error {}

type Context = {
  /** Paths such as `flow.source.pod_uuid` of what was left out. */
  readonly unknown: string[];
};

type ValueReader = (value: unknown, path: string, context: Context) => unknown;
type Target = Record<string, unknown>;
type FieldReader = {
  readonly name: string;
  readonly key: string;
  readonly oneof: DescOneof | undefined;
  readonly read: ValueReader;
};
type MessageReader = (value: unknown, path: string, context: Context) => object;

function fail(path: string, wanted: string, value: unknown): never {
  const shown = JSON.stringify(value) ?? String(value);
  const found = shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
  throw new JsonValueError(`${path}: expected ${wanted}, found ${found}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const RANGES: ReadonlyMap<ScalarType, readonly [bigint, bigint]> = new Map([
  [ScalarType.INT32, [-(2n ** 31n), 2n ** 31n - 1n]],
  [ScalarType.UINT32, [0n, 2n ** 32n - 1n]],
  [ScalarType.INT64, [-(2n ** 63n), 2n ** 63n - 1n]],
  [ScalarType.UINT64, [0n, 2n ** 64n - 1n]],
]);

function integer(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  if (typeof value === 'string' && /^-?(0|[1-9][0-9]*)$/.test(value)) return BigInt(value);
  return undefined;
}

function integerReader(type: ScalarType, low: bigint, high: bigint): ValueReader {
  const wide = type === ScalarType.INT64 || type === ScalarType.UINT64;
  const wanted = `a whole number from ${low} to ${high}`;
  return (value, path) => {
    if (wide && typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      // JSON.parse has already rounded it.
      return fail(path, 'a number of this size as a string', value);
    }
    const number = integer(value);
    if (number === undefined || number < low || number > high) return fail(path, wanted, value);
    return wide ? number : Number(number);
  };
}

function readBytes(value: unknown, path: string): Uint8Array {
  if (typeof value !== 'string' || !/^[-A-Za-z0-9+/_]*={0,2}$/.test(value))
    return fail(path, 'base64 text', value);
  const standard = value.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  if (standard.length % 4 === 1) return fail(path, 'base64 text', value);
  return Uint8Array.from(atob(standard), (char) => char.charCodeAt(0));
}

function readDouble(value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  const number =
    typeof value === 'string' && value.trim() === value && value !== '' ? Number(value) : Number.NaN;
  return Number.isNaN(number) ? fail(path, 'a number', value) : number;
}

function scalarReader(type: ScalarType): ValueReader {
  const range = RANGES.get(type);
  if (range !== undefined) return integerReader(type, ...range);
  switch (type) {
    case ScalarType.STRING:
      return (value, path) => (typeof value === 'string' ? value : fail(path, 'text', value));
    case ScalarType.BOOL:
      return (value, path) => (typeof value === 'boolean' ? value : fail(path, 'true or false', value));
    case ScalarType.BYTES:
      return readBytes;
    default:
      return readDouble;
  }
}

/** undefined for a name that the enum does not have, which is reported. */
function enumReader(schema: DescEnum): ValueReader {
  const byName = new Map(schema.values.map((value) => [value.name, value.number]));
  return (value, path, context) => {
    if (typeof value === 'string') {
      const number = byName.get(value);
      if (number === undefined) context.unknown.push(`${path}=${value}`);
      return number;
    }
    if (typeof value === 'number' && (value | 0) === value) return value;
    return fail(path, `a name of ${schema.name} or its number`, value);
  };
}

function readTimestamp(schema: DescMessage): MessageReader {
  return (value, path) => {
    const parsed = typeof value === 'string' ? parseTimestamp(value) : undefined;
    if (parsed === undefined) return fail(path, 'a time such as 2026-01-15T10:00:00.123Z', value);
    return Object.assign(create(schema), parsed);
  };
}

/** Takes what json-write.ts writes. The fields of a packed message of a known type are reported as unknown. */
function readAny(schema: DescMessage): MessageReader {
  return (value, path, context) => {
    if (!isObject(value)) return fail(path, 'an object with @type', value);
    const message: Target = create(schema);
    for (const [key, part] of Object.entries(value)) {
      if (key === '@type' && typeof part === 'string') message['typeUrl'] = part;
      else if (key === 'value' && typeof part === 'string')
        message['value'] = readBytes(part, `${path}.value`);
      else context.unknown.push(`${path}.${key}`);
    }
    return message;
  };
}

const WRAPPED: ReadonlyMap<string, ScalarType> = new Map([
  ['google.protobuf.BoolValue', ScalarType.BOOL],
  ['google.protobuf.Int32Value', ScalarType.INT32],
  ['google.protobuf.UInt32Value', ScalarType.UINT32],
]);

function messageReader(schema: DescMessage): MessageReader {
  switch (schema.typeName) {
    case 'google.protobuf.Timestamp':
      return readTimestamp(schema);
    case 'google.protobuf.Any':
      return readAny(schema);
    default:
      return structReader(schema);
  }
}

function singleReader(kind: 'scalar' | 'enum' | 'message', field: DescField): ValueReader {
  if (kind === 'scalar' && field.scalar !== undefined) return scalarReader(field.scalar);
  if (kind === 'enum' && field.enum !== undefined) return enumReader(field.enum);
  assert(field.message !== undefined, `${field.toString()} has no type`);
  const wrapped = WRAPPED.get(field.message.typeName);
  return wrapped === undefined ? messageReader(field.message) : scalarReader(wrapped);
}

function valueReader(field: DescField): ValueReader {
  if (field.fieldKind === 'list') {
    const read = singleReader(field.listKind, field);
    return (value, path, context) => {
      if (!Array.isArray(value)) return fail(path, 'a list', value);
      const elements: unknown[] = [];
      value.forEach((element, i) => {
        const one = read(element, `${path}[${i}]`, context);
        if (one !== undefined) elements.push(one);
      });
      return elements;
    };
  }
  assert(field.fieldKind !== 'map', `${field.toString()}: no message of Hubble's has maps`);
  return singleReader(field.fieldKind, field);
}

const readers = new Map<string, MessageReader>();

function setField(message: Target, field: FieldReader, value: unknown, path: string): void {
  if (field.oneof === undefined) {
    message[field.key] = value;
    return;
  }
  const member = message[field.oneof.localName];
  if (isObject(member) && typeof member['case'] === 'string' && member['case'] !== field.key) {
    throw new JsonValueError(`${path}: stands beside ${member['case']}, and only one of them can be set`);
  }
  message[field.oneof.localName] = { case: field.key, value };
}

function structReader(schema: DescMessage): MessageReader {
  const known = readers.get(schema.typeName);
  if (known !== undefined) return known;
  const fields = new Map<string, FieldReader>();
  const read: MessageReader = (value, path, context) => {
    if (!isObject(value)) return fail(path === '' ? schema.name : path, 'an object', value);
    const message: Target = create(schema);
    for (const key of Object.keys(value)) {
      const part = value[key];
      const field = fields.get(key);
      const partPath = path === '' ? key : `${path}.${key}`;
      if (field === undefined) context.unknown.push(partPath);
      else if (part !== null) {
        const read = field.read(part, partPath, context);
        if (read !== undefined) setField(message, field, read, partPath);
      }
    }
    return message;
  };
  // Registered before its fields, so that a message may hold itself.
  readers.set(schema.typeName, read);
  for (const field of schema.fields) {
    const reader = { name: field.name, key: field.localName, oneof: field.oneof, read: valueReader(field) };
    fields.set(field.name, reader);
    fields.set(field.jsonName, reader);
  }
  return read;
}

export type ReadMessage<Shape> = {
  readonly message: Shape;
  /** What was left out because this build does not know it: paths of fields, `path=NAME` for enum names. */
  readonly unknownFields: readonly string[];
};

/** Reads a parsed JSON value. The error names the path, what was expected and what was found. */
export function messageFromJson<Schema extends DescMessage>(
  schema: Schema,
  value: unknown,
): Result<ReadMessage<MessageShape<Schema>>, string> {
  const unknown: string[] = [];
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the reader creates it from this very schema
    const message = structReader(schema)(value, '', { unknown }) as MessageShape<Schema>;
    return ok({ message, unknownFields: unknown });
  } catch (cause) {
    if (cause instanceof JsonValueError) return err(cause.message);
    throw cause;
  }
}

/** The names by which a message's fields may be spelled. */
export function isFieldName(schema: DescMessage, name: string): boolean {
  return schema.fields.some((field) => field.name === name || field.jsonName === name);
}
