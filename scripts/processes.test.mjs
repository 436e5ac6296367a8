// The group is tried from outside: a driver starts it, this test starts the driver.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from './paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'processes-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name, source) {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
}

/** Says who it is and what it was sent, and ends with a code of its own. */
const waits = write(
  'waits.mjs',
  `const [name, code] = process.argv.slice(2);
   const hold = setInterval(() => {}, 1000);
   for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => {
     console.log(name, signal);
     clearInterval(hold);
     process.exitCode = Number(code);
   });
   console.log(name, 'up');`,
);
const ends = write('ends.mjs', `process.exitCode = Number(process.argv[2]);`);

/** Runs a group of [file, ...args]; `until` lines are waited for before `signal` is sent. */
async function runGroup(members, { until = 0, signal } = {}) {
  const driver = write(
    'driver.mjs',
    `import { ProcessGroup } from ${JSON.stringify(join(root, 'scripts/processes.mjs'))};
     const group = new ProcessGroup();
     for (const [file, ...args] of ${JSON.stringify(members)}) group.start(file, args, { name: args[0] });
     process.exit(await group.wait());`,
  );
  const child = spawn(process.execPath, [driver], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const before = output.split('\n').length - 1;
    output += text;
    const after = output.split('\n').length - 1;
    if (signal !== undefined && before < until && after >= until) child.kill(signal);
  });
  const [code] = await exit;
  return { code, errors, lines: output.trim().split('\n').toSorted() };
}

test('the first to end takes the others with it and gives its code', async () => {
  const { code, errors, lines } = await runGroup([
    [ends, '7'],
    [waits, 'a', '0'],
  ]);
  expect(code).toBe(7);
  expect(errors).toBe('The 7 ended unexpectedly, with exit code 7. Everything is stopped.\n');
  expect(lines.filter((line) => line.includes('SIGINT'))).toEqual([]);
});

test('who ends because of wrong options has said so itself', async () => {
  const { code, errors } = await runGroup([
    [ends, '2'],
    [waits, 'a', '0'],
  ]);
  expect({ code, errors }).toEqual({ code: 2, errors: '' });
});

test('a signal reaches every one, once', async () => {
  const { code, errors, lines } = await runGroup(
    [
      [waits, 'a', '0'],
      [waits, 'b', '0'],
    ],
    { until: 2, signal: 'SIGINT' },
  );
  expect(lines).toEqual(['a SIGINT', 'a up', 'b SIGINT', 'b up']);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
});

test('a file that is not there ends the group with a failure', async () => {
  expect((await runGroup([[join(folder, 'none.mjs')], [waits, 'a', '0']])).code).toBe(1);
});
