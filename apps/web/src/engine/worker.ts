// The worker's entry: wires the session to the worker's own messages, clock and network.

import { fetchExpressionsWith } from '@finderscope/flow-query';
import { lateCode } from '../loading/late-code.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { Session } from './session/session.ts';
import { createSlots } from './sources/stream-slots.ts';

const RETRY_MS = 5000;
const PRELOAD_MS = 5000;

const post = (message: FromWorker): void => {
  self.postMessage(message);
};

// A message to oneself: timers wait for four milliseconds when they follow one another.
const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.addEventListener('message', () => waiting.shift()?.());
turns.port1.start();
function inTurn(callback: () => void): void {
  waiting.push(callback);
  turns.port2.postMessage(undefined);
}

/** The page shows it and stops: nothing that is asked of this worker can be relied on any more. */
function fail(error: unknown): void {
  post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  self.reportError(error);
}

const after = (delayMs: number, callback: () => void): (() => void) => {
  if (delayMs > 0) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  }
  let isWanted = true;
  inTurn(() => {
    if (isWanted) callback();
  });
  return () => {
    isWanted = false;
  };
};

const session = new Session({
  post,
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  random: () => Math.random(),
  after,
  fetch: (url, init) => fetch(url, init),
  turn: () => new Promise(inTurn),
  lateAnswers: lateCode(
    () => Promise.resolve(),
    async () => (await import('./session/late-answers.ts')).lateAnswers,
  ),
  failed: fail,
  // Named only when asked for: where storage is blocked, to name it is an error already.
  takeSlot: createSlots(navigator.locks, { open: (name, version) => indexedDB.open(name, version) }, after),
});

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  try {
    session.handle(event.data);
  } catch (error) {
    fail(error);
  }
});

// Half of what the worker would load before its first flow, and most filters need neither RE2 nor CEL: fetched when one
// does, or once the page has been up for a while.
function loadExpressions(): void {
  import('@finderscope/flow-query/expressions').catch(() => setTimeout(loadExpressions, RETRY_MS));
}
fetchExpressionsWith(loadExpressions);
setTimeout(loadExpressions, PRELOAD_MS);
