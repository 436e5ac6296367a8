// When a new plan is asked for, and how much of the one before it may change.

import type { LayoutMode } from '../layout/plan.ts';

/** What the last wish was about. */
export type Asked = {
  /** Who stands where it can be seen; '' before the first. */
  readonly shape: string;
  readonly links: number;
  /** How many nodes and pills were there when they were last arranged anew or made room. */
  readonly things: number;
  /** What is looked at; undefined before the first wish, and while nothing was to be seen. */
  readonly view: string | undefined;
  readonly turned: string;
  readonly again: number;
  /** Width over height of the pane that it was last arranged for; 0 before the first. */
  readonly aspect: number;
  /** When the view was first seen with something in it. */
  readonly sinceMs: number;
};

export const NOTHING_ASKED: Asked = {
  shape: '',
  links: 0,
  things: 0,
  view: undefined,
  turned: '',
  again: 0,
  aspect: 0,
  sinceMs: 0,
};

/** So long after the first answer nodes still come in heaps, and everything is arranged anew. */
const SETTLING_MS = 4000;
/** Meanwhile so large a share of new links is reason enough: they say which columns things belong in. */
const MANY_NEW_LINKS = 0.1;

/** So long a map is young: when it has grown this much since it was arranged, what came first must not decide it all. */
const YOUNG_MS = 30_000;
const GROWN = 1.5;
/** By so many at least: a node that appears in a small map moves nothing. */
const GROWN_BY = 5;

/** In a pane so much wider or narrower half of it would stay empty. A panel that opens beside it is less than that. */
const RESHAPED = 1.8;

/** What is to be seen now. */
export type Seen = Omit<Asked, 'sinceMs' | 'view'> & {
  readonly view: string;
  /** Somebody points at something, has chosen it or moved the camera to it: it must not run away. */
  readonly inHand: boolean;
};

/**
 * The mode to ask for, undefined when nothing has to be asked. A map that was empty in between begins again: what comes
 * first would otherwise decide where all that follows finds a place.
 */
export function layoutWish(
  before: Asked,
  { inHand, ...seen }: Seen,
  nowMs: number,
): { readonly mode: LayoutMode; readonly asked: Asked } | undefined {
  const newView = before.view !== seen.view;
  const same = !newView && before.turned === seen.turned && before.again === seen.again;
  const sinceMs = newView ? nowMs : before.sinceMs;
  const settling = nowMs - sinceMs < SETTLING_MS;
  const linked = settling && Math.abs(seen.links - before.links) > before.links * MANY_NEW_LINKS;
  const reshaped = isReshaped(before.aspect, seen.aspect);
  if (same && before.shape === seen.shape && !linked && !reshaped) return undefined;
  const grown = nowMs - sinceMs < YOUNG_MS && seen.things >= grownFrom(before.things);
  const mode: LayoutMode =
    settling || before.again !== seen.again
      ? 'fresh'
      : before.turned !== seen.turned
        ? 'turn'
        : !inHand && (grown || reshaped)
          ? 'fresh'
          : 'keep';
  const asked: Asked = {
    ...seen,
    things: mode === 'keep' ? before.things : seen.things,
    // Who had a hand on it in its new shape has taken it as it is: letting go arranges nothing.
    aspect: mode === 'fresh' || inHand ? seen.aspect : before.aspect,
    sinceMs,
  };
  return { mode, asked };
}

function isReshaped(before: number, now: number): boolean {
  return before > 0 && Math.max(before / now, now / before) >= RESHAPED;
}

function grownFrom(things: number): number {
  return Math.max(things * GROWN, things + GROWN_BY);
}
