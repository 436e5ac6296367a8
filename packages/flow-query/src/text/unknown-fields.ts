// Fields that a message holds and that this build has no name for: a newer agent has sent them. They are kept as bytes
// with the message, but JSON names its fields, so text as Hubble's programs print it cannot carry them.

import type { Message } from '@bufbuild/protobuf';

/** Fields without a name in a message and in all that it holds; one that is repeated counts once for each message. */
export function countUnknownFields(message: Message): number {
  let count = new Set(message.$unknown?.map(({ no }) => no)).size;
  for (const value of Object.values(message)) count += countWithin(value);
  return count;
}

function countWithin(value: unknown): number {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return 0;
  if (isMessage(value)) return countUnknownFields(value);
  // A list, or the member of a oneof beside its name. Entries of $unknown hold bytes only.
  return Object.values(value).reduce((sum: number, item: unknown) => sum + countWithin(item), 0);
}

function isMessage(value: object): value is Message {
  return '$typeName' in value;
}

/** "2 fields not known here are left out.": what JSON of the message lacks; '' when it lacks nothing. */
export function leftOutText(message: Message): string {
  const count = countUnknownFields(message);
  if (count === 0) return '';
  return `${String(count)} ${count === 1 ? 'field not known here is' : 'fields not known here are'} left out.`;
}
