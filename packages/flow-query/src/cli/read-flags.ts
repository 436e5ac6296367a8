// Words of a command line to flags with values, as the CLI's flag library (pflag) reads them.
//
//   --verdict DROPPED   --verdict=DROPPED   -n shop   -nshop   -n=shop   -fA   --follow=false   --  ends all flags

import type { Problem, Span } from '../language/query.ts';
import { unknownFlagMessage, flagMeant } from './flag-advice.ts';
import { type FlagDef, flagByName, flagByShort } from './flags.ts';
import type { ShellWord } from './shell-words.ts';

export type ReadPart =
  | (Span & {
      readonly kind: 'flag';
      readonly flag: FlagDef;
      /** undefined for a flag that takes none and was given none. */
      readonly value: string | undefined;
      readonly valueSpan: Span;
    })
  /** A word that is neither a flag nor a value of one. */
  | (Span & { readonly kind: 'word'; readonly text: string })
  /** A flag that does not exist, with the name as written. */
  | (Span & { readonly kind: 'unknown'; readonly text: string });

/** Parts in the order of the words; problems are unknown flags and missing values. */
export function readFlags(words: readonly ShellWord[]): {
  readonly parts: readonly ReadPart[];
  readonly problems: readonly Problem[];
} {
  const reader: FlagReader = { words, next: 0, parts: [], problems: [] };
  while (reader.next < words.length) {
    const word = words[reader.next++];
    if (word === undefined) break;
    const { text } = word;
    if (text === '--') {
      for (const rest of words.slice(reader.next))
        reader.parts.push({ kind: 'word', ...span(rest), text: rest.text });
      break;
    }
    if (text.startsWith('--')) readLong(reader, word);
    else if (text.startsWith('-') && text.length > 1) readShorts(reader, word);
    else reader.parts.push({ kind: 'word', ...span(word), text });
  }
  return { parts: reader.parts, problems: reader.problems };
}

type FlagReader = {
  readonly words: readonly ShellWord[];
  next: number;
  readonly parts: ReadPart[];
  readonly problems: Problem[];
};

function span({ from, to }: Span): Span {
  return { from, to };
}

function readLong(reader: FlagReader, word: ShellWord): void {
  const equals = word.text.indexOf('=');
  const name = word.text.slice(2, equals < 0 ? undefined : equals);
  const flag = flagByName(name);
  if (flag === undefined) {
    // The value of a flag that was only misspelt is not a word of its own.
    const meant = flagMeant(name);
    const next = reader.words[reader.next];
    const swallow =
      equals < 0 && meant?.takesValue === true && next !== undefined && !next.text.startsWith('-');
    if (swallow) reader.next++;
    const place = { from: word.from, to: swallow ? next.to : word.to };
    reader.problems.push({ ...place, code: 'unknown-flag', message: unknownFlagMessage(name) });
    reader.parts.push({ kind: 'unknown', ...place, text: `--${name}` });
  } else if (equals >= 0) push(reader, flag, word, word.text.slice(equals + 1), span(word));
  else readValue(reader, flag, word);
}

/** The value in the next word, for a flag that takes one. */
function readValue(reader: FlagReader, flag: FlagDef, word: ShellWord): void {
  if (!flag.takesValue) return push(reader, flag, word, undefined, span(word));
  const next = reader.words[reader.next];
  if (next !== undefined) {
    reader.next++;
    return push(reader, flag, { from: word.from, to: next.to }, next.text, span(next));
  }
  const message = `--${flag.name} has no value. Write it behind the flag.`;
  reader.problems.push({ ...span(word), code: 'missing-value', message });
}

function push(
  reader: FlagReader,
  flag: FlagDef,
  place: Span,
  value: string | undefined,
  valueSpan: Span,
): void {
  reader.parts.push({ kind: 'flag', ...span(place), flag, value, valueSpan });
}

/** Letters in one word: those before the last take no value, the last one's may follow at once or behind `=`. */
function readShorts(reader: FlagReader, word: ShellWord): void {
  let letters = word.text.slice(1);
  while (letters !== '') {
    const letter = letters.charAt(0);
    const flag = flagByShort(letter);
    if (flag === undefined) {
      const message = `-${letter} is not a flag of hubble observe. Remove it.`;
      reader.problems.push({ ...span(word), code: 'unknown-flag', message });
      reader.parts.push({ kind: 'unknown', ...span(word), text: `-${letter}` });
      return;
    }
    letters = letters.slice(1);
    if (letters.length > 1 && letters.startsWith('='))
      return push(reader, flag, word, letters.slice(1), span(word));
    if (flag.takesValue) {
      if (letters === '') return readValue(reader, flag, word);
      return push(reader, flag, word, letters, span(word));
    }
    push(reader, flag, word, undefined, span(word));
  }
}
