// Numbers on screen settle: a first change shows at once, what follows at most so many times a second, the latest one.
// Numbers that flicker cannot be read.

import { useEffect, useRef, useState } from 'react';

/** Four times a second. */
export const SETTLE_MS = 250;

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

/** One for each value that waits to be shown. */
const waits = new Set<Promise<void>>();

/** Shows the first value at once, then the latest one each `everyMs` while values come. */
export function createSettler<T>(
  show: (value: T) => void,
  everyMs = SETTLE_MS,
  timers: Timers = PAGE_TIMERS,
): Settler<T> {
  let resting: unknown;
  let pending: { readonly value: T; readonly endWait: () => void } | undefined;
  function showAndRest(value: T): void {
    show(value);
    resting = timers.setTimeout(() => {
      resting = undefined;
      const next = pending;
      pending = undefined;
      if (next === undefined) return;
      showAndRest(next.value);
      next.endWait();
    }, everyMs);
  }
  return {
    offer: (value) => {
      if (resting === undefined) showAndRest(value);
      else pending = { value, endWait: pending?.endWait ?? beginWait(everyMs) };
    },
    close: () => {
      if (resting !== undefined) timers.clearTimeout(resting);
      resting = undefined;
      pending?.endWait();
      pending = undefined;
    },
  };
}

/** What settles more slowly is read aloud, and nobody waits for it. */
function beginWait(everyMs: number): () => void {
  if (everyMs > SETTLE_MS) return () => undefined;
  const { promise, resolve } = Promise.withResolvers<void>();
  waits.add(promise);
  return () => {
    waits.delete(promise);
    resolve();
  };
}

/** Resolves when the values that wait now are shown; with whether there were any. */
export async function valuesSettled(): Promise<boolean> {
  const waited = waits.size > 0;
  await Promise.all(waits);
  return waited;
}

/** `value`, changing at most every `everyMs`. */
export function useSettled<T>(value: T, everyMs = SETTLE_MS): T {
  const [shown, setShown] = useState(value);
  const offered = useRef(value);
  const [settler] = useState(() => createSettler<T>((next) => setShown(() => next), everyMs));
  useEffect(() => {
    if (offered.current === value) return;
    offered.current = value;
    settler.offer(value);
  }, [settler, value]);
  useEffect(() => settler.close, [settler]);
  return shown;
}
