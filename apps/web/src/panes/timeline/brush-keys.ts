// The brush by keyboard: arrows move the cursor, or the window where there is one; with shift they spread a window
// from where the cursor stood; Enter applies it, Escape gives up. E goes to the next thing that an agent told.

import type { Brush, BrushBounds } from './brush.ts';
import { ceilTo, floorTo, spread } from './brush.ts';
import type { Span } from './time-scale.ts';

export type KeyState = {
  /** Start of the bar under the cursor; undefined before the first key. */
  readonly cursorMs: number | undefined;
  /** A window being made, with the end that stays. */
  readonly draft: { readonly anchorMs: number; readonly brush: Brush } | undefined;
};

export type KeyOutcome =
  | { readonly kind: 'state'; readonly state: KeyState }
  | { readonly kind: 'apply'; readonly brush: Brush }
  /** Escape with nothing begun: back to live. */
  | { readonly kind: 'leave' }
  /** Zoom by a factor around the cursor. */
  | { readonly kind: 'zoom'; readonly factor: number; readonly atMs: number };

export type KeyInputs = BrushBounds & {
  readonly state: KeyState;
  /** The window in force. */
  readonly applied: Brush | undefined;
  readonly span: Span;
  /** Bars in which agents told something, by their starts, ascending. */
  readonly eventsMs: readonly number[];
};

export type KeyPress = { readonly key: string; readonly shiftKey: boolean };

/** Bars that Page keys jump. */
const PAGE = 10;
export const NO_KEYS: KeyState = { cursorMs: undefined, draft: undefined };

/** undefined: not a key of the timeline. */
export function pressKey(press: KeyPress, inputs: KeyInputs): KeyOutcome | undefined {
  const { state, applied, span, bucketMs } = inputs;
  const cursorMs = state.cursorMs ?? lastBar(inputs);
  switch (press.key) {
    case 'Enter':
      return state.draft === undefined ? undefined : { kind: 'apply', brush: state.draft.brush };
    case 'Escape':
      if (state.draft !== undefined) return { kind: 'state', state: { ...state, draft: undefined } };
      return { kind: 'leave' };
    case '+':
    case '=':
      return { kind: 'zoom', factor: 0.5, atMs: cursorMs + bucketMs / 2 };
    case '-':
      return { kind: 'zoom', factor: 2, atMs: cursorMs + bucketMs / 2 };
    case 'e':
    case 'E': {
      const { eventsMs } = inputs;
      const toMs = press.shiftKey
        ? eventsMs.findLast((ms) => ms < cursorMs)
        : eventsMs.find((ms) => ms > cursorMs);
      return toMs === undefined ? undefined : { kind: 'state', state: { cursorMs: toMs, draft: undefined } };
    }
    default: {
      const toMs = targetOf(press.key, cursorMs, inputs);
      if (toMs === undefined) return undefined;
      const byMs = toMs - cursorMs;
      if (press.shiftKey) return grow(inputs, cursorMs, byMs);
      const held = state.draft?.brush ?? applied;
      if (held !== undefined) return moveWindow(held, toMs - cursorMs, inputs);
      const first = floorTo(span.startMs, bucketMs);
      const known =
        state.cursorMs === undefined ? cursorMs : Math.min(lastBar(inputs), Math.max(first, toMs));
      return { kind: 'state', state: { cursorMs: known, draft: undefined } };
    }
  }
}

function targetOf(key: string, cursorMs: number, inputs: KeyInputs): number | undefined {
  const { bucketMs, span } = inputs;
  switch (key) {
    case 'ArrowLeft':
      return cursorMs - bucketMs;
    case 'ArrowRight':
      return cursorMs + bucketMs;
    case 'PageUp':
      return cursorMs - PAGE * bucketMs;
    case 'PageDown':
      return cursorMs + PAGE * bucketMs;
    case 'Home':
      return ceilTo(span.startMs, bucketMs);
    case 'End':
      return lastBar(inputs);
    default:
      return undefined;
  }
}

/** Spreads from the end that stays: the bar of the cursor, or the start of the window in force. */
function grow(inputs: KeyInputs, cursorMs: number, byMs: number): KeyOutcome {
  const { state, applied, bucketMs, nowMs } = inputs;
  const fresh = state.draft === undefined && applied === undefined;
  const anchorMs = state.draft?.anchorMs ?? applied?.startMs ?? cursorMs;
  const headMs = fresh ? cursorMs + byMs : headOf(state.draft?.brush ?? applied, anchorMs, inputs) + byMs;
  const limited = Math.min(headMs, floorTo(nowMs, bucketMs));
  const brush = spread(Math.min(anchorMs, limited), Math.max(anchorMs, limited) + bucketMs / 2, inputs);
  return { kind: 'state', state: { cursorMs: limited, draft: { anchorMs, brush } } };
}

/** The bar at the end of the window that moves. */
function headOf(brush: Brush | undefined, anchorMs: number, { bucketMs, nowMs }: KeyInputs): number {
  if (brush === undefined) return anchorMs;
  if (brush.startMs < anchorMs) return brush.startMs;
  return (brush.endMs ?? ceilTo(nowMs, bucketMs)) - bucketMs;
}

function moveWindow(brush: Brush, byMs: number, inputs: KeyInputs): KeyOutcome {
  const { bucketMs, nowMs } = inputs;
  const nowEdge = ceilTo(nowMs, bucketMs);
  const endMs = brush.endMs ?? nowEdge;
  const by = Math.min(byMs, nowEdge - endMs);
  const startMs = brush.startMs + by;
  const moved: Brush = { startMs, endMs: endMs + by >= nowEdge ? undefined : endMs + by };
  return { kind: 'state', state: { cursorMs: startMs, draft: { anchorMs: startMs, brush: moved } } };
}

function lastBar({ span, bucketMs, nowMs }: KeyInputs): number {
  return floorTo(Math.min(span.endMs, nowMs) - 1e-3, bucketMs);
}
