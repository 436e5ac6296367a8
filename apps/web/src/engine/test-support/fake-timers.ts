// A clock and timers that move only when a test says so.

export type FakeTime = {
  readonly now: () => number;
  readonly after: (delayMs: number, callback: () => void) => () => void;
  /** Runs what is due until that much time has passed. */
  readonly advance: (ms: number) => void;
  readonly pending: () => number;
};

export function fakeTime(startMs = 1_700_000_000_000): FakeTime {
  let now = startMs;
  let timers: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    after: (delayMs, callback) => {
      const timer = { at: now + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance: (ms) => {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers = timers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = end;
    },
    pending: () => timers.length,
  };
}
