// From argv and the environment to the raw text of each option. Knows the table, not what the values mean.

import { err, nearest, ok, type Result } from '@finderscope/base';
import { ENVIRONMENT_PREFIX, environmentName, type OptionDef, type OptionFlag, OPTIONS } from './options.ts';

const ACTIONS = ['help', 'version', 'print-config-table'] as const;
export type Action = 'run' | (typeof ACTIONS)[number];

/** Where a value came from, for messages: '--server', 'FINDERSCOPE_SERVER', or undefined for the default. */
export type RawOption = { readonly text: string; readonly origin: string | undefined };

export type RawOptions = {
  readonly action: Action;
  readonly values: ReadonlyMap<OptionFlag, RawOption>;
};

/** Reads flags (which win) and environment. The error is one line. Lists given more than once add up. */
export function readOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Result<RawOptions, string> {
  const options: readonly (OptionDef & { readonly flag: OptionFlag })[] = OPTIONS;
  const misspelt = misspeltVariable(environment);
  if (misspelt !== undefined) return err(misspelt);
  const values = new Map<OptionFlag, RawOption>();
  for (const option of options) {
    const name = environmentName(option.flag);
    const text = environment[name];
    // An empty variable counts as not set: deployment templates often leave one behind.
    const set = text !== undefined && text !== '';
    values.set(option.flag, set ? { text, origin: name } : { text: option.default, origin: undefined });
  }

  let action: Action = 'run';
  const given = new Set<string>();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '-h') {
      action = 'help';
      continue;
    }
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(word);
    if (match === null) return err(`unexpected argument "${word}": options start with --, see --help`);
    const [, name = '', inline] = match;
    const asked = ACTIONS.find((candidate) => candidate === name);
    if (asked !== undefined) {
      action = asked;
      continue;
    }
    const option = options.find((candidate) => candidate.flag === name);
    if (option === undefined) return err(unknownFlag(name));
    const origin = `--${option.flag}`;
    let text = inline;
    if (text === undefined) {
      if (option.kind === 'switch') text = 'true';
      else text = argv[++i];
    }
    if (text === undefined || (inline === undefined && text.startsWith('--'))) {
      return err(`${origin} needs a value: ${origin} ${option.placeholder}`);
    }
    if (given.has(option.flag) && option.kind === 'list') {
      text = `${values.get(option.flag)?.text ?? ''},${text}`;
    }
    given.add(option.flag);
    values.set(option.flag, { text, origin });
  }
  return ok({ action, values });
}

function unknownFlag(name: string): string {
  const near = nearest(name, [...OPTIONS.map((option) => option.flag), ...ACTIONS]);
  return `unknown option --${name}${near === undefined ? '; see --help' : `; did you mean --${near}?`}`;
}

/**
 * Only a variable that nearly has the name of an option is refused: Kubernetes sets others with the same prefix
 * (FINDERSCOPE_SERVICE_HOST, ...) where a service is called finderscope.
 */
function misspeltVariable(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const known = OPTIONS.map((option) => environmentName(option.flag));
  for (const name of Object.keys(environment)) {
    if (!name.startsWith(ENVIRONMENT_PREFIX) || known.includes(name)) continue;
    const rest = name.slice(ENVIRONMENT_PREFIX.length);
    const near = nearest(
      rest,
      known.map((other) => other.slice(ENVIRONMENT_PREFIX.length)),
    );
    if (near !== undefined) return `unknown variable ${name}; did you mean ${ENVIRONMENT_PREFIX}${near}?`;
  }
  return undefined;
}
