// The command line: flags to options, or one line that says what is wrong.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { err, ok, type Result } from '@finderscope/base';

import type { DemoClusterOptions } from '../cluster.ts';
import type { TlsMaterial } from '../grpc-server/index.ts';
import { DEFAULT_RING_CAPACITY } from '../ring/ring-buffer.ts';
import { LOAD_RING_CAPACITY } from '../scenarios/load.ts';
import { SCENARIOS } from '../scenarios/registry.ts';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly options: DemoClusterOptions; readonly logLevel: string };

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
const DEFAULT_LISTEN = '127.0.0.1:4245';
const MAX_PORT = 65_535;

export const HELP = `Usage: demo-cluster [flags]

Simulated Cilium nodes that serve Hubble's Observer and Peer services, merged by a Relay-like endpoint.

Scenarios:
${SCENARIOS.map(({ name, help }) => `  ${name.padEnd(12)}${help}`).join('\n')}

Flags:
  --scenario NAME             what happens (default ${SCENARIOS[0].name})
  --stage ID                  hold one stage of the scenario instead of cycling
  --nodes N                   number of nodes (default 3)
  --rate FLOWS_PER_S          rate of scenario load
  --seed N                    same seed, same flows (default 1)
  --file FILE                 what scenario replay plays
  --speed X                   speed of the replay (default 1)
  --loop                      start the replay again at its end
  --keep-times                keep the times of the file instead of moving them to now
  --ring-capacity N           entries that each node holds, 2^n - 1 (default ${DEFAULT_RING_CAPACITY} as
                              an agent's, for load ${LOAD_RING_CAPACITY})
  --listen HOST:PORT          address of the Relay-like endpoint (default ${DEFAULT_LISTEN})
  --agents-listen-base PORT   port of the first node, the others follow; 0 takes free ones (default 0)
  --tls-cert-file FILE        serve TLS on the Relay-like endpoint
  --tls-key-file FILE
  --tls-client-ca-file FILE   ask clients for a certificate signed by this
  --log-level LEVEL           ${LOG_LEVELS.join(', ')} (default info)
  --help                      this text
`;

const FLAGS = {
  scenario: { type: 'string' },
  stage: { type: 'string' },
  nodes: { type: 'string' },
  rate: { type: 'string' },
  seed: { type: 'string' },
  file: { type: 'string' },
  speed: { type: 'string' },
  loop: { type: 'boolean' },
  'keep-times': { type: 'boolean' },
  'ring-capacity': { type: 'string' },
  listen: { type: 'string' },
  'agents-listen-base': { type: 'string' },
  'tls-cert-file': { type: 'string' },
  'tls-key-file': { type: 'string' },
  'tls-client-ca-file': { type: 'string' },
  'log-level': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type FlagValues = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values'];

/** A value that could not be read; carries the line for the person. */
class FlagError extends Error {}

export function parseArguments(args: readonly string[]): Result<Command, string> {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS, allowPositionals: false });
    return ok(values.help === true ? { kind: 'help' } : readValues(values));
  } catch (error) {
    // parseArgs throws TypeErrors whose first sentence names the flag.
    if (error instanceof FlagError || error instanceof TypeError) {
      return err(error.message.split(/\.\s/, 1)[0] ?? error.message);
    }
    throw error;
  }
}

function readValues(values: FlagValues): Command {
  const logLevel = values['log-level'] ?? 'info';
  if (!LOG_LEVELS.some((level) => level === logLevel)) {
    throw new FlagError(`--log-level: must be one of ${LOG_LEVELS.join(', ')}, not "${logLevel}"`);
  }
  const options: DemoClusterOptions = {
    scenario: values.scenario,
    stage: values.stage,
    nodes: readNumber('--nodes', values.nodes),
    rate: readNumber('--rate', values.rate),
    seed: readNumber('--seed', values.seed),
    file: values.file,
    speed: readNumber('--speed', values.speed),
    loop: values.loop,
    keepTimes: values['keep-times'],
    ringCapacity: readNumber('--ring-capacity', values['ring-capacity']),
    ...readListen(values.listen ?? DEFAULT_LISTEN),
    agentsListenBase: readPort('--agents-listen-base', values['agents-listen-base']),
    tls: readTls(values),
  };
  return { kind: 'run', options, logLevel };
}

function readNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+(\.\d+)?$/.test(text)) throw new FlagError(`${flag}: must be a number, not "${text}"`);
  return Number(text);
}

function readPort(flag: string, text: string | undefined): number | undefined {
  const port = readNumber(flag, text);
  if (port !== undefined && !(Number.isInteger(port) && port <= MAX_PORT)) {
    throw new FlagError(`${flag}: must be a port up to ${MAX_PORT}, not "${text ?? ''}"`);
  }
  return port;
}

function readListen(text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, portText] = /^(?:\[([^\]]+)\]|([^:]*)):(\d+)$/.exec(text) ?? [];
  const port = portText === undefined ? undefined : readPort('--listen', portText);
  if (port === undefined) throw new FlagError(`--listen: must be HOST:PORT, not "${text}"`);
  const host = bracketed ?? plain ?? '';
  return { host: host === '' ? '::' : host, port };
}

function readTls(values: FlagValues): TlsMaterial | undefined {
  const certFile = values['tls-cert-file'];
  const keyFile = values['tls-key-file'];
  const caFile = values['tls-client-ca-file'];
  if (certFile === undefined && keyFile === undefined) {
    if (caFile !== undefined)
      throw new FlagError('--tls-client-ca-file: needs --tls-cert-file and --tls-key-file');
    return undefined;
  }
  if (certFile === undefined || keyFile === undefined) {
    throw new FlagError('--tls-cert-file and --tls-key-file: each needs the other');
  }
  return {
    cert: readPem('--tls-cert-file', certFile),
    key: readPem('--tls-key-file', keyFile),
    clientCa: caFile === undefined ? undefined : readPem('--tls-client-ca-file', caFile),
  };
}

function readPem(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new FlagError(`${flag}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
