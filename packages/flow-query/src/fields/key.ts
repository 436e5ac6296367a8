// Keys: what stands before the colon. A field without sides has one, a field with sides has three.

import type { Side } from '../filter/rule.ts';
import type { FieldDef } from './field.ts';
import { FIELDS } from './registry.ts';

/** Which end a key speaks of; 'flow' for fields without sides. */
export type KeySide = 'either' | Side | 'flow';

export type KeyDef = {
  /** Canonical: 'pod', 'from-pod', 'verdict'. */
  readonly name: string;
  readonly field: FieldDef;
  readonly side: KeySide;
};

const PREFIXES = [
  ['either', ''],
  ['source', 'from-'],
  ['destination', 'to-'],
] as const;

/** The CLI's prefix for a side: '', 'from-' or 'to-'. */
export function sidePrefix(side: KeySide): string {
  return PREFIXES.find(([of]) => of === side)?.[1] ?? '';
}

function keysOf(field: FieldDef): readonly KeyDef[] {
  return field.sides === 'none'
    ? [{ name: field.name, field, side: 'flow' }]
    : PREFIXES.map(([side, prefix]) => ({ name: `${prefix}${field.name}`, field, side }));
}

/** Every key, in the order of FIELDS. */
export const KEYS: readonly KeyDef[] = FIELDS.flatMap(keysOf);

const BY_NAME: ReadonlyMap<string, KeyDef> = new Map(
  KEYS.flatMap((key) => [
    ...key.field.aliases.map((alias) => [`${sidePrefix(key.side)}${alias}`, key] as const),
    [key.name, key] as const,
  ]),
);

/** By name or alias in any case of letters: 'pod', 'from-pod', 'Status'. */
export function keyByName(name: string): KeyDef | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** The field behind a key: 'pod' and 'from-pod' both give the pod field. */
export function fieldByName(name: string): FieldDef | undefined {
  return keyByName(name)?.field;
}

/** The flag the CLI has for this value of the key, without dashes; undefined when it can only be said in JSON. */
export function flagOf(key: KeyDef, value: string): string | undefined {
  const { field } = key;
  if (field.hasFlag) return field.flagRefuses?.includes(value) === true ? undefined : key.name;
  const found = field.switches?.find((entry) => entry.value === value);
  return found === undefined ? undefined : `${sidePrefix(key.side)}${found.flag}`;
}
