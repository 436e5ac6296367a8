// What the completion list offers: keys of the language, or values of one key, those seen in the flows first, with how
// often. Pure: the engine's answer is handed in.

import { quoteValue } from '@finderscope/flow-query';

export type Option =
  | {
      readonly kind: 'key';
      readonly id: string;
      /** The key's name, without colon. */
      readonly name: string;
      readonly doc: string;
      readonly example: string;
    }
  | {
      readonly kind: 'value';
      readonly id: string;
      readonly value: string;
      /** Flows held that have it; undefined when not counted. */
      readonly count: number | undefined;
    };

export type SeenValue = { readonly value: string; readonly count: number };

const VALUES_SHOWN = 10;

/**
 * Values seen, most frequent first, then those that there are anyway (`fixed`: of the language, or told by the server),
 * where they fit what is typed and were not seen.
 */
export function valueOptions(
  seen: readonly SeenValue[],
  fixed: readonly string[],
  prefix: string,
): readonly Option[] {
  const wanted = prefix.toLowerCase();
  const known = new Set(seen.map((item) => item.value));
  const rest = fixed.filter((value) => !known.has(value) && value.toLowerCase().includes(wanted));
  const options: Option[] = seen
    .toSorted((a, b) => rank(a.value, wanted) - rank(b.value, wanted))
    .map(({ value, count }) => ({
      kind: 'value',
      id: `value-${value}`,
      value,
      count,
    }));
  for (const value of rest.toSorted((a, b) => rank(a, wanted) - rank(b, wanted)))
    options.push({ kind: 'value', id: `value-${value}`, value, count: seen.length > 0 ? 0 : undefined });
  return options.slice(0, VALUES_SHOWN);
}

/** What begins with the typed part comes first, then what has it after a slash; the order of counts stays within. */
function rank(value: string, wanted: string): number {
  const text = value.toLowerCase();
  if (text.startsWith(wanted)) return 0;
  return text.includes(`/${wanted}`) ? 1 : 2;
}

export type KeyText = { readonly key: string; readonly doc: string; readonly example: string };

export function keyOptions(keys: readonly KeyText[]): readonly Option[] {
  return keys.map((key) => ({
    kind: 'key',
    id: `key-${key.key}`,
    name: key.key,
    doc: key.doc,
    example: key.example,
  }));
}

export type Place = { readonly from: number; readonly to: number };

/** The draft with the option in the place of what it completes, and where the caret goes. */
export function applyOption(
  draft: string,
  place: Place,
  option: Option,
): { readonly text: string; readonly caret: number } {
  const insert = option.kind === 'key' ? `${option.name}:` : quoteValue(option.value);
  const text = draft.slice(0, place.from) + insert + draft.slice(place.to);
  return { text, caret: place.from + insert.length };
}

/** Where the typed part stands in a value, to be marked; undefined when it is not in it. */
export function markedPart(value: string, typed: string): Place | undefined {
  if (typed === '') return undefined;
  const at = value.toLowerCase().indexOf(typed.toLowerCase());
  return at === -1 ? undefined : { from: at, to: at + typed.length };
}

/** The marked option after a step; the ends meet. -1 is none. */
export function stepMark(mark: number, by: 1 | -1, count: number): number {
  if (count === 0) return -1;
  if (mark === -1) return by === 1 ? 0 : count - 1;
  return (mark + by + count) % count;
}
