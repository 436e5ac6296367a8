// Where the camera stands, and what it sees from there.

import type { Drawing } from '../draw/draw-list.ts';
import { NEAR_ZOOM, MIN_ZOOM } from '../draw/level.ts';
import type { Camera, Surface } from '../draw/paint.ts';
import type { Box } from '../layout/geometry.ts';

/** Places at the edges, in px. */
export type Margins = { readonly right: number; readonly bottom: number };

const FIT_PAD_PX = 14;

/** All of the map, never larger than a card is meant to be. */
export function cameraFor(bounds: Box, { widthPx, heightPx }: Surface, { right, bottom }: Margins): Camera {
  const room = {
    w: Math.max(40, widthPx - right - 2 * FIT_PAD_PX),
    h: Math.max(40, heightPx - bottom - 2 * FIT_PAD_PX),
  };
  const k = Math.max(MIN_ZOOM, Math.min(room.w / bounds.w, room.h / bounds.h, NEAR_ZOOM));
  return {
    k,
    x: FIT_PAD_PX + room.w / 2 - (bounds.x + bounds.w / 2) * k,
    y: FIT_PAD_PX + room.h / 2 - (bounds.y + bounds.h / 2) * k,
  };
}

/** Everything that is drawn, links that swing out around their column included. */
export function wholeOf({ geometry, links }: Drawing): Box {
  let { x, y } = geometry.bounds;
  let right = x + geometry.bounds.w;
  let bottom = y + geometry.bounds.h;
  for (const { route } of links) {
    for (const point of route.points) {
      x = Math.min(x, point.x);
      y = Math.min(y, point.y);
      right = Math.max(right, point.x);
      bottom = Math.max(bottom, point.y);
    }
  }
  return { x, y, w: right - x, h: bottom - y };
}

/** px by which a span has to move to lie within 0 and `room`, with some air. */
export function shift(from: number, length: number, room: number): number {
  const air = Math.min(6, Math.max(0, (room - length) / 2));
  if (from < air) return air - from;
  return from + length > room - air ? Math.min(room - air - from - length, 0) : 0;
}

export function sightOf({ x, y, k }: Camera, { widthPx, heightPx }: Surface): Box {
  return { x: -x / k, y: -y / k, w: widthPx / k, h: heightPx / k };
}

export function covers(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.w >= inner.x + inner.w &&
    outer.y + outer.h >= inner.y + inner.h
  );
}
