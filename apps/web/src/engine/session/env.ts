// What the session takes from its surroundings; tests give it their own clock, timers and network.

import type { LateCode } from '../../loading/late-code.ts';
import type { FromWorker } from '../messages.ts';
import type { LateAnswers } from './answer.ts';

export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

export type SessionEnv = {
  readonly post: (message: FromWorker) => void;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Milliseconds on a clock that never jumps. */
  readonly monotonicMs: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Calls back once after a delay; the function it answers with takes that back. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  readonly fetch: FetchLike;
  /** Resolves when everything else that is waiting has had its turn. */
  readonly turn: () => Promise<void>;
  /** The code of most answers. */
  readonly lateAnswers: LateCode<LateAnswers>;
  /** A bug in something that nobody waits for. */
  readonly failed: (error: unknown) => void;
  /** One of the browser's few long-lived connections to the server. */
  readonly takeSlot: TakeSlot;
};

/** Resolves to what gives the slot back, or to undefined when other tabs hold them all. */
export type TakeSlot = () => Promise<(() => void) | undefined>;
