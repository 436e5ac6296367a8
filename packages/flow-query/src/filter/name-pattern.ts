// The wildcard patterns of FQDN and node name filters.
//
// A star stands for zero or more of [-.0-9a-z]: also for dots, never for an underscore or an upper-case letter.
// Matched piece by piece, each at the first place it fits: no choice is ever taken back, so that time grows with
// pattern times name. That is enough although a star has its own alphabet: where a later place would do, the piece
// itself lies in what the star may stand for.

import { err, ok, type Result } from '@finderscope/base';
import { goLowerCase, goQuoteChar } from './go-text.ts';

export type NameTest = (name: string) => boolean;

const STAR_ONLY = /^[-.0-9a-z]*$/;

/** A name of any depth, underscores included: what an empty part of a node pattern stands for. */
export function isAnyName(name: string): boolean {
  return /^[-0-9_a-z]+(?:\.[-0-9_a-z]+)*$/.test(name);
}

function canonical(pattern: string): string {
  return goLowerCase(pattern.trim().replace(/\.$/, ''));
}

/** The test of a whole name against one pattern. */
export function compileNamePattern(pattern: string): Result<NameTest, string> {
  const text = canonical(pattern);
  if (text === '') return err('empty pattern');
  if (text.endsWith('.')) return err('multiple trailing dots in pattern');
  for (const char of text) {
    if (!/^[-._0-9a-z*]$/.test(char)) return err(`${goQuoteChar(char)}: invalid rune in pattern`);
  }
  const [head = '', ...pieces] = text.split('*');
  const tail = pieces.pop();
  if (tail === undefined) return ok((name) => name === head);
  return ok((name) => matchesPieces(name, head, pieces, tail));
}

function matchesPieces(name: string, head: string, pieces: readonly string[], tail: string): boolean {
  const end = name.length - tail.length;
  if (end < head.length || !name.startsWith(head) || !name.endsWith(tail)) return false;
  let at = head.length;
  for (const piece of pieces) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > end || !STAR_ONLY.test(name.slice(at, found))) return false;
    at = found + piece.length;
  }
  return STAR_ONLY.test(name.slice(at, end));
}
