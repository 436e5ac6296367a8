// Configuration from the command line and the environment, in one step.

import { ok, type Result } from '@finderscope/base';
import { checkConfig, type GatewayConfig } from './config.ts';
import { type Action, readOptions } from './read-options.ts';

/** What the command line asks for. Everything but `run` prints a text and ends. */
export type Command =
  | { readonly action: 'run'; readonly config: GatewayConfig }
  | { readonly action: Exclude<Action, 'run'> };

/** Parses and checks; the error is exactly one line, without a closing newline. */
export function readCommand(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Result<Command, string> {
  const raw = readOptions(argv, environment);
  if (!raw.ok) return raw;
  if (raw.value.action !== 'run') return ok({ action: raw.value.action });
  const config = checkConfig(raw.value);
  return config.ok ? ok({ action: 'run', config: config.value }) : config;
}
