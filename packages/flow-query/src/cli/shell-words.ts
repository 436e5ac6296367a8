// A command line to words, as a POSIX shell splits it: quotes, backslashes, continued lines. Nothing is expanded.

import type { Span } from '../language/query.ts';

export type ShellWord = Span & {
  /** Without quotes and escapes. */
  readonly text: string;
  /** A part of it was quoted, so it is no operator and no keyword. */
  readonly quoted: boolean;
};

export type ShellWords = {
  readonly words: readonly ShellWord[];
  /** Where the first command ends; from there on stand pipes, redirections and further commands. */
  readonly end: number;
  /** The place of a quote that is never closed. */
  readonly openQuote: Span | undefined;
};

/** Words of the first command of the line, which starts at `from`. */
export function splitShellWords(line: string, from = 0): ShellWords {
  const words: ShellWord[] = [];
  let at = from;
  let openQuote: Span | undefined;
  for (;;) {
    at = skipBlanks(line, at);
    if (at >= line.length || isOperator(line, at)) break;
    const word = readWord(line, at);
    openQuote ??= word.openQuote;
    words.push(word);
    at = word.to;
  }
  return { words, end: at, openQuote };
}

/**
 * Also continued lines, in the form they have after a paste into a single-line field too, where the line break is
 * gone and the backslash stands before spaces.
 */
function skipBlanks(line: string, from: number): number {
  let at = from;
  for (;;) {
    const continued = /\\(?:\r?\n|[ \t]+|$)/y;
    continued.lastIndex = at;
    const match = continued.exec(line);
    if (match !== null) at += match[0].length;
    else if (/[ \t\r\u00a0]/.test(line.charAt(at))) at++;
    else return at;
  }
}

/** Ends the command: | & ; a line break, a redirection such as > and 2>&1, or a comment. */
function isOperator(line: string, at: number): boolean {
  return /^(?:[|&;\n<>#]|[0-9]>)/.test(line.slice(at, at + 2));
}

type ReadWord = ShellWord & { readonly openQuote: Span | undefined };

function readWord(line: string, from: number): ReadWord {
  let text = '';
  let quoted = false;
  let openQuote: Span | undefined;
  let at = from;
  while (at < line.length) {
    const char = line.charAt(at);
    if (/[ \t\r\n\u00a0|&;<>]/.test(char)) break;
    if (char === "'" || char === '"') {
      const part = readQuoted(line, at, char);
      quoted = true;
      text += part.text;
      if (!part.closed) openQuote ??= { from: at, to: line.length };
      at = part.to;
    } else if (char === '\\') {
      const next = line.charAt(at + 1);
      if (next !== '\n') text += next;
      at += 2;
    } else {
      text += char;
      at++;
    }
  }
  return { from, to: Math.min(at, line.length), text, quoted, openQuote };
}

function readQuoted(
  line: string,
  from: number,
  quote: string,
): { text: string; to: number; closed: boolean } {
  let text = '';
  for (let at = from + 1; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === quote) return { text, to: at + 1, closed: true };
    const next = line.charAt(at + 1);
    if (quote === '"' && char === '\\' && /["\\$`\n]/.test(next)) {
      if (next !== '\n') text += next;
      at++;
    } else text += char;
  }
  return { text, to: line.length, closed: false };
}

/** A word that a shell reads back as `text`. */
export function quoteShellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
