// Child processes of a command: they live and end together.
//
// A signal sent to the command reaches every child. The first child that ends takes the others with it; the command
// then ends with that child's exit code. Told to end, npm ends only the shell that it started the command in: a command
// that npm runs therefore also ends when it loses its parent.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { packageEnvironment, pinnedNode, root } from './paths.mjs';

const graceMs = 10_000;
const parentCheckMs = 250;

export class ProcessGroup {
  #children = new Set();
  #firstCode;
  #isStopping = false;
  #ended;
  #settle;

  constructor() {
    this.#ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void this.#stop(signal));
    if (process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32') this.#followParent();
  }

  /**
   * Starts a TypeScript or JavaScript file of the repository on the pinned Node; paths in `args` stay the caller's.
   * A quiet one says only what goes wrong. When one with a `name` breaks down, it is said which.
   */
  start(file, args, { environment = {}, quiet = false, name, nodeFlags = [] } = {}) {
    const flags = ['--disable-warning=ExperimentalWarning', ...nodeFlags];
    const child = spawn(pinnedNode, [...flags, resolve(root, file), ...args], {
      env: { ...packageEnvironment(), ...environment },
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
      // A group of its own: Ctrl-C reaches it once, through this class, not a second time from the terminal.
      detached: process.platform !== 'win32',
    });
    this.#children.add(child);
    child.once('error', (error) => {
      process.stderr.write(`${file} could not be started: ${error.message}\n`);
      this.#leave(child, 1);
    });
    child.once('exit', (code, signal) => {
      if (name !== undefined && !this.#isStopping) sayBroken(name, code, signal);
      this.#leave(child, code ?? 128 + (constants.signals[signal] ?? 0));
    });
    return child;
  }

  /** Exit code of the child that ended first, once all have ended. */
  async wait() {
    return await this.#ended;
  }

  /** Asks every child to end and waits for it. */
  async stop() {
    await this.#stop('SIGTERM');
  }

  #followParent() {
    const parent = process.ppid;
    const check = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(check);
      void this.#stop('SIGTERM');
    }, parentCheckMs);
    check.unref();
  }

  #leave(child, code) {
    if (!this.#children.delete(child)) return;
    this.#firstCode ??= code;
    if (this.#children.size === 0) this.#settle(this.#firstCode);
    // Whoever is stopping has told the others already.
    else if (!this.#isStopping) void this.#stop('SIGTERM');
  }

  async #stop(signal) {
    this.#isStopping = true;
    const children = [...this.#children];
    if (children.length === 0) return;
    const kill = setTimeout(() => children.forEach((child) => child.kill('SIGKILL')), graceMs);
    kill.unref();
    const exits = children.map((child) => once(child, 'exit'));
    for (const child of children) child.kill(signal);
    await Promise.all(exits);
    clearTimeout(kill);
  }
}

/** Exit code 0 is no breakdown, and 2 was explained by the process: its options were wrong. */
function sayBroken(name, code, signal) {
  if (code === 0 || code === 2) return;
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  process.stderr.write(`The ${name} ended unexpectedly, ${how}. Everything is stopped.\n`);
}
