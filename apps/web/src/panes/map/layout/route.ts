// Ways of links. A link leaves a card to the side, turns only in the gaps between columns, and crosses a column in a
// gap between what stands there; so none runs through a card. Links to the lane below go down beside the columns and
// along the strip above it. What a person has moved is joined directly.
//
//     card --.            .-- card
//            |            |          curves in the gaps, straight lines across columns
//            '---(gap)----'

import type { MapScene, SceneLink } from '../model/scene.ts';
import { centreOf, type Point } from './geometry.ts';
import { freeY, type Lane, type Obstacles, type Place, type Span } from './obstacles.ts';
import { ISLAND_GAP_X, ISLAND_HEAD, PILL_GAP, ROW_GAP } from './sizes.ts';

export type Route = {
  /** Corners of the way. 'curve': smooth between them, level at each. 'square': level and upright, corners rounded. */
  readonly points: readonly Point[];
  readonly shape: 'curve' | 'square';
};

/** Links that cross one gap lie beside each other. */
const SPREAD = 4;
/** How far a link swings out that comes back to its own column. */
const TURN = 11;

export function routeLinks(scene: MapScene, obstacles: Obstacles): ReadonlyMap<string, Route> {
  const ports = sidePorts(scene, obstacles);
  const routes = new Map<string, Route>();
  for (const link of scene.links) {
    const source = obstacles.placeOf(link.source);
    const target = obstacles.placeOf(link.target);
    if (source === undefined || target === undefined) continue;
    routes.set(link.id, routeOf(link, source, target, obstacles, ports));
  }
  return routes;
}

/** Which way a link leaves its source and reaches its target: 1 to the right, -1 to the left. */
type Sides = { readonly leave: 1 | -1; readonly arrive: 1 | -1 };

function sidesOf(source: Place, target: Place): Sides {
  if (source.column === undefined || target.column === undefined) {
    const way = centreOf(source.box).x <= centreOf(target.box).x ? 1 : -1;
    return { leave: way, arrive: way };
  }
  const by =
    source.island !== undefined && source.island === target.island
      ? target.col - source.col
      : target.column - source.column;
  // In one column: out at the right, around, and in from the right.
  if (by === 0) return { leave: 1, arrive: -1 };
  return by > 0 ? { leave: 1, arrive: 1 } : { leave: -1, arrive: -1 };
}

function routeOf(
  link: SceneLink,
  source: Place,
  target: Place,
  obstacles: Obstacles,
  ports: ReadonlyMap<string, number>,
): Route {
  const free = source.column === undefined || target.column === undefined;
  if (!free && (source.column === -1 || target.column === -1))
    return laneRoute(link, source, target, obstacles);
  const { leave, arrive } = sidesOf(source, target);
  const from = { x: sideX(source, leave), y: ports.get(`${link.id}/s`) ?? centreOf(source.box).y };
  const to = {
    x: sideX(target, arrive === 1 ? -1 : 1),
    y: ports.get(`${link.id}/t`) ?? centreOf(target.box).y,
  };
  if (free) return { points: [from, to], shape: 'curve' };
  const shift = spreadOf(link.id);
  if (source.island !== undefined && source.island === target.island) {
    const between = lanesInside(source, target, leave, obstacles);
    if (leave !== arrive) return turned(from, to, from.x + TURN + shift);
    const walk = crossing(between, from, to, leave, shift, EVERYWHERE);
    return { points: [from, ...walk, to], shape: 'curve' };
  }
  const out = crossing(
    innerLanes(source, leave, obstacles),
    from,
    to,
    leave,
    shift,
    insideOf(source, obstacles),
  );
  const left = { x: columnEdge(source, leave, obstacles), y: (out.at(-1) ?? from).y };
  // The way into the target's island, walked from the card outwards.
  const back = crossing(
    innerLanes(target, arrive === 1 ? -1 : 1, obstacles),
    to,
    leave === arrive ? left : to,
    arrive === 1 ? -1 : 1,
    shift,
    insideOf(target, obstacles),
  ).toReversed();
  const reached = { x: columnEdge(target, arrive === 1 ? -1 : 1, obstacles), y: (back[0] ?? to).y };
  if (leave !== arrive) {
    const x = Math.max(left.x, reached.x) + ISLAND_GAP_X * 0.3 + shift;
    return {
      points: squared([from, ...out, { x, y: left.y }, { x, y: reached.y }, ...back, to]),
      shape: 'square',
    };
  }
  const whole = crossing(columnsBetween(source, target, obstacles), left, reached, leave, shift, EVERYWHERE);
  return { points: [from, ...out, left, ...whole, reached, ...back, to], shape: 'curve' };
}

const EVERYWHERE: Span = { from: -Infinity, to: Infinity };

/** Level and upright pieces only: what would run askew turns halfway. */
function squared(points: readonly Point[]): readonly Point[] {
  return points.flatMap((point, i) => {
    const before = points[i - 1];
    if (before === undefined || before.x === point.x || before.y === point.y) return [point];
    const x = (before.x + point.x) / 2;
    return [{ x, y: before.y }, { x, y: point.y }, point];
  });
}

/** Out at the right and back in from the right. */
function turned(from: Point, to: Point, x: number): Route {
  return { points: [from, { x, y: from.y }, { x, y: to.y }, to], shape: 'square' };
}

/** Across some columns on the way from one point to another: where it enters and leaves each of them. */
function crossing(
  lanes: readonly Lane[],
  from: Point,
  to: Point,
  way: 1 | -1,
  shift: number,
  within: Span,
): readonly Point[] {
  const points: Point[] = [];
  let last = from;
  for (const lane of lanes) {
    const enter = way === 1 ? lane.x0 : lane.x1;
    const exit = way === 1 ? lane.x1 : lane.x0;
    const along = to.x === last.x ? 1 : Math.min(1, Math.max(0, (enter - last.x) / (to.x - last.x)));
    const y = freeY(lane, last.y + (to.y - last.y) * along, ROW_GAP / 2, within) + shift;
    points.push({ x: enter, y }, { x: exit, y });
    last = { x: exit, y };
  }
  return points;
}

/** Within an island links stay in its box, but for the room that their spread takes. */
function insideOf(place: Place, obstacles: Obstacles): Span {
  const box = place.island === undefined ? undefined : obstacles.placeOf(place.island)?.box;
  return box === undefined
    ? EVERYWHERE
    : { from: box.y + ISLAND_HEAD - 2 * SPREAD, to: box.y + box.h - SPREAD };
}

/** Side of the whole column that a place stands in: others in it may be wider. */
function columnEdge(place: Place, side: 1 | -1, obstacles: Obstacles): number {
  const lane = obstacles.columns[place.column ?? -1];
  if (lane === undefined || lane.boxes.length === 0) return sideX(place, side);
  return side === 1 ? Math.max(lane.x1, sideX(place, 1)) : Math.min(lane.x0, sideX(place, -1));
}

function columnsBetween(source: Place, target: Place, obstacles: Obstacles): readonly Lane[] {
  const a = source.column ?? 0;
  const b = target.column ?? 0;
  const between = obstacles.columns
    .slice(Math.min(a, b) + 1, Math.max(a, b))
    .filter((lane) => lane.boxes.length > 0);
  return a < b ? between : between.toReversed();
}

function lanesInside(source: Place, target: Place, leave: 1 | -1, obstacles: Obstacles): readonly Lane[] {
  const inner = obstacles.inner.get(source.island ?? '') ?? [];
  const between = inner
    .slice(Math.min(source.col, target.col) + 1, Math.max(source.col, target.col))
    .filter((lane) => lane.boxes.length > 0);
  return leave === 1 ? between : between.toReversed();
}

/** Columns of cards between a card and the edge of its island on one side, from the card outwards. */
function innerLanes(place: Place, side: 1 | -1, obstacles: Obstacles): readonly Lane[] {
  const inner = place.island === undefined ? [] : (obstacles.inner.get(place.island) ?? []);
  const lanes = side === 1 ? inner.slice(place.col + 1) : inner.slice(0, place.col).toReversed();
  return lanes.filter((lane) => lane.boxes.length > 0);
}

function sideX({ box }: Place, side: 1 | -1): number {
  return side === 1 ? box.x + box.w : box.x;
}

/** Down beside the column, along the strip above the lane, down into the top of what stands there; or back up. */
function laneRoute(link: SceneLink, source: Place, target: Place, obstacles: Obstacles): Route {
  const shift = spreadOf(link.id);
  const channelY = obstacles.channelY + shift;
  const points = [
    ...descent(source, channelY, shift, obstacles),
    ...descent(target, channelY, -shift, obstacles).toReversed(),
  ];
  return { points, shape: 'square' };
}

/** From a place to the strip. */
function descent(place: Place, channelY: number, shift: number, obstacles: Obstacles): readonly Point[] {
  const { box } = place;
  if (place.column === -1 && box.y > obstacles.laneY) {
    // Below others: beside its column, and in from the right.
    const x = box.x + box.w + PILL_GAP / 2 + shift / 4;
    const y = box.y + box.h / 2;
    return [
      { x: box.x + box.w, y },
      { x, y },
      { x, y: channelY },
    ];
  }
  if (place.column === -1) {
    const x = box.x + box.w / 2 + shift * 3;
    return [
      { x, y: box.y },
      { x, y: channelY },
    ];
  }
  const lane = obstacles.columns[place.column ?? 0];
  const below = lane?.boxes.some((other) => other.y > box.y + 1) === true;
  if (!below && place.island === undefined) {
    const x = box.x + Math.min(box.w / 2, 46) + shift * 2;
    return [
      { x, y: box.y + box.h },
      { x, y: channelY },
    ];
  }
  const x = Math.max(box.x + box.w, lane?.x1 ?? 0) + ISLAND_GAP_X * 0.2 + shift;
  const y = box.y + box.h - Math.min(14, box.h / 3) + shift / 2;
  return [
    { x: box.x + box.w, y },
    { x, y },
    { x, y: channelY },
  ];
}

/** Heights at which links leave and reach each side of an item: in the order of their other ends. */
function sidePorts(scene: MapScene, obstacles: Obstacles): ReadonlyMap<string, number> {
  type End = { readonly key: string; readonly otherY: number };
  const sides = new Map<string, { readonly place: Place; readonly ends: End[] }>();
  const add = (place: Place, side: 1 | -1, end: End): void => {
    const key = `${place.id}/${String(side)}`;
    const found = sides.get(key);
    if (found === undefined) sides.set(key, { place, ends: [end] });
    else found.ends.push(end);
  };
  for (const link of scene.links) {
    const source = obstacles.placeOf(link.source);
    const target = obstacles.placeOf(link.target);
    if (source === undefined || target === undefined) continue;
    const { leave, arrive } = sidesOf(source, target);
    add(source, leave, { key: `${link.id}/s`, otherY: centreOf(target.box).y });
    add(target, arrive === 1 ? -1 : 1, { key: `${link.id}/t`, otherY: centreOf(source.box).y });
  }
  const ports = new Map<string, number>();
  for (const { place, ends } of sides.values()) {
    const { box } = place;
    const room = box.h - 18;
    const step = Math.min(9, room / Math.max(1, ends.length - 1));
    const first = box.y + box.h / 2 - (step * (ends.length - 1)) / 2;
    ends
      .toSorted((a, b) => a.otherY - b.otherY || a.key.localeCompare(b.key, 'en'))
      .forEach(({ key }, at) => ports.set(key, first + at * step));
  }
  return ports;
}

/** Between -SPREAD and SPREAD, always the same for one link. */
function spreadOf(id: string): number {
  let hash = 7;
  for (let i = 0; i < id.length; i++) hash = (hash * 31 + id.charCodeAt(i)) | 0;
  return ((Math.abs(hash) % 9) / 4 - 1) * SPREAD;
}
