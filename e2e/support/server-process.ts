// One server of the stack as a child process: started, waited for, killed, started again on the same port.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const startLimitMs = 30_000;
const stopLimitMs = 15_000;
const keptLines = 200;

export class ServerProcess {
  readonly port: number;
  readonly #file: string;
  readonly #args: readonly string[];
  readonly #nodeFlags: readonly string[];
  #child: ChildProcess | undefined;
  #output: string[] = [];

  /** `file` is a path from the root of the repository. Nothing runs before `start`. */
  constructor(file: string, args: readonly string[], port: number, nodeFlags: readonly string[] = []) {
    this.#file = file;
    this.#args = args;
    this.#nodeFlags = nodeFlags;
    this.port = port;
  }

  /** Resolves when the port accepts connections; rejects with what the process printed when it ends before that. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [...this.#nodeFlags, this.#file, ...this.#args], {
      cwd: repository,
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output = [...this.#output, ...text.trimEnd().split('\n')].slice(-keptLines);
      });
    }
    const deadline = Date.now() + startLimitMs;
    while (!(await this.#accepts())) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
        await this.kill();
        throw new Error(`${this.#file} did not come up on port ${this.port}:\n${this.output()}`);
      }
      await delay(25);
    }
  }

  /** Ends it as an operator does, and waits. The exit code, or null when it had to be killed. */
  async stop(): Promise<number | null> {
    const child = this.#running();
    if (child === undefined) return this.#child?.exitCode ?? null;
    const exit = once(child, 'exit');
    const limit = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    child.kill('SIGTERM');
    await exit;
    clearTimeout(limit);
    return child.exitCode;
  }

  /** Ends it as a crash does, and waits. */
  async kill(): Promise<void> {
    const child = this.#running();
    if (child === undefined) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  /** The last lines it printed. */
  output(): string {
    return this.#output.join('\n');
  }

  #running(): ChildProcess | undefined {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null ? child : undefined;
  }

  #accepts(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect({ port: this.port, host: '127.0.0.1' });
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => {
        resolve(false);
      });
    });
  }
}
