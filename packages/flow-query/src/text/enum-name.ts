// Names of enum values by number, taken from the protos.

import type { DescEnum } from '@bufbuild/protobuf';

/** The name, or the number as text when the enum does not know it, as Go prints it. */
export function enumName(schema: DescEnum, number: number): string {
  return schema.value[number]?.name ?? String(number);
}

/** All names in declared order. */
export function enumNames(schema: DescEnum): readonly string[] {
  return schema.values.map((value) => value.name);
}

/** Number of a name; undefined when the enum has no such name. */
export function enumNumber(schema: DescEnum, name: string): number | undefined {
  return schema.values.find((value) => value.name === name)?.number;
}
