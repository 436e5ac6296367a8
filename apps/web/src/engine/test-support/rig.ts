// A session and the page's handle on it, joined by a wire that a test can hold: real HTTP, a clock of its own.

import { lateCode } from '../../loading/late-code.ts';
import { createEngineOn } from '../client.ts';
import type { FromWorker, ToWorker } from '../messages.ts';
import type { Engine } from '../protocol.ts';
import type { FetchLike } from '../session/env.ts';
import { Session } from '../session/session.ts';
import type { StoreLimits } from '@finderscope/flow-store';

export type Rig = {
  readonly engine: Engine;
  readonly session: Session;
  /** Every message that the session has sent. */
  readonly sent: FromWorker[];
  /** Every time in milliseconds that the session has waited for, but for those that the rig does not let pass. */
  readonly waits: number[];
  /** Frames are drawn only by `drawFrame` while this is set. */
  holdFrames: boolean;
  readonly drawFrame: () => void;
};

export type RigOptions = {
  readonly limits?: Partial<StoreLimits>;
  readonly fetch?: FetchLike;
  /** Milliseconds that each look at the clock takes; makes scans end their slices early. */
  readonly msPerLook?: number;
  /** Timers that take this long or longer never fire; 500 when left out. */
  readonly timersBelowMs?: number;
  /** Until it resolves the code of late answers does not come; a rejection is its failure. */
  readonly lateAnswersAfter?: () => Promise<void>;
};

/** Timers run on the real event loop, without waiting: nothing here depends on how long things take. */
export function startRig(options: RigOptions = {}): Rig {
  let onMessage: (message: FromWorker) => void = () => {};
  const frameCallbacks: (() => void)[] = [];
  const sent: FromWorker[] = [];
  const waits: number[] = [];
  let clock = 1000;
  const session = new Session(
    {
      post: (message) => {
        sent.push(message);
        // as a worker's message is: copied, and delivered later
        const copy = structuredClone(message);
        setImmediate(() => onMessage(copy));
      },
      now: () => 1_700_000_100_000 + clock,
      monotonicMs: () => (clock += options.msPerLook ?? 0.01),
      random: () => 0.5,
      after: (delayMs, callback) => {
        // Reconnects and the one-second tick stay out of the way unless a test asks to retry.
        if (delayMs >= (options.timersBelowMs ?? 500)) return () => {};
        const timer = setImmediate(() => {
          clock += delayMs;
          waits.push(delayMs);
          callback();
        });
        return () => clearImmediate(timer);
      },
      lateAnswers: lateCode(
        options.lateAnswersAfter ?? (() => Promise.resolve()),
        async () => (await import('../session/late-answers.ts')).lateAnswers,
      ),
      failed: (error) => {
        throw error;
      },
      turn: () => new Promise((resolve) => setImmediate(resolve)),
      fetch: options.fetch ?? ((url, init) => fetch(url, init)),
      takeSlot: () => Promise.resolve(() => undefined),
    },
    options.limits,
  );
  const rig: Rig = {
    session,
    sent,
    waits,
    holdFrames: false,
    drawFrame: () => {
      for (const callback of frameCallbacks.splice(0)) callback();
    },
    engine: createEngineOn(
      {
        postMessage: (message: ToWorker) => session.handle(structuredClone(message)),
        listen: (listener) => {
          onMessage = listener;
        },
        terminate: () => session.close(),
      },
      (callback) => {
        if (rig.holdFrames) frameCallbacks.push(callback);
        else callback();
      },
    ),
  };
  return rig;
}
