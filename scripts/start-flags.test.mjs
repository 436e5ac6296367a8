import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { root } from './paths.mjs';
import { DEMO_FLAGS, DEMO_HELP, splitFlags } from './start-flags.mjs';

describe('npm start', () => {
  test('runs the demo when nothing is given', () => {
    expect(splitFlags([], {})).toEqual({
      demo: [],
      gateway: [],
      onlyPrints: false,
      wantsHelp: false,
      wantsDemo: true,
      problem: undefined,
    });
  });

  test('gives each part its own flags', () => {
    const flags = splitFlags(
      ['--listen', ':8080', '--nodes', '5', '--scenario=load', '--base-path', '/ui'],
      {},
    );
    expect(flags.demo).toEqual(['--nodes', '5', '--scenario=load']);
    expect(flags.gateway).toEqual(['--listen', ':8080', '--base-path', '/ui']);
  });

  test.each([
    [['--server', 'relay:4245'], {}],
    [['--server=relay:4245'], {}],
    [[], { FINDERSCOPE_SERVER: 'relay:4245' }],
  ])('needs no demo for %j %j', (argv, environment) => {
    expect(splitFlags(argv, environment).wantsDemo).toBe(false);
  });

  test('says when a demo flag would have no effect', () => {
    expect(splitFlags(['--rate=10', '--server', 'relay:4245'], {}).problem).toBe(
      '--rate is a flag of the demo cluster, which does not run when a server is given',
    );
  });

  test.each(['--help', '--version', '-h', '--print-config-table'])('starts nothing for %s', (flag) => {
    expect(splitFlags([flag], {})).toMatchObject({ onlyPrints: true, wantsDemo: false });
  });

  test('names every flag of the demo in its help', () => {
    expect(['--help', '-h', '--version'].map((flag) => splitFlags([flag], {}).wantsHelp)).toEqual([
      true,
      true,
      false,
    ]);
    for (const flag of Object.keys(DEMO_FLAGS)) expect(DEMO_HELP).toContain(`--${flag}`);
  });

  test('leaves what no part knows to the gateway, whatever its name', () => {
    expect(splitFlags(['--constructor', '--valueOf'], {})).toMatchObject({
      demo: [],
      gateway: ['--constructor', '--valueOf'],
    });
  });

  test('knows the flags that take no value', () => {
    const flags = splitFlags(['--loop', '--listen', ':8080'], {});
    expect(flags).toMatchObject({ demo: ['--loop'], gateway: ['--listen', ':8080'] });
  });

  test('knows every flag of the demo cluster', () => {
    const file = 'apps/demo-cluster/src/main.ts';
    const help = execFileSync(process.execPath, [file, '--help'], { cwd: root, encoding: 'utf8' });
    const flags = [...help.matchAll(/^ {2}--([a-z-]+)( [A-Z])?/gm)]
      .filter(([, name]) => !/^(listen|log-level|help|tls-.*)$/.test(name))
      .map(([, name, value]) => [name, value !== undefined]);
    expect(DEMO_FLAGS).toEqual(Object.fromEntries(flags));
  });
});
