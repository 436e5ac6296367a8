// The command of the README as a person runs it: npm start brings up demo cluster, gateway and page, and ends all of it
// when it is told to.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freePort } from './support/free-port.ts';
import { flowRows, openPage } from './support/page.ts';
import { expect, test } from './support/test.ts';

const repository = fileURLToPath(new URL('../', import.meta.url));

/** Something accepts connections there. */
async function isUp(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test('a wrong flag is all that npm start tells of', async () => {
  const started = spawn(process.execPath, ['scripts/start.mjs', '--no-such-flag'], {
    cwd: repository,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let said = '';
  started.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = await once(started, 'close');
  expect(code).toBe(2);
  expect(said.replace('Building the page.\n', '')).toBe(
    'finderscope: unknown option --no-such-flag; see --help\n',
  );
});

test('npm start shows a cluster, and leaves nothing behind', async ({ page }) => {
  const port = await freePort();
  const started = spawn('npm', ['start', '--', '--listen', `127.0.0.1:${port}`], {
    cwd: repository,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [started.stdout, started.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  const exit = once(started, 'exit');
  try {
    const url = `http://127.0.0.1:${port}`;
    // Where nothing was built yet it builds the page first.
    await expect.poll(() => said, { timeout: 90_000 }).toContain(url);
    await openPage(page, url);
    await expect(flowRows(page).first()).toBeVisible();
    const config: unknown = await (await fetch(`${url}/api/config`)).json();
    expect(config).toMatchObject({ source: { server: expect.stringMatching(/^127\.0\.0\.1:\d+$/) } });
    const relayPort = Number(/"server":"127\.0\.0\.1:(\d+)"/.exec(JSON.stringify(config))?.[1]);
    expect(await isUp(relayPort)).toBe(true);
    await page.close();

    started.kill('SIGTERM');
    await exit;
    await expect.poll(async () => [await isUp(port), await isUp(relayPort)]).toEqual([false, false]);
  } finally {
    started.kill('SIGTERM');
  }
});
