// Characters to words. A value is either quoted, "with \" and \\ as escapes" or 'as it is', or runs to the next
// space; an unquoted one may hold parentheses as long as they are balanced, since `)` also closes a group.

import type { Span } from './query.ts';

export type ScannedValue = Span & {
  /** Without quotes. */
  readonly text: string;
  readonly quoted: boolean;
  /** False when the closing quote is missing. */
  readonly closed: boolean;
};

const SPACE = /\s/;
const KEY = /[A-Za-z][A-Za-z0-9-]*:/y;

/** First offset at or behind `at` that holds no white space. */
export function skipSpace(text: string, at: number): number {
  let end = at;
  while (end < text.length && SPACE.test(text.charAt(end))) end++;
  return end;
}

/** The key at `at`, without its colon; undefined when there is none. */
export function scanKey(text: string, at: number): string | undefined {
  KEY.lastIndex = at;
  return KEY.exec(text)?.[0].slice(0, -1);
}

/** `or`, `not` in any case of letters, standing alone; undefined otherwise. */
export function scanWord(text: string, at: number, word: 'or' | 'not'): number | undefined {
  const end = at + word.length;
  if (text.slice(at, end).toLowerCase() !== word) return undefined;
  return end === text.length || /[\s()]/.test(text.charAt(end)) ? end : undefined;
}

/** The value that starts at `at`; empty when a space, a closing parenthesis or the end stands there. */
export function scanValue(text: string, at: number): ScannedValue {
  const quote = text.charAt(at);
  if (quote === '"' || quote === "'") return scanQuoted(text, at, quote);
  let depth = 0;
  let end = at;
  for (; end < text.length; end++) {
    const char = text.charAt(end);
    if (SPACE.test(char)) break;
    if (char === '(') depth++;
    else if (char === ')' && depth-- === 0) break;
  }
  return { from: at, to: end, text: text.slice(at, end), quoted: false, closed: true };
}

function scanQuoted(text: string, from: number, quote: '"' | "'"): ScannedValue {
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === quote) return { from, to: at + 1, text: value, quoted: true, closed: true };
    const next = text.charAt(at + 1);
    if (quote === '"' && char === '\\' && (next === '"' || next === '\\')) {
      value += next;
      at++;
    } else value += char;
  }
  return { from, to: text.length, text: value, quoted: true, closed: false };
}
