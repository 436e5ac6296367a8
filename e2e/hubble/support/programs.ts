// Where Hubble's programs are, and how they are run.

import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';

/** A program of Hubble's, or the oracle; FINDERSCOPE_HUBBLE names the folder that `npm test` built them into. */
export function program(name: 'hubble' | 'hubble-relay' | 'oracle'): string {
  const folder = process.env['FINDERSCOPE_HUBBLE'];
  if (folder === undefined) throw new Error('run by npm test -- --only hubble, which builds the programs');
  return join(folder, name);
}

export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** A CLI that was not built by Cilium's own Makefile takes itself for older than any Relay. */
const VERSION_WARNING = /^time=\S+ level=WARN msg="Hubble CLI version is lower.*\n/gm;

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs the CLI to its end; never rejects for what the CLI says. */
export function runHubble(args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      program('hubble'),
      args,
      { maxBuffer: MAX_OUTPUT_BYTES, env: { PATH: process.env['PATH'], HOME: '/nonexistent' } },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, stdout, stderr: stderr.replaceAll(VERSION_WARNING, '') });
      },
    );
    child.stdin?.end();
  });
}

/** Starts a program that runs until it is disposed of; what it prints is kept for messages. */
export function startProgram(
  name: 'hubble-relay' | 'oracle',
  args: readonly string[],
): ChildProcessWithoutNullStreams {
  return spawn(program(name), args, { stdio: ['pipe', 'pipe', 'pipe'] });
}

/** The first lines that the CLI prints while it follows; it is ended when it has printed so many. */
export async function followHubble(args: readonly string[], lines: number): Promise<readonly string[]> {
  const child = spawn(program('hubble'), args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
  });
  let text = '';
  try {
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      text += String(chunk);
      if (text.split('\n').length > lines) break;
    }
  } finally {
    child.kill('SIGKILL');
  }
  return text.split('\n').slice(0, lines);
}
