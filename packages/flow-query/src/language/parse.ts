// Text to Query. Never throws and never gives up: what cannot be read becomes a broken node with a problem, and
// reading goes on behind it.
//
//   query  = item*
//   item   = [ 'not' | '-' ] ( token | group )
//   token  = key ':' value ( 'or' value )*
//   group  = '(' item+ ( 'or' item+ )* ')'
//
// Behind `or`, a word with a known key starts a new token; every other word is one more value of the token before.

import { keyByName } from '../fields/key.ts';
import { flagMessage, flagName } from '../cli/flag-advice.ts';
import { quoteValue, inQuotes } from './quote.ts';
import type { BrokenNode, ItemNode, Problem, ProblemCode, Query, TokenNode, ValueNode } from './query.ts';
import { scanKey, scanValue, scanWord, skipSpace, type ScannedValue } from './scan.ts';
import { bareWordMessage, exampleOf, unknownKeyMessage } from './word-advice.ts';

/** Groups inside groups beyond this are refused rather than recursed into. */
const MAX_DEPTH = 32;

type Reader = { readonly text: string; at: number; readonly problems: Problem[] };

/** `(` pending around what is being read. */
type Place = { readonly depth: number };

/** Reads a whole text. Problems are in the order of the text. */
export function parseQuery(text: string): { readonly query: Query; readonly problems: readonly Problem[] } {
  const reader: Reader = { text, at: 0, problems: [] };
  const items = readItems(reader, { depth: 0 }).flat();
  const problems = reader.problems.toSorted((a, b) => a.from - b.from);
  return { query: { items, problems }, problems };
}

function report(reader: Reader, from: number, to: number, code: ProblemCode, message: string): void {
  reader.problems.push({ from, to, code, message });
}

/** Alternatives up to the closing parenthesis, which is left to the caller; at depth 0 a single one, to the end. */
function readItems(reader: Reader, place: Place): ItemNode[][] {
  let current: ItemNode[] = [];
  const alternatives = [current];
  let openOr: { from: number; to: number } | undefined;
  for (;;) {
    const start = skipSpace(reader.text, reader.at);
    reader.at = start;
    const char = reader.text.charAt(start);
    if (char === '' || (char === ')' && place.depth > 0)) break;
    const orEnd = scanWord(reader.text, start, 'or');
    if (orEnd === undefined) {
      current.push(readItem(reader, place));
      openOr = undefined;
    } else if (place.depth > 0 && current.length > 0) {
      reader.at = orEnd;
      openOr = { from: start, to: orEnd };
      current = [];
      alternatives.push(current);
    } else {
      reader.at = orEnd;
      const node = broken(reader, start, start, false, 'or');
      report(reader, start, orEnd, 'misplaced-or', orMessage(place.depth > 0));
      current.push(node);
    }
  }
  if (openOr !== undefined) report(reader, openOr.from, openOr.to, 'misplaced-or', orMessage(true));
  return alternatives.filter((items) => items.length > 0);
}

function orMessage(inGroup: boolean): string {
  return inGroup
    ? 'or has nothing on one side. Write a token on both, as in ( verdict:DROPPED or http-status:5+ ).'
    : 'or between different keys needs parentheses. Write ( verdict:DROPPED or http-status:5+ ).';
}

function readItem(reader: Reader, place: Place): ItemNode {
  const start = reader.at;
  const { text } = reader;
  const notEnd = scanWord(text, start, 'not') ?? dashEnd(text, start);
  if (notEnd === undefined) return readUnnegated(reader, place, start, false);
  const next = skipSpace(text, notEnd);
  const nothing =
    next === text.length || text.charAt(next) === ')' || scanWord(text, next, 'or') !== undefined;
  if (nothing || scanWord(text, next, 'not') !== undefined || dashEnd(text, next) !== undefined) {
    reader.at = notEnd;
    const message = nothing
      ? 'not has nothing behind it. Write a token or a group there, as in not verdict:FORWARDED.'
      : 'Two negations follow each other. Remove both.';
    report(reader, start, notEnd, 'misplaced-not', message);
    return broken(reader, start, start, false, 'not');
  }
  reader.at = next;
  return readUnnegated(reader, place, start, true);
}

/** A dash negates what it touches; before a digit, another dash or a space it is part of a word. */
function dashEnd(text: string, at: number): number | undefined {
  return text.charAt(at) === '-' && /[A-Za-z("']/.test(text.charAt(at + 1)) ? at + 1 : undefined;
}

/** `start` is where a `not` before it stands. */
function readUnnegated(reader: Reader, place: Place, start: number, negated: boolean): ItemNode {
  const char = reader.text.charAt(reader.at);
  if (char === '(') return readGroup(reader, place, start, negated);
  if (char === ')') {
    const from = reader.at++;
    report(reader, from, reader.at, 'stray-close', 'No group is open here. Remove this parenthesis.');
    return broken(reader, from, from, false, ')');
  }
  return readWord(reader, start, negated);
}

function readGroup(reader: Reader, place: Place, start: number, negated: boolean): ItemNode {
  const open = reader.at++;
  if (place.depth >= MAX_DEPTH) {
    report(
      reader,
      open,
      reader.at,
      'too-deep',
      `Groups lie more than ${MAX_DEPTH} deep. Remove some parentheses.`,
    );
    return broken(reader, start, open, negated, '(');
  }
  const alternatives = readItems(reader, { depth: place.depth + 1 });
  if (reader.at < reader.text.length) reader.at++;
  else report(reader, open, open + 1, 'unclosed-group', 'This group is not closed. Write ) at its end.');
  if (alternatives.length === 0) {
    report(reader, open, reader.at, 'empty-group', 'This group is empty. Write tokens inside or remove it.');
  }
  return { kind: 'group', from: start, to: reader.at, negated, alternatives };
}

function broken(reader: Reader, from: number, wordFrom: number, negated: boolean, text: string): BrokenNode {
  return { kind: 'broken', from, to: reader.at, negated, text, wordSpan: { from: wordFrom, to: reader.at } };
}

function readWord(reader: Reader, start: number, negated: boolean): ItemNode {
  const wordFrom = reader.at;
  const keyText = scanKey(reader.text, wordFrom);
  if (keyText === undefined) return readBareWord(reader, start, negated);
  const valueFrom = wordFrom + keyText.length + 1;
  const key = keyByName(keyText);
  const value = scanValue(reader.text, valueFrom);
  reader.at = value.to;
  if (key === undefined) {
    report(reader, wordFrom, valueFrom, 'unknown-key', unknownKeyMessage(keyText, value.text));
    const rest = value.text === '' && !value.quoted ? '' : quoteValue(value.text);
    checkQuote(reader, value);
    return broken(reader, start, wordFrom, negated, `${keyText}:${rest}`);
  }
  if (value.to === valueFrom) {
    const message = `${key.name} has no value. Write it right behind the colon, as in ${exampleOf(key.name)}.`;
    report(reader, wordFrom, valueFrom, 'missing-value', message);
    return broken(reader, start, wordFrom, negated, `${key.name}:`);
  }
  const values = [checkValue(reader, key.field.check, value)];
  for (let more = nextValue(reader); more !== undefined; more = nextValue(reader)) {
    reader.at = more.to;
    values.push(checkValue(reader, key.field.check, more));
  }
  const keySpan = { from: wordFrom, to: wordFrom + keyText.length };
  return { kind: 'token', from: start, to: reader.at, negated, key, keySpan, values };
}

/** The value behind an `or`, unless a token, a group or nothing stands there. */
function nextValue({ text, at }: Reader): ScannedValue | undefined {
  const orEnd = scanWord(text, skipSpace(text, at), 'or');
  if (orEnd === undefined) return undefined;
  const from = skipSpace(text, orEnd);
  if (text.charAt(from) === '(' || scanWord(text, from, 'or') !== undefined) return undefined;
  if (scanWord(text, from, 'not') !== undefined) return undefined;
  const dash = dashEnd(text, from);
  if (dash !== undefined && (text.charAt(dash) === '(' || isKnownKey(text, dash))) return undefined;
  if (isKnownKey(text, from)) return undefined;
  const value = scanValue(text, from);
  return value.to === from ? undefined : value;
}

function isKnownKey(text: string, at: number): boolean {
  const key = scanKey(text, at);
  return key !== undefined && keyByName(key) !== undefined;
}

function checkValue(
  reader: Reader,
  check: TokenNode['key']['field']['check'],
  scanned: ScannedValue,
): ValueNode {
  const { from, to, text } = scanned;
  checkQuote(reader, scanned);
  const result = check(text);
  if (!result.ok) report(reader, from, to, 'bad-value', severalValues(check, scanned) ?? result.error);
  return { from, to, value: result.ok ? result.value : text, valid: result.ok };
}

/** Said of `a,b` where both alone are values; a comma may be part of a value, so it separates none. */
function severalValues(
  check: TokenNode['key']['field']['check'],
  { text, quoted }: ScannedValue,
): string | undefined {
  if (quoted || !text.includes(',')) return undefined;
  const parts = text.split(',').filter((part) => part !== '');
  if (parts.length < 2 || !parts.every((part) => check(part).ok)) return undefined;
  return `A comma does not separate values. Write ${parts.join(' or ')}.`;
}

function checkQuote(reader: Reader, { from, to, quoted, closed }: ScannedValue): void {
  if (!quoted) return;
  const quote = reader.text.charAt(from);
  if (!closed) {
    report(
      reader,
      from,
      to,
      'unclosed-quote',
      `This quote is not closed. Write ${quote} at the end of the value.`,
    );
  } else if (to < reader.text.length && !/[\s)]/.test(reader.text.charAt(to))) {
    const advice = quote === '"' ? ' To have a quote inside the value write \\".' : '';
    report(
      reader,
      to,
      to + 1,
      'after-quote',
      `The value ends at the quote before. Leave a space behind it.${advice}`,
    );
  }
}

function readBareWord(reader: Reader, start: number, negated: boolean): BrokenNode {
  const word = scanValue(reader.text, reader.at);
  reader.at = word.to;
  checkQuote(reader, word);
  const flag = word.quoted ? undefined : flagName(word.text);
  if (flag === undefined) report(reader, word.from, word.to, 'bare-word', bareWordMessage(word.text));
  else report(reader, word.from, word.to, 'flag', flagMessage(flag));
  return broken(reader, start, word.from, negated, word.quoted ? inQuotes(word.text) : word.text);
}
