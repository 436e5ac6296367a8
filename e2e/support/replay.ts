// Records of a file as a cluster: what a person gets with `--scenario replay`, all of it at once.

import { expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCounters } from './demo-control.ts';
import { startStack, type Stack } from './stack.ts';

/** Path of a file in e2e/fixtures. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** The lines of a file, without the line break at its end. */
export function readLines(file: string): readonly string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Flags of a demo cluster that plays `file` in an instant, with the times that it holds. */
export function replayFlags(file: string): readonly string[] {
  return ['--scenario', 'replay', '--file', file, '--keep-times', '--speed', '1000000'];
}

/** Starts a cluster that plays `file` and resolves when `flows` flows of it have been played. */
export async function startReplay(file: string, flows: number): Promise<Stack> {
  const stack = await startStack({ demo: replayFlags(file) });
  await replayed(stack, flows);
  return stack;
}

/** Resolves when the cluster has made that many flows. */
export async function replayed(stack: Stack, flows: number): Promise<void> {
  await expect
    .poll(async () => Number((await readCounters(stack.url)).flowsGenerated), { message: 'flows played' })
    .toBe(flows);
}
