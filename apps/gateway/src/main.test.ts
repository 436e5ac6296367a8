import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

type Run = { readonly code: number | null; readonly out: string; readonly problems: string };

/** Runs the command to its end; `onOutput` may stop it. */
async function run(
  args: readonly string[],
  onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void,
): Promise<Run> {
  const child = spawn(execPath, [MAIN, ...args], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let problems = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    onOutput?.(out, (signal) => child.kill(signal));
  });
  child.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, problems };
}

test('bad configuration: one line, exit code 2', async () => {
  expect(await run(['--sever', 'x'])).toEqual({
    code: 2,
    out: '',
    problems: 'finderscope: unknown option --sever; did you mean --server?\n',
  });
});

test('help and the configuration table', async () => {
  const help = await run(['--help']);
  expect([help.code, help.out]).toEqual([0, expect.stringContaining('--tls-server-name NAME')]);
  const table = await run(['--print-config-table']);
  expect([table.code, table.out]).toEqual([
    0,
    expect.stringContaining('| `--server HOST:PORT` | `FINDERSCOPE_SERVER` | `localhost:4245` |'),
  ]);
});

test('says where it is, and ends with 0 when told to', async () => {
  const { code, out, problems } = await run(
    ['--listen', '127.0.0.1:0', '--log-format', 'json'],
    (text, kill) => {
      if (text.includes('Finderscope is up')) kill('SIGTERM');
    },
  );
  expect([code, problems]).toEqual([0, '']);
  const [up, down] = out
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
  expect(up).toMatchObject({
    msg: 'Finderscope is up',
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
    source: 'localhost:4245',
  });
  expect(down).toMatchObject({ msg: 'shutting down', signal: 'SIGTERM' });
});
