// The configuration as the rest of the gateway sees it, checked once at the start. A value that is wrong is one
// line that names the option and the mend.

import { readdirSync, readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '@finderscope/base';
import { MASK_KINDS, type MaskKind } from '@finderscope/flow-query';
import {
  formatServerAddress,
  parseHostPort,
  parseServer,
  type HostPort,
  type ServerAddress,
} from './addresses.ts';
import type { OptionFlag } from './options.ts';
import { parseQuickFilters, type QuickFilter } from './quick-filters.ts';
import type { RawOptions } from './read-options.ts';

export type KeyPairFiles = { readonly certFile: string; readonly keyFile: string };

export type UpstreamTls = {
  /** Empty: the well-known authorities of Node and of the system. */
  readonly caCertFiles: readonly string[];
  readonly client: KeyPairFiles | undefined;
  readonly serverName: string | undefined;
  readonly allowInsecure: boolean;
};

export type UpstreamConfig = {
  readonly address: ServerAddress;
  readonly tls: UpstreamTls | undefined;
  readonly dialTimeoutMs: number;
};

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';
export type LogFormat = 'text' | 'json';

export type GatewayConfig = {
  readonly upstream: UpstreamConfig;
  readonly source: { readonly name: string; readonly demo: boolean };
  /** What is masked in flows; nothing is decoded when this is empty. */
  readonly redact: readonly MaskKind[];
  /** With `orNext`, a port that is taken is passed over for the next free one. */
  readonly listen: HostPort & { readonly orNext: boolean };
  readonly listenTls: KeyPairFiles | undefined;
  /** '' for the root, else '/a/b' without a closing slash. */
  readonly basePath: string;
  readonly allowedOrigins: readonly string[];
  readonly maxStreams: number;
  readonly webDir: string;
  /** What the page offers to everybody, in this order. */
  readonly quickFilters: readonly QuickFilter[];
  readonly log: { readonly level: LogLevel; readonly format: LogFormat };
  readonly shutdownTimeoutMs: number;
};

/** Thrown inside this file only, to leave a nested check with its line. */
class ConfigProblem extends Error {}

/** Turns raw options into a configuration; reads the certificate files to see that they can be used. */
export function checkConfig(raw: RawOptions): Result<GatewayConfig, string> {
  try {
    return ok(buildConfig(raw));
  } catch (error) {
    if (error instanceof ConfigProblem) return err(error.message);
    throw error;
  }
}

function buildConfig(raw: RawOptions): GatewayConfig {
  const text = (flag: OptionFlag): string => raw.values.get(flag)?.text ?? '';
  const optional = (flag: OptionFlag): string | undefined => text(flag) || undefined;
  const fail = (flag: OptionFlag, problem: string): never => {
    const origin = raw.values.get(flag)?.origin ?? `--${flag}`;
    throw new ConfigProblem(`${origin} ${text(flag) === '' ? '' : `"${text(flag)}" `}${problem}`);
  };
  const want = <T>(flag: OptionFlag, result: Result<T, string>): T =>
    result.ok ? result.value : fail(flag, result.error);
  const flagOf = (flag: OptionFlag): boolean => want(flag, parseSwitch(text(flag)));
  const given = (flag: OptionFlag): boolean => raw.values.get(flag)?.origin !== undefined;

  const server = want('server', parseServer(text('server')));
  const useTls = server.tls || flagOf('tls');
  if (server.tls && given('tls') && !flagOf('tls')) fail('tls', 'contradicts the tls:// of --server');
  if (useTls && server.address.kind === 'unix')
    fail('tls', 'does not go with a unix:// server, which never speaks TLS');

  const upstreamTls: UpstreamTls = {
    caCertFiles: parseList(text('tls-ca-cert-files')),
    client: keyPair(fail, optional, 'tls-client-cert-file', 'tls-client-key-file'),
    serverName: optional('tls-server-name'),
    allowInsecure: flagOf('tls-allow-insecure'),
  };
  for (const flag of [
    'tls-ca-cert-files',
    'tls-client-cert-file',
    'tls-server-name',
    'tls-allow-insecure',
  ] as const) {
    const inForce = flag === 'tls-allow-insecure' ? upstreamTls.allowInsecure : text(flag) !== '';
    if (inForce && !useTls) fail(flag, 'needs --tls (or a tls:// server)');
  }
  for (const file of upstreamTls.caCertFiles) checkCertificates(fail, 'tls-ca-cert-files', file);

  const listen = want('listen', parseHostPort(text('listen')));
  const level = text('log-level');
  const format = text('log-format');
  return {
    upstream: {
      address: server.address,
      tls: useTls ? upstreamTls : undefined,
      dialTimeoutMs: want('dial-timeout', parseDurationMs(text('dial-timeout'))),
    },
    source: { name: optional('source-name') ?? formatServerAddress(server.address), demo: flagOf('demo') },
    redact: want('redact', parseMaskKinds(text('redact'))),
    listen: { ...listen, orNext: !given('listen') },
    listenTls: keyPair(fail, optional, 'listen-tls-cert-file', 'listen-tls-key-file'),
    basePath: want('base-path', parseBasePath(text('base-path'))),
    allowedOrigins: parseList(text('allow-origin')).map((origin) =>
      want('allow-origin', parseOrigin(origin)),
    ),
    maxStreams: want('max-streams', parseCount(text('max-streams'))),
    webDir: webDirectory(fail, optional('web-dir')),
    quickFilters: quickFilters(fail, optional('quick-filters-file')),
    log: {
      level:
        LEVELS.find((known) => known === level) ?? fail('log-level', `is not one of ${LEVELS.join(', ')}`),
      format:
        FORMATS.find((known) => known === format) ??
        fail('log-format', `is not one of ${FORMATS.join(', ')}`),
    },
    shutdownTimeoutMs: want('shutdown-timeout', parseDurationMs(text('shutdown-timeout'))),
  };
}

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];
const FORMATS: readonly LogFormat[] = ['text', 'json'];

type Fail = (flag: OptionFlag, problem: string) => never;

function keyPair(
  fail: Fail,
  optional: (flag: OptionFlag) => string | undefined,
  certFlag: OptionFlag,
  keyFlag: OptionFlag,
): KeyPairFiles | undefined {
  const certFile = optional(certFlag);
  const keyFile = optional(keyFlag);
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined) return fail(keyFlag, `needs --${certFlag} too`);
  if (keyFile === undefined) return fail(certFlag, `needs --${keyFlag} too`);
  const cert = readText(fail, certFlag, certFile);
  const key = readText(fail, keyFlag, keyFile);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    return fail(certFlag, `and its key cannot be used: ${messageOf(error)}`);
  }
  return { certFile, keyFile };
}

function checkCertificates(fail: Fail, flag: OptionFlag, file: string): void {
  const pem = readText(fail, flag, file);
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    fail(flag, `names ${file}, which holds no PEM certificate`);
}

function readText(fail: Fail, flag: OptionFlag, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return fail(flag, `cannot be read: ${messageOf(error)}`);
  }
}

function webDirectory(fail: Fail, directory: string | undefined): string {
  if (directory === undefined) return fileURLToPath(new URL('../../../web/dist', import.meta.url));
  try {
    readdirSync(directory);
    return directory;
  } catch (error) {
    return fail('web-dir', `cannot be read: ${messageOf(error)}`);
  }
}

function quickFilters(fail: Fail, file: string | undefined): readonly QuickFilter[] {
  if (file === undefined) return [];
  const read = parseQuickFilters(readText(fail, 'quick-filters-file', file));
  return read.ok ? read.value : fail('quick-filters-file', read.error);
}

function parseSwitch(text: string): Result<boolean, string> {
  if (['true', '1', 'yes'].includes(text.toLowerCase())) return ok(true);
  if (['false', '0', 'no'].includes(text.toLowerCase())) return ok(false);
  return err('is neither true nor false');
}

function parseList(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parseMaskKinds(text: string): Result<readonly MaskKind[], string> {
  const names = parseList(text);
  if (names.includes('all') && names.length === 1) return ok(MASK_KINDS);
  const kinds = MASK_KINDS.filter((kind) => names.includes(kind));
  return kinds.length === new Set(names).size
    ? ok(kinds)
    : err(`is not a list of ${MASK_KINDS.join(', ')}, or all`);
}

function parseDurationMs(text: string): Result<number, string> {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  const ms = Number(match?.[1]) * (match?.[2] === 'm' ? 60_000 : match?.[2] === 's' ? 1000 : 1);
  return match !== null && ms > 0 && ms <= 3_600_000
    ? ok(ms)
    : err('is not a time such as 500ms, 5s or 1m (at most 60m)');
}

function parseCount(text: string): Result<number, string> {
  return /^[1-9]\d{0,6}$/.test(text) ? ok(Number(text)) : err('is not a number from 1 to 9999999');
}

function parseBasePath(text: string): Result<string, string> {
  if (!/^\/[A-Za-z0-9._~/-]*$/.test(text) || /\/\/|\/\.{1,2}(\/|$)/.test(text)) {
    return err('is not a path such as / or /hubble/ui (letters, digits, ".", "_", "~", "-")');
  }
  return ok(text.replace(/\/$/, ''));
}

function parseOrigin(text: string): Result<string, string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === text
    ? ok(text)
    : err('is not an origin such as https://tools.example (scheme and host, no path)');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
}
