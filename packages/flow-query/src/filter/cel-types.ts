// The types of CEL expressions, what fits what, and the signatures of the standard functions.

import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { ScalarType } from '@bufbuild/protobuf';

type SimpleName =
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'null'
  | 'timestamp'
  | 'duration'
  | 'any'
  | 'type'
  | 'dyn';

export type CelType =
  | { readonly kind: SimpleName }
  | { readonly kind: 'list'; readonly element: CelType }
  | { readonly kind: 'map'; readonly key: CelType; readonly value: CelType }
  | { readonly kind: 'wrapper'; readonly of: CelType }
  | { readonly kind: 'message'; readonly schema: DescMessage };

const simple = <Name extends SimpleName>(kind: Name): { readonly kind: Name } => ({ kind });

export const BOOL = simple('bool');
export const INT = simple('int');
export const UINT = simple('uint');
export const DOUBLE = simple('double');
export const STRING = simple('string');
export const BYTES = simple('bytes');
export const NULL = simple('null');
export const TIMESTAMP = simple('timestamp');
export const DURATION = simple('duration');
export const TYPE = simple('type');
/** Fits everything: what only running can tell, and what has already been reported. */
export const DYN = simple('dyn');

export const listOf = (element: CelType): CelType => ({ kind: 'list', element });

/** As the server names types in its errors. */
export function celTypeText(type: CelType): string {
  switch (type.kind) {
    case 'list':
      return `list(${celTypeText(type.element)})`;
    case 'map':
      return `map(${celTypeText(type.key)}, ${celTypeText(type.value)})`;
    case 'wrapper':
      return `wrapper(${celTypeText(type.of)})`;
    case 'message':
      return type.schema.typeName;
    default:
      return type.kind;
  }
}

/** Whether a value of one type can stand where the other is meant; the same both ways. */
export function fits(a: CelType, b: CelType): boolean {
  if (a.kind === 'dyn' || b.kind === 'dyn' || a.kind === 'any' || b.kind === 'any') return true;
  if (a.kind === 'wrapper') return b.kind === 'null' || fits(a.of, b.kind === 'wrapper' ? b.of : b);
  if (b.kind === 'wrapper') return fits(b, a);
  if (a.kind === 'null' || b.kind === 'null') {
    const other = a.kind === 'null' ? b.kind : a.kind;
    return other === 'null' || other === 'message' || other === 'timestamp' || other === 'duration';
  }
  if (a.kind === 'list' && b.kind === 'list') return fits(a.element, b.element);
  if (a.kind === 'map' && b.kind === 'map') return fits(a.key, b.key) && fits(a.value, b.value);
  if (a.kind === 'message' && b.kind === 'message') return a.schema.typeName === b.schema.typeName;
  return a.kind === b.kind;
}

const WELL_KNOWN: ReadonlyMap<string, CelType> = new Map<string, CelType>([
  ['google.protobuf.Timestamp', TIMESTAMP],
  ['google.protobuf.Duration', DURATION],
  ['google.protobuf.Any', simple('any')],
  ['google.protobuf.BoolValue', { kind: 'wrapper', of: BOOL }],
  ['google.protobuf.Int32Value', { kind: 'wrapper', of: INT }],
  ['google.protobuf.UInt32Value', { kind: 'wrapper', of: UINT }],
]);

function scalarType(type: ScalarType): CelType {
  switch (type) {
    case ScalarType.BOOL:
      return BOOL;
    case ScalarType.STRING:
      return STRING;
    case ScalarType.BYTES:
      return BYTES;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return DOUBLE;
    case ScalarType.UINT32:
    case ScalarType.UINT64:
    case ScalarType.FIXED32:
    case ScalarType.FIXED64:
      return UINT;
    default:
      return INT;
  }
}

/** Type of a message's field; enums are int. */
export function fieldType(field: DescField): CelType {
  const single = (): CelType => {
    if (field.message !== undefined) {
      return WELL_KNOWN.get(field.message.typeName) ?? { kind: 'message', schema: field.message };
    }
    return field.scalar === undefined ? INT : scalarType(field.scalar);
  };
  if (field.fieldKind === 'list') return listOf(single());
  return field.fieldKind === 'map' ? DYN : single();
}

type Signature = { readonly takes: readonly CelType[]; readonly gives: CelType };

const sig = (gives: CelType, ...takes: CelType[]): Signature => ({ takes, gives });
const same = (gives: CelType | undefined, ...types: CelType[]) =>
  types.map((type) => sig(gives ?? type, type, type));
const from = (gives: CelType, ...types: CelType[]) => types.map((type) => sig(gives, type));

const ANY_LIST = listOf(DYN);
const ANY_MAP: CelType = { kind: 'map', key: DYN, value: DYN };
const ORDERED = same(BOOL, BOOL, INT, UINT, DOUBLE, STRING, BYTES, TIMESTAMP, DURATION);
const SIZE = from(INT, STRING, BYTES, ANY_LIST, ANY_MAP);
const inZone = (...types: CelType[]) => [...from(INT, ...types), sig(INT, TIMESTAMP, STRING)];

/** Operators and functions with plain signatures. `_==_`, `_?_:_`, `@in` and `_[_]` relate their operands' types. */
export const FUNCTIONS: ReadonlyMap<string, readonly Signature[]> = new Map([
  ['!_', [sig(BOOL, BOOL)]],
  ['-_', [sig(INT, INT), sig(DOUBLE, DOUBLE)]],
  ['_<_', ORDERED],
  ['_<=_', ORDERED],
  ['_>_', ORDERED],
  ['_>=_', ORDERED],
  [
    '_+_',
    [
      ...same(undefined, INT, UINT, DOUBLE, STRING, BYTES, DURATION),
      sig(TIMESTAMP, TIMESTAMP, DURATION),
      sig(TIMESTAMP, DURATION, TIMESTAMP),
    ],
  ],
  [
    '_-_',
    [
      ...same(undefined, INT, UINT, DOUBLE, DURATION),
      sig(TIMESTAMP, TIMESTAMP, DURATION),
      sig(DURATION, TIMESTAMP, TIMESTAMP),
    ],
  ],
  ['_*_', same(undefined, INT, UINT, DOUBLE)],
  ['_/_', same(undefined, INT, UINT, DOUBLE)],
  ['_%_', same(undefined, INT, UINT)],
  ['@not_strictly_false', [sig(BOOL, BOOL)]],
  ['size', SIZE],
  ['matches', [sig(BOOL, STRING, STRING)]],
  ['int', from(INT, INT, UINT, DOUBLE, STRING, TIMESTAMP, DURATION)],
  ['uint', from(UINT, UINT, INT, DOUBLE, STRING)],
  ['double', from(DOUBLE, DOUBLE, INT, UINT, STRING)],
  ['string', from(STRING, STRING, BOOL, BYTES, DOUBLE, DURATION, INT, TIMESTAMP, UINT)],
  ['bytes', from(BYTES, BYTES, STRING)],
  ['bool', from(BOOL, BOOL, STRING)],
  ['timestamp', from(TIMESTAMP, TIMESTAMP, STRING, INT)],
  ['duration', from(DURATION, DURATION, STRING, INT)],
  ['type', [sig(TYPE, DYN)]],
  ['dyn', [sig(DYN, DYN)]],
]);

/** Functions called on a value; the value is the first operand. */
export const METHODS: ReadonlyMap<string, readonly Signature[]> = new Map([
  ['size', SIZE],
  ['contains', [sig(BOOL, STRING, STRING)]],
  ['startsWith', [sig(BOOL, STRING, STRING)]],
  ['endsWith', [sig(BOOL, STRING, STRING)]],
  ['matches', [sig(BOOL, STRING, STRING)]],
  ...['getFullYear', 'getMonth', 'getDayOfYear', 'getDayOfMonth', 'getDate', 'getDayOfWeek'].map(
    (name) => [name, inZone(TIMESTAMP)] as const,
  ),
  ...['getHours', 'getMinutes', 'getSeconds', 'getMilliseconds'].map(
    (name) => [name, inZone(TIMESTAMP, DURATION)] as const,
  ),
]);

/** Names that stand for types. */
export const TYPE_NAMES: ReadonlySet<string> = new Set([
  'bool',
  'int',
  'uint',
  'double',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
]);

/** What the call gives; undefined when no signature takes these operands. Unknown operands leave it open. */
export function resultOf(
  signatures: readonly Signature[],
  operands: readonly CelType[],
): CelType | undefined {
  const fitting = signatures.filter(
    ({ takes }) =>
      takes.length === operands.length && takes.every((type, i) => fits(type, operands[i] ?? DYN)),
  );
  const [first, ...rest] = fitting;
  if (first === undefined) return undefined;
  return rest.every(({ gives }) => gives.kind === first.gives.kind) ? first.gives : DYN;
}
