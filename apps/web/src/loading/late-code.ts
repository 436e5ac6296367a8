// Code that is fetched after something else, once, and then stays.

import { trackFetch } from './fetches.ts';

export type LateCode<T> = {
  /** Asks for it; again while it is on its way or here does nothing, after a failure it is tried anew. */
  readonly fetch: () => void;
  /** What is known now: the same object until that changes. */
  readonly state: () => LateState<T>;
  /** Returns the end of it. */
  readonly subscribe: (changed: () => void) => () => void;
};

export type LateState<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'here'; readonly code: T }
  | { readonly kind: 'failed'; readonly error: unknown };

const ABSENT = { kind: 'absent' } as const;

/** `load` is called when `after` has resolved. */
export function lateCode<T>(after: () => Promise<void>, load: () => Promise<T>): LateCode<T> {
  const listeners = new Set<() => void>();
  let state: LateState<T> = ABSENT;
  let fetching = false;
  function become(next: LateState<T>): void {
    state = next;
    fetching = false;
    for (const changed of listeners) changed();
  }
  return {
    fetch: () => {
      if (fetching || state.kind === 'here') return;
      fetching = true;
      state = ABSENT;
      void trackFetch(
        after()
          .then(load)
          .then(
            (code) => become({ kind: 'here', code }),
            (error: unknown) => become({ kind: 'failed', error }),
          ),
      );
    },
    state: () => state,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
