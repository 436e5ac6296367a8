// Processes that a bench starts, talks to and ends.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Usage = { readonly cpuMs: number; readonly rssBytes: number };

/** A child that says what it has to say in messages. */
export class Child {
  readonly #process: ChildProcess;

  /** `file` lies in children/. */
  constructor(file: string, args: readonly string[] = [], nodeFlags: readonly string[] = []) {
    const path = fileURLToPath(new URL(`./children/${file}`, import.meta.url));
    this.#process = fork(path, args, {
      execArgv: [...nodeFlags],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  /** The next message. Rejects when the child ends without one. */
  async next(): Promise<Readonly<Record<string, number>>> {
    const ended = new AbortController();
    try {
      const [message] = await Promise.race([
        once(this.#process, 'message', { signal: ended.signal }),
        once(this.#process, 'exit', { signal: ended.signal }).then(() => {
          throw new Error('a child process ended before it was done');
        }),
      ]);
      return Object.fromEntries(Object.entries(message).map(([name, value]) => [name, Number(value)]));
    } finally {
      ended.abort();
    }
  }

  /** For children that serve: CPU spent and memory held so far. */
  async usage(): Promise<Usage> {
    const { cpuMs = Number.NaN, rssBytes = Number.NaN } = await this.ask();
    return { cpuMs, rssBytes };
  }

  /** For children that answer whatever they are sent: what they say now. */
  async ask(): Promise<Readonly<Record<string, number>>> {
    const message = this.next();
    this.#process.send('usage');
    return await message;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }
}
