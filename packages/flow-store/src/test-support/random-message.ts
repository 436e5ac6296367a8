// Random messages of any type, from its descriptor: every field may be set, absent, zero, or set to something odd. With
// a seed, so that a failure can be run again.

import { create, type DescField, type DescMessage, type Message, ScalarType } from '@bufbuild/protobuf';

export type Random = () => number;

/** A small seeded generator (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const TEXTS = [
  '',
  'default',
  'kube-system',
  'xwing',
  'k8s:org=empire',
  '10.0.0.1',
  'fd00::1',
  'grün',
  '漢字',
  'a'.repeat(300),
];

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

export type RandomOptions = {
  /** How likely a field is set. */
  readonly density?: number;
  /** Values by field name as in proto/, where not anything will do. */
  readonly pools?: Readonly<Record<string, readonly unknown[]>>;
};

function scalar(random: Random, field: DescField, type: ScalarType, options: RandomOptions): unknown {
  const pool = options.pools?.[field.name];
  if (pool !== undefined) return pick(random, pool);
  switch (type) {
    case ScalarType.BOOL:
      return random() < 0.5;
    case ScalarType.STRING:
      return random() < 0.2 ? `t${Math.floor(random() * 1000)}` : pick(random, TEXTS);
    case ScalarType.BYTES:
      return Uint8Array.from({ length: Math.floor(random() * 9) }, () => Math.floor(random() * 256));
    case ScalarType.UINT64:
      return BigInt(Math.floor(random() * 2 ** pick(random, [8, 32, 53])));
    case ScalarType.INT64:
      return BigInt(Math.floor((random() - 0.1) * 2 ** pick(random, [8, 31, 40])));
    case ScalarType.INT32:
      return Math.floor((random() - 0.2) * 2 ** pick(random, [4, 8, 31])) | 0;
    case ScalarType.UINT32:
      return Math.floor(random() * 2 ** pick(random, [4, 8, 16, 32]));
    default:
      return random();
  }
}

function value(random: Random, field: DescField, depth: number, options: RandomOptions): unknown {
  const pool = options.pools?.[field.name];
  if (field.fieldKind === 'enum') {
    if (pool !== undefined) return pick(random, pool);
    return random() < 0.1 ? 77 : pick(random, field.enum.values).number;
  }
  if (field.fieldKind === 'scalar') return scalar(random, field, field.scalar, options);
  if (field.fieldKind === 'message') return nested(random, field.message, depth, options);
  if (field.fieldKind !== 'list') return undefined;
  const { listKind } = field;
  return Array.from({ length: Math.floor(random() * 4) }, () => {
    if (listKind === 'message') return nested(random, field.message, depth, options);
    if (listKind === 'enum') return pick(random, pool ?? field.enum.values.map(({ number }) => number));
    return scalar(random, field, field.scalar, options);
  });
}

function nested(random: Random, desc: DescMessage, depth: number, options: RandomOptions): unknown {
  if (desc.typeName.startsWith('google.protobuf.') && desc.typeName.endsWith('Value')) {
    const inner = desc.fields[0]!;
    return inner.fieldKind === 'scalar' ? scalar(random, inner, inner.scalar, options) : undefined;
  }
  return randomMessage(random, desc, options, depth + 1);
}

/** A random message; fields are set with a probability that sinks with the depth. */
export function randomMessage(
  random: Random,
  desc: DescMessage,
  options: RandomOptions = {},
  depth = 0,
): Message {
  const init: Record<string, unknown> = {};
  for (const field of desc.fields) {
    if (field.oneof !== undefined || random() > (depth === 0 ? (options.density ?? 0.75) : 0.75) || depth > 6)
      continue;
    const one = value(random, field, depth, options);
    if (one !== undefined) init[field.localName] = one;
  }
  for (const oneof of desc.oneofs) {
    if (random() < 0.15) continue;
    const field = pick(random, oneof.fields);
    init[oneof.localName] = { case: field.localName, value: value(random, field, depth, options) };
  }
  return create(desc, init);
}
