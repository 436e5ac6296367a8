// What a command line says beside its filters: which flows by number and time, and of which server.

import { err, ok, type Result } from '@finderscope/base';
import { parsePrefixedUint } from '../fields/go-number.ts';
import { parseCliTime } from './parse-time.ts';

export type CommandOptions = {
  readonly server: string | undefined;
  readonly follow: boolean;
  readonly all: boolean;
  /** 0 is as good as not given. */
  readonly last: number | undefined;
  readonly first: number | undefined;
  /** As written: `parseCliTime` reads it. */
  readonly since: string | undefined;
  readonly until: string | undefined;
};

export type MutableOptions = { -readonly [Name in keyof CommandOptions]: CommandOptions[Name] };

/** Options of a command without flags. */
export function emptyOptions(): MutableOptions {
  return {
    server: undefined,
    follow: false,
    all: false,
    last: undefined,
    first: undefined,
    since: undefined,
    until: undefined,
  };
}

/** Go's strconv.ParseBool. */
function parseBool(text: string): boolean | undefined {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

/**
 * Takes over one flag; true when it is one of these options. The error says what is wrong with the value, and what to
 * write.
 */
export function setOption(
  options: MutableOptions,
  flag: string,
  value: string | undefined,
): Result<boolean, string> {
  switch (flag) {
    case 'server':
      options.server = value;
      return ok(true);
    case 'follow':
    case 'all': {
      const on = parseBool(value ?? 'true');
      if (on === undefined)
        return err(`${value} is not a value of --${flag}. Leave it out, or write true or false.`);
      options[flag] = on;
      return ok(true);
    }
    case 'last':
    case 'first': {
      const count = parsePrefixedUint(value ?? '', 64);
      if (count === undefined)
        return err(`${value} is not a number of flows. Write one such as --${flag} 100.`);
      options[flag] = Number(count);
      return ok(true);
    }
    case 'since':
    case 'until': {
      // An empty one, as scripts with an unset variable give, says nothing.
      const time = value === '' ? undefined : parseCliTime(value ?? '', 0n);
      if (time?.ok === false) return time;
      options[flag] = time === undefined ? undefined : value;
      return ok(true);
    }
    default:
      return ok(false);
  }
}

/** The CLI's complaint about options used together. */
export function optionConflict({ first, last, all, follow }: CommandOptions): string | undefined {
  if (first !== undefined && first > 0) {
    if (last !== undefined && last > 0) return 'cannot set both --first and --last';
    if (all) return 'cannot set both --first and --all';
    if (follow) return 'cannot set both --first and --follow';
  }
  return last !== undefined && last > 0 && all ? 'cannot set both --last and --all' : undefined;
}
