// The mark of the keyboard: which thing of the map is next on one side of another.

import { type Box, centreOf, type Geometry, type Point } from '../layout/geometry.ts';
import { ISLAND_HEAD, LANE_CAPTION_W } from '../layout/sizes.ts';
import type { MapScene } from '../model/scene.ts';
import type { Direction } from './map-keys.ts';
import type { Hit } from './map-view.ts';

export type Markable = { readonly hit: Hit; readonly box: Box };

/** What can be marked: cards, pills, closed islands, and the heads of open ones. */
export function markables(scene: MapScene, geometry: Geometry): readonly Markable[] {
  const marks: Markable[] = [];
  for (const [id, box] of geometry.items) {
    if (scene.items.has(id)) marks.push({ hit: { kind: 'item', id }, box });
  }
  for (const { id, name, open, lane } of scene.islands) {
    const box = geometry.islands.get(id);
    if (box === undefined || !open || name === '') continue;
    const head = lane
      ? { ...box, x: box.x - LANE_CAPTION_W, w: LANE_CAPTION_W - 8 }
      : { ...box, h: ISLAND_HEAD - 6 };
    marks.push({ hit: { kind: 'island', id }, box: head });
  }
  return marks;
}

/** Steps aside cost more than steps ahead, and what lies more aside than ahead comes last. */
const ASIDE = 2.5;
const ASKEW = 10_000;

/**
 * The nearest on that side of what is marked; what is marked when there is none. Without a mark the one that comes
 * first in reading.
 */
export function nextMark(
  marks: readonly Markable[],
  from: string | undefined,
  to: Direction,
): Markable | undefined {
  const start = marks.find(({ hit }) => hit.id === from);
  if (start === undefined) return first(marks);
  const at = leftOf(start.box);
  let best: { readonly mark: Markable; readonly far: number } | undefined;
  for (const mark of marks) {
    if (mark === start) continue;
    const { ahead, aside } = distances(at, leftOf(mark.box), to);
    if (ahead <= 0.5) continue;
    const far = ahead + ASIDE * aside + (aside > ahead ? ASKEW : 0);
    if (best === undefined || far < best.far) best = { mark, far };
  }
  return best?.mark ?? start;
}

/** Boxes of one column start at one x, however wide they are. */
function leftOf(box: Box): Point {
  return { x: box.x, y: centreOf(box).y };
}

function distances(a: Point, b: Point, to: Direction): { readonly ahead: number; readonly aside: number } {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  switch (to) {
    case 'left':
      return { ahead: -dx, aside: Math.abs(dy) };
    case 'right':
      return { ahead: dx, aside: Math.abs(dy) };
    case 'up':
      return { ahead: -dy, aside: Math.abs(dx) };
    case 'down':
      return { ahead: dy, aside: Math.abs(dx) };
  }
}

function first(marks: readonly Markable[]): Markable | undefined {
  return marks.toSorted((a, b) => a.box.x + a.box.y - b.box.x - b.box.y)[0];
}
