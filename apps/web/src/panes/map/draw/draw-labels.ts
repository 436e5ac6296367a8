// Labels of links: on the link, on opaque ground, where they cover neither a card nor each other. Near, every link has
// one; at a middle zoom those with drops, and what is pointed at or chosen; far, none.

import { VERDICT_GLYPHS } from '../../../widgets/index.ts';
import { type Box, overlaps } from '../layout/geometry.ts';
import { pointAt } from '../layout/path.ts';
import type { SceneLink } from '../model/scene.ts';
import type { DrawnLink } from './draw-links.ts';
import type { Level } from './level.ts';
import { linkAlpha, type Look } from './look.ts';
import type { Ink, Measure, Op } from './ops.ts';
import { failureText, portsText, rateText } from './words.ts';

type Part = {
  readonly text: string;
  readonly ink: Ink;
  readonly weight: 400 | 600;
  readonly drop?: boolean;
};

const SIZE = 11;
const HEIGHT = 20;
const PAD = 6;
const GAP = 8;
const GLYPH = 14;
/** More of them at once cannot be read. */
const MOST = 40;
/** Places along a link that are tried, the best first. */
const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78];

export type LabelContext = {
  readonly level: Level;
  readonly zoom: number;
  readonly look: Look;
  readonly measure: Measure;
  /** What must not be covered, in units of the map. */
  readonly taken: readonly Box[];
};

export function drawLabels(links: readonly DrawnLink[], context: LabelContext): readonly Op[] {
  const wanted = links
    .filter(({ link }) => isLabelled(link, context))
    // What is chosen first, then drops, then the busiest: they get the best places.
    .toSorted(
      (a, b) =>
        rank(b.link, context) - rank(a.link, context) ||
        b.link.droppedPerS - a.link.droppedPerS ||
        b.link.perS - a.link.perS,
    )
    .slice(0, MOST);
  const placed: Box[] = [];
  const ops: Op[] = [];
  for (const drawn of wanted) {
    const parts = partsOf(drawn.link, context);
    const widthPx = widthOf(parts, context.measure);
    const must = rank(drawn.link, context) >= 2;
    const place = findPlace(drawn, widthPx, must, [...placed], context);
    if (place === undefined) continue;
    placed.push(place);
    ops.push(...labelOps(drawn.link, parts, place, widthPx, context));
  }
  return ops;
}

function rank(link: SceneLink, { look }: LabelContext): number {
  if (look.hover === link.id) return 3;
  if (look.chosenLinks.has(link.id)) return 2;
  return link.droppedPerS > 0 ? 1 : 0;
}

function isLabelled(link: SceneLink, context: LabelContext): boolean {
  if (rank(link, context) >= 2 && !(context.level === 'far' && context.look.chosenLinks.size > 12))
    return true;
  if (context.level === 'far') return false;
  return context.level === 'near' || link.droppedPerS > 0;
}

function partsOf(link: SceneLink, context: LabelContext): readonly Part[] {
  const full = context.level === 'near' || rank(link, context) >= 2;
  const parts: Part[] = [];
  const drop = link.droppedPerS > 0;
  if (full) parts.push({ text: portsText(link.ports), ink: 'text2', weight: 400 });
  if (full && link.perS > link.droppedPerS) {
    parts.push({ text: rateText(link.perS - link.droppedPerS), ink: 'text', weight: 600 });
  }
  if (drop) parts.push({ text: rateText(link.droppedPerS), ink: 'dropped', weight: 600, drop: true });
  if (full && drop && link.perS === link.droppedPerS)
    parts.push({ text: link.dropReason, ink: 'text2', weight: 400 });
  if (full) parts.push({ text: failureText(link), ink: 'error', weight: 400 });
  return parts.filter(({ text }) => text !== '');
}

function widthOf(parts: readonly Part[], measure: Measure): number {
  const inner = parts.reduce(
    (sum, { text, weight, drop }) => sum + measure(text, SIZE, weight) + (drop === true ? GLYPH : 0) + GAP,
    -GAP,
  );
  return inner + 2 * PAD;
}

function findPlace(
  { path }: DrawnLink,
  widthPx: number,
  must: boolean,
  placed: readonly Box[],
  { zoom, taken }: LabelContext,
): Box | undefined {
  const w = widthPx / zoom;
  const h = HEIGHT / zoom;
  if (path.length * zoom < widthPx * 0.6 && !must) return undefined;
  let first: Box | undefined;
  for (const share of PLACES) {
    const { at } = pointAt(path, share);
    const box = { x: at.x - w / 2, y: at.y - h / 2, w, h };
    first ??= box;
    if (!placed.some((other) => overlaps(other, box)) && !taken.some((other) => overlaps(other, box)))
      return box;
  }
  return must ? first : undefined;
}

function labelOps(
  link: SceneLink,
  parts: readonly Part[],
  place: Box,
  widthPx: number,
  { look, measure, zoom }: LabelContext,
): readonly Op[] {
  const chosen = look.chosenLinks.has(link.id) && look.chosenLinks.size === 1;
  const { drop, calm } = linkAlpha(link, look);
  const alpha = link.droppedPerS > 0 ? drop : Math.min(1, calm * 1.5);
  const at = { x: place.x, y: place.y };
  const ops: Op[] = [
    {
      op: 'bar',
      at: { ...at, dx: 0, dy: 0 },
      w: widthPx,
      h: HEIGHT,
      radius: 4,
      fill: 'raised',
      stroke: chosen ? 'accent' : look.hover === link.id ? 'ctl' : 'line2',
      width: chosen ? 1.5 : 1,
      ...(look.chosen.size > 0 && !look.chosenLinks.has(link.id) ? { alpha: Math.max(alpha, 0.6) } : {}),
    },
  ];
  let dx = PAD;
  for (const part of parts) {
    if (part.drop === true) {
      for (const { d } of VERDICT_GLYPHS.dropped) {
        ops.push({ op: 'glyph', at: { ...at, dx, dy: 5 }, d, scale: 10 / 12, fill: 'dropped', alpha });
      }
      dx += GLYPH;
    }
    const { text, ink, weight } = part;
    ops.push({
      op: 'text',
      at: { ...at, dx, dy: HEIGHT / 2 },
      text,
      size: SIZE,
      weight,
      ink,
      align: 'left',
      alpha,
    });
    dx += measure(text, SIZE, weight) + GAP;
  }
  return zoom > 0 ? ops : [];
}
