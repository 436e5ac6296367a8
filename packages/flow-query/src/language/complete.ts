// What may be written at a cursor: keys with their explanation, or values of a key.

import type { FieldDef } from '../fields/field.ts';
import { type KeyDef, KEYS, keyByName, sidePrefix } from '../fields/key.ts';
import { parseQuery } from './parse.ts';
import type { BrokenNode, ItemNode, Span, TokenNode, ValueNode } from './query.ts';
import { scanKey, scanValue } from './scan.ts';
import { exampleOf } from './word-advice.ts';

export type KeySuggestion = {
  /** 'from-pod' */
  readonly key: string;
  readonly doc: string;
  /** A whole token: 'from-pod:shop/cart'. */
  readonly example: string;
  /** First CLI version with the flag, when later than 1.15. */
  readonly since: string | undefined;
};

export type Completion = {
  /**
   * What a suggestion replaces: [from, to) of the text. A key is put there with its colon (`to` lies behind a colon
   * that is there already), a value as `quoteValue` writes it.
   */
  readonly from: number;
  readonly to: number;
  readonly context: 'key' | 'value';
  /** The key whose value is written, canonical; undefined in key context. */
  readonly field: string | undefined;
  /** What was written before the cursor, without quotes. */
  readonly prefix: string;
  /** Best first. Also filled in value context where a token could begin instead, behind `or` in a group. */
  readonly keys: readonly KeySuggestion[];
  /** Fixed values of the key that contain the prefix, best first; values seen in the data come from the store. */
  readonly values: readonly string[];
};

/** Never fails: where nothing sensible can be offered the lists are empty. */
export function completeQuery(text: string, cursor: number): Completion {
  const at = Math.min(Math.max(cursor, 0), text.length);
  const found = itemAt(parseQuery(text).query.items, at, false);
  if (found?.item.kind === 'token') return completeToken(text, at, found.item, found.inGroup);
  if (found?.item.kind === 'broken') return completeBroken(text, at, found.item);
  return completeGap(text, at);
}

type Place = { readonly item: TokenNode | BrokenNode; readonly inGroup: boolean };

function itemAt(items: readonly ItemNode[], at: number, inGroup: boolean): Place | undefined {
  for (const item of items) {
    if (at < item.from || at > item.to) continue;
    if (item.kind !== 'group') return { item, inGroup };
    const inner = itemAt(item.alternatives.flat(), at, true);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function holds({ from, to }: Span, at: number): boolean {
  return from <= at && at <= to;
}

function completeToken(
  text: string,
  at: number,
  { key, keySpan, values }: TokenNode,
  inGroup: boolean,
): Completion {
  if (holds(keySpan, at))
    return keyCompletion({ from: keySpan.from, to: keySpan.to + 1 }, text.slice(keySpan.from, at));
  const value = values.find((node) => holds(node, at));
  if (value === undefined) return completeGap(text, at);
  const prefix = writtenBefore(text, value, at);
  const mayBeKey = inGroup && value !== values[0];
  return valueCompletion(value, key, prefix, mayBeKey ? rankKeys(prefix) : []);
}

/** The value up to the cursor, without its quotes. */
function writtenBefore(text: string, value: Pick<ValueNode, 'from'>, at: number): string {
  return scanValue(text.slice(0, at), value.from).text;
}

function completeBroken(text: string, at: number, { wordSpan }: BrokenNode): Completion {
  if (!holds(wordSpan, at)) return completeGap(text, at);
  const { from, to } = wordSpan;
  const keyText = scanKey(text, from);
  if (keyText === undefined) {
    // A parenthesis, `or` or `not` that stands wrong is no beginning of a key.
    return /^(?:[()]|or|not|-)$/i.test(text.slice(from, to))
      ? completeGap(text, at)
      : keyCompletion(wordSpan, text.slice(from, at));
  }
  const colon = from + keyText.length;
  if (at <= colon) return keyCompletion({ from, to: colon + 1 }, text.slice(from, at));
  const valueSpan = { from: colon + 1, to };
  return valueCompletion(valueSpan, keyByName(keyText), writtenBefore(text, valueSpan, at), []);
}

/** Between words. Behind `key:value or` stands another value, or in a group another token. */
function completeGap(text: string, at: number): Completion {
  const before = /(?:^|[\s)"'])or\s+$/i.exec(text.slice(0, at));
  if (before === null) return keyCompletion({ from: at, to: at }, '');
  const { items } = parseQuery(text.slice(0, before.index)).query;
  const last = lastItem(items, false);
  if (last?.item.kind !== 'token') return keyCompletion({ from: at, to: at }, '');
  return valueCompletion({ from: at, to: at }, last.item.key, '', last.inGroup ? rankKeys('') : []);
}

function lastItem(items: readonly ItemNode[], inGroup: boolean): Place | undefined {
  const item = items.at(-1);
  if (item?.kind !== 'group') return item === undefined ? undefined : { item, inGroup };
  return lastItem(item.alternatives.at(-1) ?? [], true);
}

function keyCompletion({ from, to }: Span, prefix: string): Completion {
  return { from, to, context: 'key', field: undefined, prefix, keys: rankKeys(prefix), values: [] };
}

function valueCompletion(
  { from, to }: Span,
  key: KeyDef | undefined,
  prefix: string,
  keys: readonly KeySuggestion[],
): Completion {
  const values = key === undefined ? [] : rankValues(key.field, prefix);
  return { from, to, context: 'value', field: key?.name, prefix, keys, values };
}

const ALL_KEYS: readonly { readonly key: KeyDef; readonly suggestion: KeySuggestion }[] = KEYS.map((key) => ({
  key,
  suggestion: { key: key.name, doc: key.field.doc, example: exampleOf(key.name), since: key.field.since },
}));

/** 0 is best; undefined when the key has nothing to do with what was written. */
function keyRank({ name, field, side }: KeyDef, wanted: string): number | undefined {
  if (wanted === '') return side === 'either' || side === 'flow' ? 0 : 1;
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (field.aliases.some((alias) => `${sidePrefix(side)}${alias}`.startsWith(wanted))) return 2;
  if (field.name.startsWith(wanted)) return 3;
  // `status` finds http-status, `flags` tcp-flags.
  if (field.name.split('-').some((part) => part.startsWith(wanted))) return 4;
  return name.includes(wanted) ? 5 : undefined;
}

function rankKeys(prefix: string): readonly KeySuggestion[] {
  const wanted = prefix.toLowerCase();
  return ALL_KEYS.map(({ key, suggestion }) => ({ suggestion, rank: keyRank(key, wanted) }))
    .filter((entry): entry is { suggestion: KeySuggestion; rank: number } => entry.rank !== undefined)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ suggestion }) => suggestion);
}

function rankValues(field: FieldDef, prefix: string): readonly string[] {
  const wanted = prefix.toLowerCase();
  const values = field.values ?? [];
  const starts = values.filter((value) => value.toLowerCase().startsWith(wanted));
  const contains = values.filter((value) => !starts.includes(value) && value.toLowerCase().includes(wanted));
  return [...starts, ...contains];
}
