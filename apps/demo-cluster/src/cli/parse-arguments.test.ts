import { describe, expect, test } from 'vitest';

import { HELP, parseArguments } from './parse-arguments.ts';

function run(...args: readonly string[]): unknown {
  const command = parseArguments(args);
  if (!command.ok) return command.error;
  return command.value.kind === 'run' ? command.value.options : command.value.kind;
}

describe('flags', () => {
  test('none: star-wars on loopback, left to the cluster', () => {
    expect(run()).toMatchObject({ host: '127.0.0.1', port: 4245, scenario: undefined, nodes: undefined });
  });

  test('all of them', () => {
    expect(
      run(
        ...'--scenario load --nodes 5 --rate 2000.5 --seed 7 --listen 0.0.0.0:1 --agents-listen-base 4300'.split(
          ' ',
        ),
        ...'--stage A1 --file f --speed 2 --loop --keep-times --ring-capacity 127'.split(' '),
      ),
    ).toMatchObject({
      scenario: 'load',
      nodes: 5,
      rate: 2000.5,
      seed: 7,
      host: '0.0.0.0',
      port: 1,
      agentsListenBase: 4300,
      stage: 'A1',
      file: 'f',
      speed: 2,
      loop: true,
      keepTimes: true,
      ringCapacity: 127,
    });
  });

  test.each([
    ['[::1]:9', '::1', 9],
    [':9', '::', 9],
    ['host:0', 'host', 0],
  ])('--listen %s', (text, host, port) => {
    expect(run('--listen', text)).toMatchObject({ host, port });
  });

  test('--help, which names every flag', () => {
    expect(run('--help')).toBe('help');
    expect(run('-h')).toBe('help');
    for (const flag of ['--scenario', '--stage', '--rate', '--keep-times', '--tls-client-ca-file']) {
      expect(HELP).toContain(flag);
    }
    expect(HELP).toMatch(/--ring-capacity N .*default 4095\b.*\n.*for load 32767\b/);
    for (const name of ['star-wars', 'shop', 'l3', 'load', 'replay']) expect(HELP).toContain(name);
  });
});

test.each([
  [['--nope'], /^Unknown option '--nope'$/],
  [['stray'], /^Unexpected argument 'stray'$/],
  [['--rate', 'fast'], /^--rate: must be a number, not "fast"$/],
  [['--nodes', '-3'], /^Option '--nodes' argument is ambiguous$/],
  [['--rate'], /^Option '--rate <value>' argument missing$/],
  [['--listen', 'nowhere'], /^--listen: must be HOST:PORT, not "nowhere"$/],
  [['--listen', 'h:70000'], /^--listen: must be a port up to 65535/],
  [['--agents-listen-base', '1.5'], /^--agents-listen-base: must be a port/],
  [['--log-level', 'loud'], /^--log-level: must be one of/],
  [['--tls-cert-file', 'x'], /^--tls-cert-file and --tls-key-file: each needs the other$/],
  [['--tls-client-ca-file', 'x'], /^--tls-client-ca-file: needs/],
  [['--tls-cert-file', '/none', '--tls-key-file', '/none'], /^--tls-cert-file: ENOENT/],
])('%o is one line', (args, problem) => {
  const message = run(...args);
  expect(message).toMatch(problem);
  expect(message).not.toContain('\n');
});
