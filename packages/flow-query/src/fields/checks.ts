// Checks that several fields share. An error is two sentences: what is wrong, then what to write.

import { err, ok, type Result } from '@finderscope/base';

type Check = (value: string) => Result<string, string>;

/** The value as it appears in an error sentence. */
export function shown(value: string): string {
  return value === '' ? 'An empty value' : value;
}

/** Takes every value as it is. */
export const anyText: Check = ok;

/** Takes every value but the empty one. */
export function someText(what: string, example: string): Check {
  return (value) =>
    value === '' ? err(`An empty value is not ${what}. Write one, as in ${example}.`) : ok(value);
}

/** Takes what `compile`, the server's own reading of the value, takes. */
export function compiled(
  compile: (value: string) => Result<unknown, string>,
  sentence: (value: string, reason: string) => string,
): Check {
  return (value) => {
    const result = compile(value);
    return result.ok ? ok(value) : err(sentence(value, result.error));
  };
}

/** Takes one of `names` in any case of letters and gives it as listed. */
export function oneOf(names: readonly string[], what: string, advice: string): Check {
  const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
  return (value) => {
    const name = byLowerCase.get(value.toLowerCase());
    return name === undefined ? err(`${shown(value)} is not ${what}. ${advice}`) : ok(name);
  };
}

/** `a, b or c` */
export function orList(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
