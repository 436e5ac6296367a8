// Messages as JSON the way Hubble's programs write it: proto field names in declared order, nothing that is not set,
// 64-bit numbers as strings, unknown enum numbers as numbers, and the characters < > & U+2028 U+2029 escaped.
//
// A writer is built once per message type from its descriptor: a list of fields, each with a function for its value.
// What JSON cannot say is written as null: a time outside the years 1 to 9999.

import type { DescEnum, DescField, DescMessage, Message } from '@bufbuild/protobuf';
import { assert } from '@finderscope/base';
import { timestampJson } from './time.ts';

/** Text of a value that is set; undefined when it is not and the field is left out. */
type ValueWriter = (value: unknown) => string | undefined;
type FieldWriter = {
  readonly name: string;
  readonly read: (message: object) => unknown;
  readonly write: ValueWriter;
};
type MessageWriter = (message: object) => string;

const HTML: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** A JSON string literal, escaped so that it may stand in HTML. */
export function jsonString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (char) => HTML[char] ?? char);
}

function writeBytes(value: Uint8Array): string {
  return jsonString(btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join('')));
}

function writeNumber(value: number): string {
  return Number.isFinite(value) ? String(value) : jsonString(String(value));
}

/** `implicit`: zero values count as not set. */
function writeScalar(value: unknown, implicit: boolean): string | undefined {
  switch (typeof value) {
    case 'string':
      return implicit && value === '' ? undefined : jsonString(value);
    case 'boolean':
      return implicit && !value ? undefined : String(value);
    case 'bigint':
      return implicit && value === 0n ? undefined : `"${value}"`;
    case 'number':
      return implicit && value === 0 ? undefined : writeNumber(value);
    default:
      return value instanceof Uint8Array && !(implicit && value.length === 0) ? writeBytes(value) : undefined;
  }
}

function enumWriter(schema: DescEnum, implicit: boolean): ValueWriter {
  return (value) => {
    if (typeof value !== 'number' || (implicit && value === 0)) return undefined;
    const name = schema.value[value]?.name;
    return name === undefined ? String(value) : `"${name}"`;
  };
}

function property(message: object, key: string): unknown {
  return Reflect.get(message, key);
}

function writeTimestamp(value: object): string {
  const seconds = property(value, 'seconds');
  const nanos = property(value, 'nanos');
  const text =
    typeof seconds === 'bigint' && typeof nanos === 'number' ? timestampJson({ seconds, nanos }) : undefined;
  return text === undefined ? 'null' : `"${text}"`;
}

/** Packed messages of any type keep their bytes: `{"@type":...,"value":base64}`. No type is known here. */
function writeAny(value: object): string {
  const typeUrl = property(value, 'typeUrl');
  const bytes = property(value, 'value');
  const type = typeof typeUrl === 'string' && typeUrl !== '' ? `"@type":${jsonString(typeUrl)}` : '';
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) return `{${type}}`;
  return `{${type}${type === '' ? '' : ','}"value":${writeBytes(bytes)}}`;
}

function messageWriter(schema: DescMessage): MessageWriter {
  switch (schema.typeName) {
    case 'google.protobuf.Timestamp':
      return writeTimestamp;
    case 'google.protobuf.Any':
      return writeAny;
    default:
      return structWriter(schema);
  }
}

function isWrapper(schema: DescMessage): boolean {
  return /^google\.protobuf\.(Bool|Int32|UInt32|Int64|UInt64|String|Bytes|Float|Double)Value$/.test(
    schema.typeName,
  );
}

function valueWriter(field: DescField): ValueWriter {
  const implicit = field.oneof === undefined;
  switch (field.fieldKind) {
    case 'scalar':
      return (value) => writeScalar(value, implicit);
    case 'enum':
      return enumWriter(field.enum, implicit);
    case 'message': {
      // Singular wrappers are plain values in memory, and are there even when false or 0.
      if (isWrapper(field.message)) return (value) => writeScalar(value, false);
      const write = messageWriter(field.message);
      return (value) => (typeof value === 'object' && value !== null ? write(value) : undefined);
    }
    case 'list': {
      const write = elementWriter(field);
      return (value) => {
        if (!Array.isArray(value) || value.length === 0) return undefined;
        return `[${value.map((element) => write(element) ?? 'null').join(',')}]`;
      };
    }
    case 'map':
      assert(false, `${field.toString()}: no message of Hubble's has maps`);
  }
}

function elementWriter(field: DescField & { readonly fieldKind: 'list' }): ValueWriter {
  switch (field.listKind) {
    case 'scalar':
      return (value) => writeScalar(value, false);
    case 'enum':
      return enumWriter(field.enum, false);
    case 'message': {
      const write = messageWriter(field.message);
      return (value) => (typeof value === 'object' && value !== null ? write(value) : undefined);
    }
  }
}

function fieldReader(field: DescField): (message: object) => unknown {
  const { oneof, localName } = field;
  if (oneof === undefined) return (message) => property(message, localName);
  return (message) => {
    const member = property(message, oneof.localName);
    if (typeof member !== 'object' || member === null) return undefined;
    return property(member, 'case') === localName ? property(member, 'value') : undefined;
  };
}

const writers = new Map<string, MessageWriter>();

function structWriter(schema: DescMessage): MessageWriter {
  const known = writers.get(schema.typeName);
  if (known !== undefined) return known;
  const fields: FieldWriter[] = [];
  const write: MessageWriter = (message) => {
    let out = '';
    for (const field of fields) {
      const text = field.write(field.read(message));
      if (text !== undefined) out += `${out === '' ? '' : ','}"${field.name}":${text}`;
    }
    return `{${out}}`;
  };
  // Registered before its fields, so that a message may hold itself.
  writers.set(schema.typeName, write);
  for (const field of schema.fields) {
    fields.push({ name: field.name, read: fieldReader(field), write: valueWriter(field) });
  }
  return write;
}

/** One line of JSON. The schema must be that of the message. */
export function messageToJson(schema: DescMessage, message: Message): string {
  return structWriter(schema)(message);
}
