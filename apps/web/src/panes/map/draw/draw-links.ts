// Links as paths. Links that look alike are joined into one path: a thousand of them are a few dozen strokes.

import { scaleLog } from 'd3-scale';
import { type LinkPath, partData, pathOf, pointAt } from '../layout/path.ts';
import type { Route } from '../layout/route.ts';
import { passedOf } from '../model/mix.ts';
import type { SceneLink } from '../model/scene.ts';
import { isIdle, linkAlpha, type Look } from './look.ts';
import { arrowHead, stopBar } from './marks.ts';
import type { Ink, PathOp } from './ops.ts';

export type DrawnLink = { readonly link: SceneLink; readonly route: Route; readonly path: LinkPath };

/** px by flows per second. */
const widthOf = scaleLog().domain([0.05, 500]).range([1.25, 4.5]).clamp(true);
const IDLE_DASH = [4, 4];
const DROP_DASH = [7, 4];
const UNREACHED_DASH = [1.5, 4];
/** With more links than this, all of them get thinner, and the calm ones fainter: what fails is found. */
const CROWD = 200;
/** px from the source to where a packet stopped that never left. */
const EGRESS_STOP = 20;

type Strokes = Map<string, { readonly op: Omit<PathOp, 'd' | 'op'>; readonly parts: string[] }>;

/** Calm links first, so that drops lie above them, and what is chosen above all. */
export function drawLinks(links: readonly DrawnLink[], look: Look, zoom: number): readonly PathOp[] {
  const thin = Math.min(1, Math.max(0.5, Math.sqrt(CROWD / Math.max(1, links.length))));
  const calm: Strokes = new Map();
  const drops: Strokes = new Map();
  const lifted: Strokes = new Map();
  for (const drawn of links) {
    const top = look.hover === drawn.link.id || look.chosenLinks.has(drawn.link.id);
    const { calm: faint, drop } = linkAlpha(drawn.link, look);
    const alpha = { calm: top ? faint : faint * thin, drop };
    drawLink(drawn, { look, zoom, thin, alpha }, top ? lifted : calm, top ? lifted : drops);
  }
  return [...joined(calm), ...joined(drops), ...joined(lifted)];
}

function joined(strokes: Strokes): readonly PathOp[] {
  return [...strokes.values()].map(({ op, parts }) => ({ op: 'path', d: parts.join(''), ...op }));
}

function add(strokes: Strokes, op: Omit<PathOp, 'd' | 'op'>, d: string): void {
  const key = JSON.stringify(op);
  const found = strokes.get(key);
  if (found === undefined) strokes.set(key, { op, parts: [d] });
  else found.parts.push(d);
}

/** Width of a link in px; thinner when the whole map is in sight, and by `thin` in a crowd. */
export function linkWidth(perS: number, zoom: number, thin = 1): number {
  const width = widthOf(Math.max(perS, 0.001)) * Math.min(1, Math.max(0.5, zoom / 0.8)) * thin;
  return Math.round(width * 4) / 4;
}

/** Heads, bars and diamonds shrink with what they stand at, but stay to be seen. */
function markScale(zoom: number): number {
  return Math.min(1, Math.max(0.45, zoom / 0.7));
}

type Pen = {
  readonly look: Look;
  readonly zoom: number;
  readonly thin: number;
  readonly alpha: { readonly calm: number; readonly drop: number };
};

function drawLink(drawn: DrawnLink, { look, zoom, thin, alpha }: Pen, calm: Strokes, drops: Strokes): void {
  const { link } = drawn;
  const passed = passedOf(link.mix);
  const failed = link.mix.dropped + link.mix.error;
  const mixed = passed > 0 && failed > 0;
  const scale = link.count === 0 ? 0 : link.perS / link.count;
  const passedWidth = linkWidth(passed * scale, zoom, thin) + (look.hover === link.id ? 1 : 0);
  const failedWidth = linkWidth(failed * scale, zoom, thin);
  const apart = mixed ? (passedWidth + failedWidth) / 4 + 0.75 : 0;
  if (passed > 0) {
    const path = moved(drawn, -apart / zoom);
    const ink = calmInk(link);
    const dash = isIdle(link) ? { dash: IDLE_DASH } : {};
    const head = (Math.max(6, passedWidth * 2.4) * markScale(zoom)) / zoom;
    const tip = pointAt(path, 1);
    add(calm, { stroke: ink, width: passedWidth, alpha: alpha.calm, ...dash }, path.d);
    add(calm, { fill: ink, alpha: Math.min(1, alpha.calm * 1.2) }, arrowHead(tip.at, tip.way, head));
    if (link.mix.audit > 0) {
      const below = moved(drawn, (passedWidth / 2 + 1.5) / zoom);
      add(drops, { stroke: 'audit-fill', width: 1.5, dash: [4, 3], alpha: alpha.drop }, below.d);
    }
    if (link.mix.redirected > 0) {
      const { at } = pointAt(path, 0.5);
      add(
        calm,
        { fill: 'redirected-fill', alpha: alpha.drop },
        diamond(at.x, at.y, (4.5 * markScale(zoom)) / zoom),
      );
    }
  }
  if (failed > 0) drawFailed(drawn, { mixed, apart, width: failedWidth, alpha: alpha.drop, zoom }, drops);
}

/** Nothing is hidden: what only was traced or redirected has its own ink. */
function calmInk({ mix }: SceneLink): Ink {
  if (mix.forwarded > 0) return 'forwarded-fill';
  if (mix.redirected > 0) return 'redirected-fill';
  if (mix.audit > 0) return 'audit-fill';
  return 'traced-fill';
}

function drawFailed(
  drawn: DrawnLink,
  look: {
    readonly mixed: boolean;
    readonly apart: number;
    readonly width: number;
    readonly alpha: number;
    readonly zoom: number;
  },
  strokes: Strokes,
): void {
  const { link } = drawn;
  const { mixed, width, alpha, zoom } = look;
  const path = moved(drawn, look.apart / zoom);
  const ink: Ink = link.mix.dropped > 0 ? 'dropped-fill' : 'error-fill';
  const style = { stroke: ink, width, alpha };
  const bar = { stroke: ink, width: Math.max(2, width), alpha };
  const half = (5 * markScale(zoom)) / zoom;
  if (link.stop === 'source' && link.mix.dropped > 0) {
    const share = Math.min(0.5, EGRESS_STOP / zoom / Math.max(1, path.length));
    const stop = pointAt(path, share);
    add(strokes, mixed ? style : { ...style, dash: DROP_DASH }, partData(path, 0, share));
    add(strokes, bar, stopBar(stop.at, stop.way, half));
    add(strokes, { ...style, width: Math.min(1.5, width), dash: UNREACHED_DASH }, partData(path, share, 1));
    return;
  }
  const end = pointAt(path, 1);
  const at = { x: end.at.x - (end.way.x * 2) / zoom, y: end.at.y - (end.way.y * 2) / zoom };
  add(strokes, mixed && link.mix.dropped > 0 ? style : { ...style, dash: DROP_DASH }, path.d);
  add(strokes, bar, stopBar(at, end.way, half));
}

/** The path beside itself: down by so much, and where it also runs upright, left by as much. */
function moved({ route, path }: DrawnLink, by: number): LinkPath {
  if (by === 0) return path;
  const dx = route.shape === 'square' ? by : 0;
  const ends = route.points.length - 1;
  return pathOf({
    shape: route.shape,
    points: route.points.map(({ x, y }, i) => ({ x: i === 0 || i === ends ? x : x + dx, y: y + by })),
  });
}

function diamond(x: number, y: number, r: number): string {
  return `M${String(x)},${String(y - r)}L${String(x + r)},${String(y)}L${String(x)},${String(y + r)}L${String(x - r)},${String(y)}Z`;
}
