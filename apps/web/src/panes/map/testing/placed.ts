// What a person would see at once to be wrong with a map: things on top of each other, links through cards.

import { type Box, contains, overlaps } from '../layout/geometry.ts';
import type { Placed } from './plan-fixture.ts';

export function boxOf(boxes: ReadonlyMap<string, Box>, id: string): Box {
  const box = boxes.get(id);
  if (box === undefined) throw new Error(`${id} has no place`);
  return box;
}

/** Pairs that overlap. */
export function overlapping(boxes: readonly (readonly [string, Box])[]): readonly string[] {
  return boxes.flatMap(([a, boxA], i) =>
    boxes.slice(i + 1).flatMap(([b, boxB]) => (overlaps(boxA, boxB) ? [`${a} ${b}`] : [])),
  );
}

/** Links with a point inside of a card that is none of their ends. */
export function throughCards({ geometry, links }: Placed): readonly string[] {
  return links.flatMap(({ link, path }) =>
    [...geometry.items].flatMap(([id, box]) =>
      id !== link.source && id !== link.target && path.along.some((point) => contains(inner(box), point))
        ? [`${link.id} through ${id}`]
        : [],
    ),
  );
}

function inner({ x, y, w, h }: Box): Box {
  return { x: x + 1, y: y + 1, w: w - 2, h: h - 2 };
}
