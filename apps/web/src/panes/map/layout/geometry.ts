// Boxes of everything, out of a plan and what a person has moved by hand. One geometry serves drawing, routing and
// hit testing.

import type { MapScene } from '../model/scene.ts';
import type { LayoutPlan } from './plan.ts';
import {
  cardSize,
  CLOSED_H,
  CLOSED_W,
  CLUSTER_PAD,
  ISLAND_HEAD,
  islandForm,
  ISLAND_PAD,
  openSize,
  LANE_W,
  PILL_H,
  PILL_W,
  ROW_GAP,
} from './sizes.ts';

export type Point = { readonly x: number; readonly y: number };
export type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

/** Cards relative to their island, islands and pills relative to where the plan has them; by id. */
export type Pins = Readonly<Record<string, readonly [dx: number, dy: number]>>;

export type Geometry = {
  /** Cards, closed islands and pills. */
  readonly items: ReadonlyMap<string, Box>;
  /** Boxes of open islands; also of those that are drawn without a box. */
  readonly islands: ReadonlyMap<string, Box>;
  readonly clusters: ReadonlyMap<string, Box>;
  /** Ids that stand where a person has put them, and not in the columns. */
  readonly moved: ReadonlySet<string>;
  readonly bounds: Box;
};

export const EMPTY_GEOMETRY: Geometry = {
  items: new Map(),
  islands: new Map(),
  clusters: new Map(),
  moved: new Set(),
  bounds: { x: 0, y: 0, w: 0, h: 0 },
};

const NOT_MOVED = [0, 0] as const;

/** What the plan does not know yet has no box. */
export function geometryOf(scene: MapScene, plan: LayoutPlan, pins: Pins): Geometry {
  const items = new Map<string, Box>();
  const islands = new Map<string, Box>();
  const moved = new Set<string>();
  for (const island of scene.islands) {
    const placed = plan.islands[island.id];
    if (placed === undefined || placed.open !== island.open) continue;
    const [dx, dy] = pins[island.id] ?? NOT_MOVED;
    const x = placed.x + dx;
    const y = placed.y + dy;
    if (island.id in pins) moved.add(island.id);
    if (!island.open) {
      items.set(island.id, { x, y, w: CLOSED_W, h: CLOSED_H });
      continue;
    }
    const form = islandForm(island);
    const { w, h } = cardSize(form);
    const padX = island.boxed ? ISLAND_PAD : 0;
    const head = island.boxed ? ISLAND_HEAD : 0;
    let box: Box = { x, y, ...openSize(placed.cols, placed.rows, placed.gap, form) };
    for (const id of island.members) {
      const slot = placed.slots[id];
      if (slot === undefined) continue;
      const [cardDx, cardDy] = pins[id] ?? NOT_MOVED;
      const card = {
        x: x + padX + slot[0] * (w + placed.gap) + cardDx,
        y: y + head + slot[1] * (h + ROW_GAP) + cardDy,
        w,
        h,
      };
      items.set(id, card);
      if (id in pins) {
        moved.add(id);
        // The island reaches around a card that was moved out of it.
        if (island.boxed)
          box = union(box, {
            x: card.x - padX,
            y: card.y - head,
            w: w + 2 * padX,
            h: h + head + padX,
          });
      } else if (island.id in pins) moved.add(id);
    }
    islands.set(island.id, box);
  }
  for (const item of scene.items.values()) {
    if (item.kind !== 'pill') continue;
    const placed = plan.pills[item.id];
    if (placed === undefined) continue;
    const [dx, dy] = pins[item.id] ?? NOT_MOVED;
    items.set(item.id, {
      x: placed.x + dx,
      y: placed.y + dy,
      w: placed.column < 0 ? LANE_W : PILL_W,
      h: PILL_H,
    });
    if (item.id in pins) moved.add(item.id);
  }
  const clusters = clusterBoxes(scene, items, islands);
  return { items, islands, clusters, moved, bounds: boundsOf([items, islands, clusters]) };
}

function clusterBoxes(
  scene: MapScene,
  items: ReadonlyMap<string, Box>,
  islands: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  for (const cluster of scene.clusters) {
    const inside = scene.islands
      .filter((island) => island.cluster === cluster.name)
      .flatMap((island) => islands.get(island.id) ?? items.get(island.id) ?? []);
    const [first, ...rest] = inside;
    if (first !== undefined) boxes.set(cluster.id, grow(rest.reduce(union, first), CLUSTER_PAD));
  }
  return boxes;
}

function boundsOf(maps: readonly ReadonlyMap<string, Box>[]): Box {
  const [first, ...rest] = maps.flatMap((map) => [...map.values()]);
  return first === undefined ? EMPTY_GEOMETRY.bounds : rest.reduce(union, first);
}

export function union(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}

export function grow(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, w: box.w + 2 * by, h: box.h + 2 * by };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

export function contains(box: Box, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

export function centreOf(box: Box): Point {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}
