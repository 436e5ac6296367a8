// What to say of a flag that stands where none belongs, or that does not exist.

import { nearest } from '@finderscope/base';
import { FLAGS, flagByName, type FlagDef } from './flags.ts';

const NAMES = FLAGS.map((flag) => flag.name);

/** `colour` of `--colour=always`; undefined for a word that does not look like a flag. */
export function flagName(word: string): string | undefined {
  return /^--([A-Za-z][A-Za-z0-9-]*)(?:=|$)/.exec(word)?.[1];
}

/** The flag that was meant by a name that does not exist. */
export function flagMeant(name: string): FlagDef | undefined {
  const near = nearest(name, NAMES);
  return near === undefined ? undefined : flagByName(near);
}

/** A sentence on what the flag does if it does not filter. */
export function flagEffect(flag: FlagDef): string | undefined {
  if (flag.name === 'input-file')
    return 'says where flows are read from, not which to show. Here a file is opened from the source menu, or dropped on the page';
  switch (flag.meaning.kind) {
    case 'output':
      return 'changes only the terminal output';
    case 'server':
      return 'says how to connect, not which flows to show';
    case 'selector':
      return 'picks flows by number or time, not by a filter';
    case 'filter':
    case 'switch':
    case 'negation':
    case 'list':
      return undefined;
  }
}

/** For a name that no flag has: what is wrong, what was meant, and what that would do. */
export function unknownFlagMessage(name: string): string {
  const wrong = `--${name} is not a flag of hubble observe.`;
  const meant = flagMeant(name);
  if (meant === undefined) return `${wrong} Remove it.`;
  const effect = flagEffect(meant);
  return `${wrong} Did you mean --${meant.name}?${effect === undefined ? '' : ` It ${effect}.`}`;
}

/** For a flag inside a filter text. */
export function flagMessage(name: string): string {
  const flag = flagByName(name);
  if (flag === undefined) return unknownFlagMessage(name);
  const effect = flagEffect(flag);
  if (effect !== undefined) return `--${name} ${effect}. Remove it.`;
  return `--${name} is a flag, and this is not a command. Write ${writtenAs(flag)}, or paste the whole command from hubble observe on.`;
}

function writtenAs({ meaning }: FlagDef): string {
  switch (meaning.kind) {
    case 'filter': {
      const [example = ''] = meaning.key.field.examples;
      return `${meaning.key.name}:${example.slice(example.indexOf(':') + 1)}`;
    }
    case 'switch':
      return `${meaning.key.name}:${meaning.value}`;
    case 'list':
      return meaning.list === 'allow' ? 'raw-filter: and the JSON' : 'not raw-filter: and the JSON';
    case 'negation':
    case 'selector':
    case 'server':
    case 'output':
      return 'not before a token';
  }
}
