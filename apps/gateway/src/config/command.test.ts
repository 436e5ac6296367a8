import { assert } from '@finderscope/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificates, writeFiles } from '../testing/certificates.ts';
import { readCommand } from './command.ts';
import type { GatewayConfig } from './config.ts';
import { renderConfigTable, renderHelp } from './help.ts';
import { environmentName, OPTIONS } from './options.ts';

let files: Awaited<ReturnType<typeof writeFiles>>;
beforeAll(async () => {
  const { ca, client, server } = await makeCertificates();
  files = await writeFiles({
    'ca.crt': ca.cert,
    'client.crt': client.cert,
    'client.key': client.key,
    'other.key': server.key,
    junk: 'junk',
    'filters.yaml': '- {name: Drops, filter: "verdict:DROPPED"}',
  });
});
afterAll(() => files.remove());

function config(args: readonly string[], env: Record<string, string> = {}): GatewayConfig {
  const command = readCommand(args, env);
  assert(command.ok, command.ok ? '' : command.error);
  assert(command.value.action === 'run', 'runs');
  return command.value.config;
}

function problem(args: readonly string[], env: Record<string, string> = {}): string {
  const command = readCommand(args, env);
  return command.ok ? 'no problem' : command.error;
}

describe('a good configuration', () => {
  test('nothing given', () => {
    expect(config([])).toMatchObject({
      upstream: {
        address: { kind: 'tcp', host: 'localhost', port: 4245 },
        tls: undefined,
        dialTimeoutMs: 5000,
      },
      source: { name: 'localhost:4245', demo: false },
      listen: { host: 'localhost', port: 12000, orNext: true },
      listenTls: undefined,
      basePath: '',
      allowedOrigins: [],
      log: { level: 'info', format: 'text' },
      shutdownTimeoutMs: 10_000,
    });
  });

  test('everything given', () => {
    const path = files.path;
    expect(
      config([
        '--server=tls://[::1]:443',
        '--tls-ca-cert-files',
        `${path('ca.crt')},${path('ca.crt')}`,
        '--tls-client-cert-file',
        path('client.crt'),
        '--tls-client-key-file',
        path('client.key'),
        '--tls-server-name',
        'ui.hubble-relay.cilium.io',
        '--tls-allow-insecure',
        '--dial-timeout',
        '1500ms',
        '--source-name',
        'prod',
        '--demo',
        '--listen',
        ':8080',
        '--base-path',
        '/hubble/ui/',
        '--allow-origin',
        'https://a.example',
        '--allow-origin',
        'http://b.example:81',
        '--log-format',
        'json',
        '--log-level',
        'debug',
      ]),
    ).toMatchObject({
      upstream: {
        address: { kind: 'tcp', host: '::1', port: 443 },
        tls: {
          caCertFiles: [path('ca.crt'), path('ca.crt')],
          client: { certFile: path('client.crt') },
          serverName: 'ui.hubble-relay.cilium.io',
          allowInsecure: true,
        },
        dialTimeoutMs: 1500,
      },
      source: { name: 'prod', demo: true },
      listen: { host: '', port: 8080, orNext: false },
      basePath: '/hubble/ui',
      allowedOrigins: ['https://a.example', 'http://b.example:81'],
      log: { level: 'debug', format: 'json' },
    });
  });

  test('a flag wins over its variable; an empty variable counts as not set', () => {
    const env = { FINDERSCOPE_SERVER: 'relay:80', FINDERSCOPE_TLS: '', FINDERSCOPE_LISTEN: 'localhost:0' };
    expect(config([], env).source.name).toBe('relay:80');
    expect(config([], env).listen.orNext).toBe(false);
    expect(config(['--server', 'other:80'], env).source.name).toBe('other:80');
    expect(config(['--tls=false'], { FINDERSCOPE_TLS: 'true' }).upstream.tls).toBeUndefined();
  });

  test('filters of the operator', () => {
    expect(config(['--quick-filters-file', files.path('filters.yaml')]).quickFilters).toEqual([
      { name: 'Drops', filter: 'verdict:DROPPED' },
    ]);
    expect(config([]).quickFilters).toEqual([]);
  });

  test('a socket', () => {
    expect(config(['--server', 'unix:///run/hubble.sock']).upstream.address).toEqual({
      kind: 'unix',
      path: '/run/hubble.sock',
    });
  });
});

describe('a bad configuration is one line that names the option', () => {
  const cases: readonly [args: readonly string[], part: string][] = [
    [['--sever', 'x:1'], 'unknown option --sever; did you mean --server?'],
    [['--tls-ca-cert-file', 'x'], 'did you mean --tls-ca-cert-files?'],
    [['--frobnicate'], 'unknown option --frobnicate; see --help'],
    [['relay:80'], 'unexpected argument "relay:80"'],
    [['--server'], '--server needs a value: --server HOST:PORT'],
    [['--server', '--tls'], '--server needs a value'],
    [['--server', 'relay'], '--server "relay" has no port'],
    [['--server', 'relay:http'], 'has "http" as its port'],
    [['--server', 'relay:70000'], 'a number from 0 to 65535'],
    [['--server', 'relay:0'], 'has port 0'],
    [['--server', ':4245'], 'has no host'],
    [['--server', '::1'], 'needs brackets'],
    [['--server', 'http://relay:80'], 'without http://'],
    [['--server', 'unix:relative.sock'], 'needs an absolute path'],
    [['--listen', 'localhost:-1'], '--listen "localhost:-1" has "-1" as its port'],
    [['--tls=maybe'], '--tls "maybe" is neither true nor false'],
    [['--tls-server-name', 'x'], '--tls-server-name "x" needs --tls'],
    [['--tls-allow-insecure'], '--tls-allow-insecure "true" needs --tls'],
    [['--server', 'tls://r:1', '--tls=false'], 'contradicts the tls://'],
    [['--server', 'unix:///x', '--tls'], 'does not go with a unix://'],
    [['--tls', '--tls-ca-cert-files', '/nowhere/ca.crt'], 'cannot be read: ENOENT'],
    [['--tls', '--tls-client-cert-file', '/nowhere/c.crt'], 'needs --tls-client-key-file too'],
    [['--tls', '--tls-client-key-file', '/nowhere/c.key'], 'needs --tls-client-cert-file too'],
    [['--listen-tls-cert-file', '/x'], 'needs --listen-tls-key-file too'],
    [['--base-path', 'hubble'], 'is not a path'],
    [['--base-path', '/a/../b'], 'is not a path'],
    [['--allow-origin', '*'], 'is not an origin'],
    [['--allow-origin', 'https://a.example/x'], 'is not an origin'],
    [['--max-streams', '0'], 'is not a number from 1'],
    [['--dial-timeout', '5'], 'is not a time such as'],
    [['--log-level', 'loud'], 'is not one of debug, info, warn, error, silent'],
    [['--log-format', 'xml'], 'is not one of text, json'],
    [['--web-dir', '/nowhere'], 'cannot be read: ENOENT'],
    [['--quick-filters-file', '/nowhere'], 'cannot be read: ENOENT'],
  ];
  test.each(cases)('%j', (args, part) => {
    expect(problem(args)).toContain(part);
    expect(problem(args)).not.toContain('\n');
  });

  test('files that are not what they should be', () => {
    const { path } = files;
    expect(problem(['--tls', '--tls-ca-cert-files', path('junk')])).toContain('holds no PEM certificate');
    expect(problem(['--quick-filters-file', path('junk')])).toBe(
      `--quick-filters-file "${path('junk')}" holds no list of filters, each with a name and a filter`,
    );
    expect(problem(['--web-dir', path('junk')])).toContain('cannot be read: ENOTDIR');
    expect(
      problem(['--listen-tls-cert-file', path('client.crt'), '--listen-tls-key-file', path('other.key')]),
    ).toMatch(/cannot be used: .*mismatch/i);
  });

  test('the variable is named when the value came from there', () => {
    expect(problem([], { FINDERSCOPE_SERVER: 'relay' })).toContain('FINDERSCOPE_SERVER "relay" has no port');
  });

  test('a misspelt variable is named, one of Kubernetes passed over', () => {
    expect(problem([], { FINDERSCOPE_SERVRE: 'relay:80' })).toBe(
      'unknown variable FINDERSCOPE_SERVRE; did you mean FINDERSCOPE_SERVER?',
    );
    expect(
      config([], {
        FINDERSCOPE_SERVICE_HOST: '10.96.0.7',
        FINDERSCOPE_PORT: 'tcp://10.96.0.7:80',
        FINDERSCOPE_SERVICE_PORT_HTTP: '80',
      }).source.name,
    ).toBe('localhost:4245');
  });
});

describe('texts from the table', () => {
  test('help and the README table name every option and variable once', () => {
    for (const option of OPTIONS) {
      expect(
        renderHelp()
          .split('\n')
          .filter((line) => new RegExp(`^  --${option.flag}( |$)`).test(line)),
      ).toHaveLength(1);
      expect(renderConfigTable().split(`\`${environmentName(option.flag)}\``)).toHaveLength(2);
    }
  });

  test('actions', () => {
    for (const action of ['help', 'version', 'print-config-table'] as const) {
      expect(readCommand([`--${action}`], {})).toEqual({ ok: true, value: { action } });
    }
    expect(readCommand(['-h'], {})).toEqual({ ok: true, value: { action: 'help' } });
  });
});
