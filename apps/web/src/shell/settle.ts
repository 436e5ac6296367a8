// Numbers on screen settle at most four times a second, however often they change underneath.

import { useEffect, useState } from 'react';

const SETTLE_MS = 250;

export type Settler<T> = {
  readonly offer: (value: T) => void;
  readonly close: () => void;
};

export type Timers = {
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (id: unknown) => void;
};

const PAGE_TIMERS: Timers = {
  setTimeout: (run, ms) => window.setTimeout(run, ms),
  clearTimeout: (id) => {
    if (typeof id === 'number') window.clearTimeout(id);
  },
};

/** Shows the first value at once, then the latest one each `everyMs` while values come. */
export function createSettler<T>(
  show: (value: T) => void,
  everyMs = SETTLE_MS,
  timers: Timers = PAGE_TIMERS,
): Settler<T> {
  let resting: unknown;
  let pending: { readonly value: T } | undefined;
  function showAndRest(value: T): void {
    pending = undefined;
    show(value);
    resting = timers.setTimeout(() => {
      resting = undefined;
      if (pending !== undefined) showAndRest(pending.value);
    }, everyMs);
  }
  return {
    offer: (value) => {
      if (resting === undefined) showAndRest(value);
      else pending = { value };
    },
    close: () => {
      if (resting !== undefined) timers.clearTimeout(resting);
      resting = undefined;
      pending = undefined;
    },
  };
}

/** `value`, changing at most four times a second. */
export function useSettled<T>(value: T): T {
  const [shown, setShown] = useState(value);
  const [settler] = useState(() => createSettler<T>((next) => setShown(() => next)));
  useEffect(() => settler.offer(value), [settler, value]);
  useEffect(() => settler.close, [settler]);
  return shown;
}
