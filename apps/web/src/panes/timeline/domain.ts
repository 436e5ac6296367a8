// Which time is on screen. Derived from the view, unless a person has zoomed or panned:
//
//   window in the view       on screen
//   none                     all that is held, as the last 1 min, 1.5 min, 2 min ... up to a day
//   last 5 min               the last 5 min
//   from one time to another the window with as much again on both sides, drawn as the brush
//
// "Last" ends now, or at the pause. A zoom belongs to the window it was made in: another window shows itself afresh.

import type { TimeWindow } from '../../view-state/index.ts';
import type { Span } from './time-scale.ts';

/** A choice of the person: the newest `lengthMs`, sliding on, or a span that stays. */
export type Zoom =
  | { readonly kind: 'live'; readonly lengthMs: number }
  | { readonly kind: 'fixed'; readonly span: Span };

export type DomainInputs = {
  readonly zoom: Zoom | undefined;
  readonly window: TimeWindow | undefined;
  /** Right end of what can be seen: the time of the cluster, or of the pause. */
  readonly endMs: number;
  /** Oldest flow held; undefined without flows. */
  readonly oldestMs: number | undefined;
  /** Length given the last time, so that it does not change without need. */
  readonly previousMs: number | undefined;
};

const MIN = 60_000;
const H = 60 * MIN;
const LENGTHS_MS: readonly number[] = [
  ...[1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 50].map((n) => n * MIN),
  ...[1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 18, 21, 24].map((n) => n * H),
];
const SHORTEST_MS = 200;
const LONGEST_MS = 31 * 24 * H;

/** True while the right end moves on with time. */
export function isLive({ zoom, window }: Pick<DomainInputs, 'zoom' | 'window'>): boolean {
  if (zoom !== undefined) return zoom.kind === 'live';
  return window?.kind !== 'between' || window.untilNs === undefined;
}

/** The span on screen. */
export function spanOf(inputs: DomainInputs): Span {
  const { zoom, window, endMs } = inputs;
  if (zoom?.kind === 'fixed') return zoom.span;
  if (zoom !== undefined) return lastOf(zoom.lengthMs, endMs);
  if (window === undefined) return lastOf(heldLength(inputs), endMs);
  if (window.kind === 'last') return lastOf(window.spanMs, endMs);
  return aroundWindow(msOf(window.sinceNs), msOf(window.untilNs), endMs, heldLength(inputs));
}

/** ms since the epoch of a flow time; the fraction stays. */
export function msOf(ns: bigint): number;
export function msOf(ns: bigint | undefined): number | undefined;
export function msOf(ns: bigint | undefined): number | undefined {
  return ns === undefined ? undefined : Number(ns / 1000n) / 1000;
}

/** Flow time of whole microseconds. */
export function nsOf(ms: number): bigint {
  return BigInt(Math.round(ms * 1000)) * 1000n;
}

function lastOf(lengthMs: number, endMs: number): Span {
  return { startMs: endMs - lengthMs, endMs };
}

/** The first round length that covers what is held; it shrinks only when less than half of it is used. */
function heldLength({ endMs, oldestMs, previousMs }: DomainInputs): number {
  const heldMs = oldestMs === undefined ? 0 : endMs - oldestMs;
  if (previousMs !== undefined && heldMs <= previousMs && heldMs > previousMs / 2) return previousMs;
  return LENGTHS_MS.find((length) => length >= heldMs) ?? 24 * H;
}

function aroundWindow(
  sinceMs: number | undefined,
  untilMs: number | undefined,
  endMs: number,
  heldMs: number,
): Span {
  if (sinceMs === undefined) {
    const end = untilMs ?? endMs;
    return { startMs: end - heldMs, endMs: Math.min(Math.max(end, endMs), end + heldMs) };
  }
  // An open end follows the clock; the start keeps its place a tenth from the left.
  if (untilMs === undefined) return lastOf(Math.max(heldMs, (endMs - sinceMs) * 1.1), endMs);
  const lengthMs = clampLength(untilMs - sinceMs);
  return { startMs: sinceMs - lengthMs, endMs: Math.max(untilMs, Math.min(endMs, untilMs + lengthMs)) };
}

/** Zooms by `factor` (below 1: closer) with `atMs` keeping its place, unless that is near the running end. */
export function zoomAt(span: Span, atMs: number, factor: number, live: boolean, endMs: number): Zoom {
  const lengthMs = span.endMs - span.startMs;
  const nextMs = clampLength(lengthMs * factor);
  const share = (atMs - span.startMs) / lengthMs;
  if (live && share > 0.85) return { kind: 'live', lengthMs: nextMs };
  const startMs = atMs - share * nextMs;
  return landed({ startMs, endMs: startMs + nextMs }, endMs);
}

/** Moves by `byMs`; at the running end it takes hold of it again. */
export function panBy(span: Span, byMs: number, endMs: number): Zoom {
  return landed({ startMs: span.startMs + byMs, endMs: span.endMs + byMs }, endMs);
}

function landed(span: Span, endMs: number): Zoom {
  if (span.endMs >= endMs) return { kind: 'live', lengthMs: span.endMs - span.startMs };
  return { kind: 'fixed', span };
}

function clampLength(lengthMs: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, lengthMs));
}
