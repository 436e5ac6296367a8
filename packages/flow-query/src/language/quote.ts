// Values as text: bare where that reads back the same, else in double quotes.

import { keyByName } from '../fields/key.ts';

/** `text` in double quotes; `\"` and `\\` are the only escapes, every other character stands for itself. */
export function inQuotes(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** A value ready to stand behind a colon. */
export function quoteValue(value: string): string {
  return /^[^\s"'()][^\s()]*$/.test(value) && !/^(?:or|not)$/i.test(value) ? value : inQuotes(value);
}

/** A value ready to stand behind an `or`, where a leading dash or known key would start a token of its own. */
export function quoteFurtherValue(value: string): string {
  const key = /^([A-Za-z][A-Za-z0-9-]*):/.exec(value)?.[1];
  const startsToken = value.startsWith('-') || (key !== undefined && keyByName(key) !== undefined);
  return startsToken ? inQuotes(value) : quoteValue(value);
}
