// Which time is on screen, as React holds it: the zoom of this page, and the length that is kept while it serves.

import { useState } from 'react';
import type { TimeWindow } from '../../view-state/index.ts';
import { isLive, spanOf, type Zoom } from './domain.ts';
import type { Span } from './time-scale.ts';

export type ZoomControl = {
  readonly span: Span;
  /** The right end moves on with time. */
  readonly live: boolean;
  /** A zoom is in force. */
  readonly zoomed: boolean;
  /** Zooms for a window that is in force or about to be; undefined shows the window itself. */
  readonly setZoom: (zoom: Zoom | undefined, forWindow: TimeWindow | undefined) => void;
};

/** A zoom belongs to the window it was made in: another window shows itself afresh. */
export function useZoom(
  window: TimeWindow | undefined,
  nowMs: number,
  oldestMs: number | undefined,
): ZoomControl {
  const [held, setHeld] = useState<{ readonly zoom: Zoom; readonly key: string } | undefined>(undefined);
  const [lengthMs, setLengthMs] = useState<number | undefined>(undefined);
  const zoom = held?.key === keyOf(window) ? held.zoom : undefined;
  const span = spanOf({ zoom, window, endMs: nowMs, oldestMs, previousMs: lengthMs });
  const free = zoom === undefined && window === undefined;
  const spanMs = Math.round(span.endMs - span.startMs);
  if (free && spanMs !== lengthMs) setLengthMs(spanMs);
  return {
    span,
    live: isLive({ zoom, window }),
    zoomed: zoom !== undefined,
    setZoom: (next, forWindow) =>
      setHeld(next === undefined ? undefined : { zoom: next, key: keyOf(forWindow) }),
  };
}

function keyOf(window: TimeWindow | undefined): string {
  if (window === undefined) return '';
  if (window.kind === 'last') return String(window.spanMs);
  return `${String(window.sinceNs)}/${String(window.untilNs)}`;
}
