// The brush: dragging over the chart makes a window, dragging its middle moves it, its edges resize it. Windows keep
// to the edges of bars; the end of one that reaches now stays open and runs on.

import type { TimeWindow } from '../../view-state/index.ts';
import { msOf, nsOf } from './domain.ts';

export type Brush = {
  readonly startMs: number;
  /** undefined: open, up to now. */
  readonly endMs: number | undefined;
};

/** What a pointer has taken hold of, and where. */
export type Grip =
  | { readonly kind: 'new'; readonly fromMs: number }
  | { readonly kind: 'move'; readonly fromMs: number; readonly brush: Brush }
  | { readonly kind: 'start' | 'end'; readonly brush: Brush };

/** What bounds a brush: bars and the clock. */
export type BrushBounds = { readonly bucketMs: number; readonly nowMs: number };

const EDGE_PX = 5;

/** The brush that a window of the view is drawn as; "last 5 min" is what is on screen and needs none. */
export function brushOf(window: TimeWindow | undefined, earliestMs: number): Brush | undefined {
  if (window?.kind !== 'between') return undefined;
  return { startMs: msOf(window.sinceNs) ?? earliestMs, endMs: msOf(window.untilNs) };
}

export function windowOf({ startMs, endMs }: Brush): TimeWindow {
  return { kind: 'between', sinceNs: nsOf(startMs), untilNs: endMs === undefined ? undefined : nsOf(endMs) };
}

/** What a pointer at `ms` would take hold of. */
export function gripAt(brush: Brush | undefined, ms: number, pxPerMs: number, nowMs: number): Grip {
  if (brush === undefined) return { kind: 'new', fromMs: ms };
  const endMs = brush.endMs ?? nowMs;
  const toStartPx = Math.abs(ms - brush.startMs) * pxPerMs;
  const toEndPx = Math.abs(ms - endMs) * pxPerMs;
  if (toEndPx <= EDGE_PX && toEndPx <= toStartPx) return { kind: 'end', brush };
  if (toStartPx <= EDGE_PX) return { kind: 'start', brush };
  if (ms > brush.startMs && ms < endMs) return { kind: 'move', fromMs: ms, brush };
  return { kind: 'new', fromMs: ms };
}

/** The brush after the pointer has come to `ms`. */
export function dragTo(grip: Grip, ms: number, bounds: BrushBounds): Brush {
  const { bucketMs, nowMs } = bounds;
  switch (grip.kind) {
    case 'new':
      return spread(grip.fromMs, ms, bounds);
    case 'start':
      return spread((grip.brush.endMs ?? nowMs) - 1e-3, ms, bounds);
    case 'end':
      return spread(grip.brush.startMs, ms, bounds);
    case 'move': {
      const endMs = grip.brush.endMs ?? ceilTo(nowMs, bucketMs);
      const room = ceilTo(nowMs, bucketMs) - endMs;
      const byMs = Math.min(room, Math.round((ms - grip.fromMs) / bucketMs) * bucketMs);
      if (byMs === 0) return grip.brush;
      return closed({ startMs: grip.brush.startMs + byMs, endMs: endMs + byMs }, nowMs);
    }
  }
}

/** From one time to another, in whole bars, at least one. */
export function spread(aMs: number, bMs: number, { bucketMs, nowMs }: BrushBounds): Brush {
  const startMs = floorTo(Math.min(aMs, bMs, nowMs), bucketMs);
  const endMs = Math.max(startMs + bucketMs, ceilTo(Math.max(aMs, bMs), bucketMs));
  return closed({ startMs, endMs }, nowMs);
}

function closed(
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  nowMs: number,
): Brush {
  return { startMs, endMs: endMs >= nowMs ? undefined : endMs };
}

export function floorTo(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs;
}

export function ceilTo(ms: number, stepMs: number): number {
  return Math.ceil(ms / stepMs) * stepMs;
}
