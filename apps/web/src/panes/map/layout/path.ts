// The drawn form of a route: path data for canvas and SVG, and points along it for hit testing, labels and marks.

import { curveBumpX, line } from 'd3-shape';
import type { Point } from './geometry.ts';
import type { Route } from './route.ts';

export type LinkPath = {
  /** Path data, in units of the map. */
  readonly d: string;
  /** Points along it, some 10 units apart, the ends included. */
  readonly along: readonly Point[];
  /** Units from start to end. */
  readonly length: number;
};

const CORNER = 9;
const STEP = 10;

const bump = line<Point>(
  ({ x }) => x,
  ({ y }) => y,
)
  .curve(curveBumpX)
  .digits(1);

export function pathOf({ points, shape }: Route): LinkPath {
  const along = shape === 'curve' ? alongCurve(points) : alongSquare(points);
  const d = shape === 'curve' ? (bump(points) ?? '') : squareData(points);
  let length = 0;
  for (let i = 1; i < along.length; i++) length += distance(along[i - 1], along[i]);
  return { d, along, length };
}

/** The point at a share of the length, and the direction there as a unit vector. */
export function pointAt(path: LinkPath, share: number): { readonly at: Point; readonly way: Point } {
  let left = path.length * share;
  const { along } = path;
  for (let i = 1; i < along.length; i++) {
    const a = along[i - 1];
    const b = along[i];
    if (a === undefined || b === undefined) break;
    const step = distance(a, b);
    if (step >= left || i === along.length - 1) {
      const part = step === 0 ? 0 : Math.min(1, left / step);
      const way = step === 0 ? { x: 1, y: 0 } : { x: (b.x - a.x) / step, y: (b.y - a.y) / step };
      return { at: { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }, way };
    }
    left -= step;
  }
  return { at: along[0] ?? { x: 0, y: 0 }, way: { x: 1, y: 0 } };
}

/** Path data of a part of it, as straight pieces: for what is cut in two where a packet stopped. */
export function partData(path: LinkPath, from: number, to: number): string {
  const first = pointAt(path, from).at;
  const last = pointAt(path, to).at;
  let walked = 0;
  const inside: Point[] = [];
  for (let i = 1; i < path.along.length; i++) {
    const at = path.along[i];
    walked += distance(path.along[i - 1], at);
    const share = path.length === 0 ? 0 : walked / path.length;
    if (at !== undefined && share > from && share < to) inside.push(at);
  }
  return [first, ...inside, last].map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${num(x)},${num(y)}`).join('');
}

function alongCurve(points: readonly Point[]): readonly Point[] {
  const along: Point[] = points.slice(0, 1);
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1];
    const b = points[i];
    if (a === undefined || b === undefined) continue;
    const mid = (a.x + b.x) / 2;
    const steps = a.y === b.y ? Math.ceil(Math.abs(b.x - a.x) / 40) : Math.ceil(distance(a, b) / STEP);
    for (let step = 1; step <= steps; step++) {
      const t = step / steps;
      along.push({ x: cubic(a.x, mid, mid, b.x, t), y: cubic(a.y, a.y, b.y, b.y, t) });
    }
  }
  return along;
}

function alongSquare(points: readonly Point[]): readonly Point[] {
  const along: Point[] = points.slice(0, 1);
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1];
    const b = points[i];
    if (a === undefined || b === undefined) continue;
    const steps = Math.max(1, Math.ceil(distance(a, b) / STEP));
    for (let step = 1; step <= steps; step++) {
      along.push({ x: a.x + ((b.x - a.x) * step) / steps, y: a.y + ((b.y - a.y) * step) / steps });
    }
  }
  return along;
}

function squareData(points: readonly Point[]): string {
  const clean = points.filter((point, i) => i === 0 || distance(points[i - 1], point) > 0.05);
  return clean
    .map((point, i) => {
      const before = clean[i - 1];
      const after = clean[i + 1];
      if (before === undefined) return `M${num(point.x)},${num(point.y)}`;
      if (after === undefined) return `L${num(point.x)},${num(point.y)}`;
      const r = Math.min(CORNER, distance(before, point) / 2, distance(point, after) / 2);
      const enter = towards(point, before, r);
      const leave = towards(point, after, r);
      return `L${num(enter.x)},${num(enter.y)}Q${num(point.x)},${num(point.y)} ${num(leave.x)},${num(leave.y)}`;
    })
    .join('');
}

function towards(from: Point, to: Point, by: number): Point {
  const far = distance(from, to);
  if (far === 0) return from;
  return { x: from.x + ((to.x - from.x) * by) / far, y: from.y + ((to.y - from.y) * by) / far };
}

function cubic(a: number, b: number, c: number, d: number, t: number): number {
  const u = 1 - t;
  return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
}

function distance(a: Point | undefined, b: Point | undefined): number {
  return a === undefined || b === undefined ? 0 : Math.hypot(b.x - a.x, b.y - a.y);
}

function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}
