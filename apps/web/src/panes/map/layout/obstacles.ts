// The columns that a link has to cross, each with what stands in it. Islands and pills stand in the columns of the plan,
// cards in the columns of their island; between any two of them there is a gap that is free.

import { type Box, type Geometry } from './geometry.ts';
import type { MapScene } from '../model/scene.ts';
import type { LayoutPlan } from './plan.ts';

export type Lane = {
  readonly x0: number;
  readonly x1: number;
  /** Boxes in it, from top to bottom. */
  readonly boxes: readonly Box[];
};

/** Where an end of a link stands. */
export type Place = {
  readonly id: string;
  readonly box: Box;
  /** Column of the plan, counted from the left; -1 in the lane below, undefined where a person has put it. */
  readonly column: number | undefined;
  /** The open island around a card, with the column of the card in it. */
  readonly island: string | undefined;
  readonly col: number;
};

export type Obstacles = {
  readonly placeOf: (id: string) => Place | undefined;
  readonly columns: readonly Lane[];
  /** Columns of cards of an open island, by its id. */
  readonly inner: ReadonlyMap<string, readonly Lane[]>;
  /** Y of the free strip above the lane below. */
  readonly channelY: number;
  /** Upper edge of the first row of that lane. */
  readonly laneY: number;
};

export function obstaclesOf(scene: MapScene, plan: LayoutPlan, geometry: Geometry): Obstacles {
  const columnBoxes = new Map<number, Box[]>();
  const inner = new Map<string, readonly Lane[]>();
  const places = new Map<string, Place>();
  // A column that came later stands where there was room, and not where its number says.
  const fromLeft = plan.columns.map((_, at) => at).toSorted((a, b) => xOf(plan, a) - xOf(plan, b));
  const rankOf = (column: number): number => (column < 0 ? column : fromLeft.indexOf(column));
  const stand = (column: number, box: Box): void => {
    columnBoxes.set(column, [...(columnBoxes.get(column) ?? []), box]);
  };
  for (const island of scene.islands) {
    const placed = plan.islands[island.id];
    const box = geometry.islands.get(island.id) ?? geometry.items.get(island.id);
    if (placed === undefined || box === undefined) continue;
    const moved = geometry.moved.has(island.id);
    const ranked = rankOf(placed.column);
    if (!moved && ranked >= 0) stand(ranked, box);
    const column = moved ? undefined : ranked;
    places.set(island.id, { id: island.id, box, column, island: undefined, col: 0 });
    if (!island.open) continue;
    const cols: Box[][] = Array.from({ length: placed.cols }, () => []);
    for (const id of island.members) {
      const card = geometry.items.get(id);
      const slot = placed.slots[id];
      if (card === undefined || slot === undefined) continue;
      const cardMoved = geometry.moved.has(id);
      if (!cardMoved) cols[slot[0]]?.push(card);
      places.set(id, {
        id,
        box: card,
        column: cardMoved ? undefined : ranked,
        island: island.id,
        col: slot[0],
      });
    }
    inner.set(
      island.id,
      cols.map((boxes) => laneOf(boxes)),
    );
  }
  for (const item of scene.items.values()) {
    if (item.kind !== 'pill') continue;
    const placed = plan.pills[item.id];
    const box = geometry.items.get(item.id);
    if (placed === undefined || box === undefined) continue;
    const moved = geometry.moved.has(item.id);
    const ranked = rankOf(placed.column);
    if (!moved && ranked >= 0) stand(ranked, box);
    const column = moved ? undefined : ranked;
    places.set(item.id, { id: item.id, box, column, island: undefined, col: 0 });
  }
  return {
    placeOf: (id) => places.get(id),
    columns: plan.columns.map((_, at) => laneOf(columnBoxes.get(at) ?? [])),
    inner,
    channelY: plan.laneY - 24,
    laneY: plan.laneY,
  };
}

function xOf({ columns }: LayoutPlan, column: number): number {
  return columns[column]?.x ?? 0;
}

function laneOf(boxes: readonly Box[]): Lane {
  return {
    x0: Math.min(...boxes.map(({ x }) => x)),
    x1: Math.max(...boxes.map(({ x, w }) => x + w)),
    boxes: boxes.toSorted((a, b) => a.y - b.y),
  };
}

/** From here to there, in units of the map. */
export type Span = { readonly from: number; readonly to: number };

/** The y nearest to the wanted one, within the span, at which nothing stands in the way, with some air. */
export function freeY({ boxes }: Lane, wanted: number, air: number, within: Span): number {
  let best = wanted;
  let far = Infinity;
  const offer = (from: number, to: number): void => {
    const low = Math.max(from, within.from);
    const high = Math.min(to, within.to);
    if (high < low) return;
    const y = Math.min(Math.max(wanted, low), high);
    if (Math.abs(y - wanted) < far) {
      far = Math.abs(y - wanted);
      best = y;
    }
  };
  let from = -Infinity;
  for (const box of boxes) {
    offer(from, box.y - air);
    from = Math.max(from, box.y + box.h + air);
  }
  offer(from, Infinity);
  return best;
}
