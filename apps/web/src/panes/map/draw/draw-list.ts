// The whole drawing, from back to front: frames of clusters, islands, links, cards, labels.

import { type Box, type Geometry, grow, overlaps } from '../layout/geometry.ts';
import { CLUSTER_PAD, ISLAND_HEAD, LANE_CAPTION_W } from '../layout/sizes.ts';
import type { Island, MapScene } from '../model/scene.ts';
import { drawItem, glyph, icon } from './draw-items.ts';
import { drawLabels } from './draw-labels.ts';
import { type DrawnLink, drawLinks } from './draw-links.ts';
import { elide } from './elide.ts';
import { levelAt } from './level.ts';
import type { Look } from './look.ts';
import type { Measure, Op } from './ops.ts';
import { plural, rateText } from './words.ts';

export type Drawing = {
  readonly scene: MapScene;
  readonly geometry: Geometry;
  readonly links: readonly DrawnLink[];
  readonly look: Look;
  readonly noun: string;
  /** Grows whenever things may have moved. */
  readonly arranged: number;
};

/** `sight`: the part of the map that can be seen; what lies outside of it is left out, links excepted. */
export function drawList(drawing: Drawing, zoom: number, sight: Box, measure: Measure): readonly Op[] {
  const { scene, geometry, links, look, noun } = drawing;
  const level = levelAt(zoom);
  const ops: Op[] = [];
  const heads: Op[] = [];
  for (const cluster of scene.clusters) {
    const box = geometry.clusters.get(cluster.id);
    if (box === undefined) continue;
    ops.push({ op: 'rect', ...box, radius: 10, stroke: 'line2', width: 1, dash: [2, 4] });
    const name = cluster.name === '' ? 'no cluster' : cluster.name;
    // Far, names of islands would lie on it: it rises above its edge as far as it has to.
    const up = Math.max(0, TITLE_PX - CLUSTER_PAD * zoom);
    ops.push(...title(box, name, cluster.droppedPerS, zoom, measure, up));
  }
  for (const island of scene.islands) {
    const box = geometry.islands.get(island.id);
    if (box === undefined || !island.open || island.name === '') continue;
    if (island.lane) ops.push(...laneCaption(island, box, zoom, look, measure));
    if (!island.boxed || !overlaps(box, sight)) continue;
    ops.push(drawFrame(island, box, look));
    heads.push(...drawHead(island, box, drawing, zoom, measure));
  }
  ops.push(...drawLinks(links, look, zoom));
  // On grounds of their own: links pass under names.
  ops.push(...heads);
  const context = { level, zoom, look, measure, noun };
  const taken: Box[] = [];
  for (const [id, box] of geometry.items) {
    const item = scene.items.get(id);
    if (item === undefined || !overlaps(box, sight)) continue;
    taken.push(box);
    ops.push(...drawItem(item, box, context));
  }
  ops.push(...drawMark(drawing, zoom));
  const labelled = links.filter(({ path }) => path.along.some((point) => isIn(sight, point)));
  ops.push(...drawLabels(labelled, { level, zoom, look, measure, taken }));
  return ops;
}

/** The ring of the focus: 2 px, 2 px away. */
function drawMark({ scene, geometry, look: { mark } }: Drawing, zoom: number): readonly Op[] {
  const box = mark === undefined ? undefined : (geometry.items.get(mark) ?? geometry.islands.get(mark));
  if (mark === undefined || box === undefined) return [];
  const radius = scene.items.get(mark)?.kind === 'pill' ? (box.h * zoom) / 2 + 3 : 9;
  return [{ op: 'rect', ...grow(box, 3 / zoom), radius, stroke: 'accent', width: 2 }];
}

function isIn(box: Box, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

/** `v kube-system`, in front of its cards. */
function laneCaption(
  { id, name }: Island,
  box: Box,
  zoom: number,
  look: Look,
  measure: Measure,
): readonly Op[] {
  const room = LANE_CAPTION_W * zoom - 26;
  const shown = elide(name, room, 11.5, 600, measure);
  const at = { x: box.x, y: box.y + box.h / 2 };
  const width = measure(shown, 11.5, 600);
  return [
    icon('open', { ...at, dx: -width - 26, dy: -6 }, 1),
    {
      op: 'text',
      at: { ...at, dx: -10, dy: 0 },
      text: shown,
      size: 11.5,
      weight: 600,
      ink: look.hover === id ? 'text' : 'text3',
      align: 'right',
    },
  ];
}

function drawFrame({ id }: Island, box: Box, look: Look): Op {
  const chosen = look.chosen.has(id);
  const stroke = chosen ? 'accent' : look.hover === id ? 'ctl' : 'line';
  return { op: 'rect', ...box, radius: 10, fill: 'base', stroke, width: chosen ? 2 : 1 };
}

function drawHead(
  island: Island,
  box: Box,
  { noun, scene }: Drawing,
  zoom: number,
  measure: Measure,
): readonly Op[] {
  const room = box.w * zoom;
  if (room < 40) return [];
  const asTitle = (): readonly Op[] => title(box, island.name, island.load.droppedPerS, zoom, measure);
  if (zoom < 0.5) return asTitle();
  const dy = Math.min(15, (ISLAND_HEAD * zoom) / 2);
  const ops: Op[] = [];
  const ground = (dx: number, w: number): Op => ({
    op: 'bar',
    at: { x: box.x, y: box.y, dx, dy: dy - 8 },
    w,
    h: 16,
    radius: 4,
    fill: 'base',
  });
  const drops = island.load.droppedPerS > 0 ? rateText(island.load.droppedPerS) : '';
  const dropWidth = drops === '' ? 0 : measure(drops, 11.5, 600) + 18;
  const counts = [countText(island, noun, scene), String(island.members.length)];
  const count =
    counts.find(
      (text) => measure(text, 11.5, 400) + measure(island.name, 12, 600) <= room - 44 - dropWidth,
    ) ?? '';
  const name = elide(island.name, room - 44 - dropWidth - measure(count, 11.5, 400), 12, 600, measure);
  // Better a name without the mark that it can be closed than the mark of nobody knows what.
  if (name === '' || (name !== island.name && measure(island.name, 11.5, 600) <= room - 12 - dropWidth))
    return asTitle();
  const countAt = 24 + measure(name, 12, 600) + 8;
  ops.push(ground(4, countAt + measure(count, 11.5, 400)));
  ops.push(icon('open', { x: box.x, y: box.y, dx: 8, dy: dy - 6 }, 1));
  ops.push({
    op: 'text',
    at: { x: box.x, y: box.y, dx: 24, dy },
    text: name,
    size: 12,
    weight: 600,
    ink: 'text2',
    align: 'left',
  });
  ops.push({
    op: 'text',
    at: { x: box.x, y: box.y, dx: countAt, dy },
    text: count,
    size: 11.5,
    weight: 400,
    ink: 'text3',
    align: 'left',
  });
  if (drops !== '' && room > countAt + dropWidth + 16) {
    const at = { x: box.x + box.w, y: box.y };
    ops.push(ground(room - dropWidth - 10, dropWidth + 4));
    ops.push(...glyph('dropped', { ...at, dx: -dropWidth - 6, dy: dy - 5 }, 10 / 12, 1));
    ops.push({
      op: 'text',
      at: { ...at, dx: -10, dy },
      text: drops,
      size: 11.5,
      weight: 600,
      ink: 'dropped',
      align: 'right',
    });
  }
  return ops;
}

/** `3 workloads, 4 pods` */
function countText({ members }: Island, noun: string, { items }: MapScene): string {
  const pods = members.reduce((sum, id) => {
    const item = items.get(id);
    return sum + (item?.kind === 'card' ? item.node.pods : 0);
  }, 0);
  const nodes = plural(members.length, noun);
  return noun === 'pod' || pods === 0 ? nodes : `${nodes}, ${plural(pods, 'pod')}`;
}

/** Height of a title. */
const TITLE_PX = 18;

/**
 * A name on the upper edge of a box, or `up` px above it: of a cluster, and of an island when it is too small for a
 * head.
 */
function title(
  box: Box,
  name: string,
  droppedPerS: number,
  zoom: number,
  measure: Measure,
  up = 0,
): readonly Op[] {
  const drops = droppedPerS > 0 ? rateText(droppedPerS) : '';
  const dropWidth = drops === '' ? 0 : measure(drops, 11, 600) + 22;
  const shown = elide(name, Math.max(box.w * zoom - dropWidth - 12, 30), 11.5, 600, measure);
  const width = measure(shown, 11.5, 600);
  if (shown === '') return [];
  const at = { x: box.x, y: box.y };
  const ops: Op[] = [
    {
      op: 'bar',
      at: { ...at, dx: 8, dy: -TITLE_PX / 2 - up },
      w: width + 8,
      h: TITLE_PX,
      radius: 4,
      fill: 'canvas',
    },
    {
      op: 'text',
      at: { ...at, dx: 12, dy: -up },
      text: shown,
      size: 11.5,
      weight: 600,
      ink: 'text2',
      align: 'left',
    },
  ];
  if (drops !== '' && box.w * zoom > width + dropWidth + 12) {
    ops.push({
      op: 'bar',
      at: { ...at, dx: width + 18, dy: -TITLE_PX / 2 - up },
      w: dropWidth,
      h: TITLE_PX,
      radius: 4,
      fill: 'canvas',
    });
    ops.push(...glyph('dropped', { ...at, dx: width + 20, dy: -5 - up }, 10 / 12, 1));
    ops.push({
      op: 'text',
      at: { ...at, dx: width + 34, dy: -up },
      text: drops,
      size: 11,
      weight: 600,
      ink: 'dropped',
      align: 'left',
    });
  }
  return ops;
}
