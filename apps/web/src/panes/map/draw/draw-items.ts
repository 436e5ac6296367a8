// Cards, closed islands and pills, at each of the three levels of zoom.

import { VERDICT_GLYPHS } from '../../../widgets/index.ts';
import type { Box } from '../layout/geometry.ts';
import { totalOf, sharesOf } from '../model/mix.ts';
import type { CardItem, ClosedItem, Load, PillItem, SceneItem } from '../model/scene.ts';
import { elide } from './elide.ts';
import type { Level } from './level.ts';
import { isIdle, itemAlpha, type Look } from './look.ts';
import { ICONS } from './marks.ts';
import { fillInk, type Anchor, type Ink, type Measure, type Op, type RectOp } from './ops.ts';
import { aboutNode, plural, portsText, rateText } from './words.ts';

export type ItemContext = {
  readonly level: Level;
  readonly zoom: number;
  readonly look: Look;
  readonly measure: Measure;
  /** What a node of this scope is called: 'workload', 'pod'. */
  readonly noun: string;
};

const IDLE_DASH = [4, 3];
const DOT = 12;
const THREE_LINES_PX = 62;
/** What a name on one line gains where the icon before it goes. */
const ICON_PX = 18;
/** Far, a card of at least this size has room for a name. */
const NAMED_PX = { w: 46, h: 15 } as const;
/** The same of a pill or a card in the lane: where all are without a name nobody knows what the lane is. */
const NAMED_FLAT_PX = { w: 40, h: 11 } as const;

export function drawItem(item: SceneItem, box: Box, context: ItemContext): readonly Op[] {
  const alpha = itemAlpha(item, context.look);
  switch (item.kind) {
    case 'card':
      if (item.lane) return drawFlat(item, item.node.name, box, alpha, context);
      return context.level === 'far'
        ? drawDot(item, box, alpha, context)
        : drawCard(item, box, alpha, context);
    case 'closed':
      return drawClosed(item, box, alpha, context);
    case 'pill':
      return drawFlat(item, item.name, box, alpha, context);
  }
}

/** Outline and ground of an item, with what a person does to it. */
function frame(
  id: string,
  box: Box,
  radius: number,
  alpha: number,
  { look }: ItemContext,
  own: { readonly fill: Ink; readonly stroke: Ink; readonly idle: boolean },
): readonly RectOp[] {
  const chosen = look.chosen.has(id);
  const found = look.found?.has(id) === true;
  const ops: RectOp[] = [];
  if (chosen) ops.push({ op: 'rect', ...box, radius: radius + 3, stroke: 'tint-selected', width: 7 });
  // Opaque first: links end under cards, and must not shine through a faded one.
  ops.push({ op: 'rect', ...box, radius, fill: 'canvas' });
  ops.push({
    op: 'rect',
    ...box,
    radius,
    fill: own.fill,
    stroke: chosen || found ? 'accent' : look.hover === id ? 'ctl' : own.stroke,
    width: chosen ? 2 : 1,
    alpha,
    ...(own.idle && !chosen ? { dash: IDLE_DASH } : {}),
  });
  return ops;
}

function drawCard(item: CardItem, box: Box, alpha: number, context: ItemContext): readonly Op[] {
  const { level, zoom, measure, look } = context;
  const { node, load } = item;
  const w = box.w * zoom;
  const h = box.h * zoom;
  const text = writer(box, alpha);
  const ops: Op[] = [
    ...frame(item.id, box, 6, alpha, context, { fill: 'raised', stroke: 'line2', idle: isIdle(load) }),
  ];
  const rate = rateText(load.perS);
  const drops = load.droppedPerS > 0;
  if (level === 'middle') {
    const size = w > 110 ? 12.5 : 11.5;
    const top = h * 0.36;
    const room = w - 18 - (drops ? 14 : 0);
    ops.push(text(elide(node.name, room, size, 600, measure), 9, top, size, 600, 'text'));
    if (drops)
      ops.push(
        ...glyph('dropped', { x: box.x, y: box.y, dx: w - 20, dy: top - 6 }, 1, Math.max(alpha, 0.85)),
      );
    ops.push(text(rate, 9, h * 0.74, 11, 400, 'text2'));
    const barFrom = 9 + measure(rate, 11, 400) + 8;
    ops.push(
      ...mixBar(load, { x: box.x, y: box.y, dx: barFrom, dy: h * 0.74 - 1.5 }, w - barFrom - 9, alpha),
    );
    return ops;
  }
  const rateWidth = measure(rate, 12, 500);
  // Name, what it is, what it is called at; where it is not high enough for three lines, the first and the last.
  const three = h >= THREE_LINES_PX;
  ops.push(icon('workload', { x: box.x, y: box.y, dx: 10, dy: 9 }, alpha));
  ops.push(text(elide(node.name, w - 38 - rateWidth - 6, 13, 600, measure), 28, 15, 13, 600, 'text'));
  ops.push(text(rate, w - 10, 15, 12, 500, 'text', 'right'));
  const ports = portsText(load.ports);
  // Less of it before anything is cut: the icon and the name say most.
  const fitting = (texts: readonly string[], room: number): string =>
    texts.find((candidate) => measure(candidate, 11, 400) <= room) ?? '';
  const about = (room: number): string =>
    fitting(
      [
        aboutNode(node),
        aboutNode({ ...node, kind: '' }),
        aboutNode({ ...node, kind: '', pods: 0 }),
        node.kind,
      ],
      room,
    );
  if (three) ops.push(text(about(w - 38), 28, 31, 11, 400, 'text3'));
  const dropText = rateText(load.droppedPerS);
  const dropWidth = drops ? measure(dropText, 11, 600) + 18 : 0;
  const lastY = three ? 47 : 32;
  const room = w - 38 - dropWidth;
  const last =
    ports === '' && !three ? about(room) : fitting([ports, portsText(load.ports.slice(0, 1))], room);
  ops.push(text(last, 28, lastY, 11, 400, 'text2'));
  if (drops) {
    const dropAlpha = Math.max(alpha, 0.85);
    ops.push(
      ...glyph(
        'dropped',
        { x: box.x, y: box.y, dx: w - 10 - dropWidth + 4, dy: lastY - 5 },
        10 / 12,
        dropAlpha,
      ),
    );
    ops.push(text(dropText, w - 10, lastY, 11, 600, 'dropped', 'right', dropAlpha));
  }
  ops.push(...mixBar(load, { x: box.x, y: box.y, dx: 10, dy: h - 7 }, w - 20, alpha));
  if (look.pinned.has(item.id)) ops.push(icon('pin', { x: box.x, y: box.y, dx: w - 14, dy: -6 }, alpha));
  return ops;
}

/**
 * Far: the name alone where the card has room for one, else a dot in its place. The outline says where links end, and
 * drops keep their shape: at a corner, since those that drop are the last to go without a name.
 */
function drawDot(item: CardItem, box: Box, alpha: number, context: ItemContext): readonly Op[] {
  const { zoom, measure } = context;
  const { load, node } = item;
  const w = box.w * zoom;
  const h = box.h * zoom;
  const own = { fill: 'raised', stroke: 'line2', idle: isIdle(load) } as const;
  const ops: Op[] = [...frame(item.id, box, 4, alpha, context, own)];
  const drops = load.droppedPerS > 0;
  const strong = Math.max(alpha, 0.85);
  if (w >= NAMED_PX.w && h >= NAMED_PX.h) {
    // The lower one: the name of the island stands close above.
    const at: Anchor = { x: box.x + box.w, y: box.y + box.h, dx: -6, dy: -5 };
    const name = elide(node.name, w - 11, 10.5, 500, measure);
    ops.push(writer(box, alpha)(name, 6, h / 2, 10.5, 500, load.perS > 0 ? 'text2' : 'text3'));
    return drops ? [...ops, ...glyph('dropped', at, 9 / 12, strong)] : ops;
  }
  const size = Math.min(DOT, h * 0.7);
  const at: Anchor = { x: box.x + box.w / 2, y: box.y + box.h / 2, dx: -size / 2, dy: -size / 2 };
  if (drops) return [...ops, ...glyph('dropped', at, size / 12, strong)];
  const fill = load.perS > 0 ? 'forwarded-fill' : 'ctl';
  return [...ops, { op: 'bar', at, w: size, h: size, radius: 3, fill, alpha }];
}

function drawClosed(item: ClosedItem, box: Box, alpha: number, context: ItemContext): readonly Op[] {
  const { level, zoom, measure, noun } = context;
  const w = box.w * zoom;
  const h = box.h * zoom;
  const drops = item.load.droppedPerS > 0;
  const strong = drops ? Math.max(alpha, 0.85) : alpha;
  const text = writer(box, strong);
  const ops: Op[] = [];
  // The cards below: two edges.
  for (const [inset, up] of [
    [8, 6],
    [4, 3],
  ] as const) {
    ops.push({
      op: 'rect',
      x: box.x + inset / zoom,
      y: box.y - up / zoom,
      w: box.w - (2 * inset) / zoom,
      h: 12 / zoom,
      radius: 5,
      fill: 'raised',
      stroke: drops ? 'dropped-fill' : 'line2',
      width: 1,
      alpha: strong * 0.7,
    });
  }
  ops.push(
    ...frame(item.id, box, 6, strong, context, {
      fill: 'raised',
      stroke: drops ? 'dropped-fill' : 'line2',
      idle: isIdle(item.load),
    }),
  );
  if (drops) ops.push({ op: 'rect', ...box, radius: 6, fill: 'tint-dropped', alpha: strong });
  if (level === 'far') {
    if (w >= 44)
      ops.push(
        text(elide(item.name, w - 10, 11, 600, measure), 5, h / 2, 11, 600, drops ? 'dropped' : 'text2'),
      );
    return ops;
  }
  const step = h / 3.5;
  ops.push(icon('closed', { x: box.x, y: box.y, dx: 7, dy: step - 6 }, strong));
  ops.push(text(elide(item.name, w - 32, 12.5, 600, measure), 23, step, 12.5, 600, 'text'));
  const members = plural(item.count, noun);
  ops.push(text(elide(members, w - 30, 11, 400, measure), 23, step * 1.9, 11, 400, 'text3'));
  const rate = rateText(item.load.perS);
  if (!drops) {
    ops.push(text(rate, 23, step * 2.8, 11.5, 400, 'text2'));
    return ops;
  }
  ops.push(...glyph('dropped', { x: box.x, y: box.y, dx: 23, dy: step * 2.8 - 5 }, 10 / 12, strong));
  ops.push(text(rateText(item.load.droppedPerS), 37, step * 2.8, 11.5, 600, 'dropped'));
  const dropsEnd = 37 + measure(rateText(item.load.droppedPerS), 11.5, 600);
  if (dropsEnd + measure(rate, 11.5, 400) + 16 < w)
    ops.push(text(rate, w - 9, step * 2.8, 11.5, 400, 'text2', 'right'));
  return ops;
}

/** One line: peers outside, rounded, and what stands in the lane. */
function drawFlat(
  item: PillItem | CardItem,
  name: string,
  box: Box,
  alpha: number,
  context: ItemContext,
): readonly Op[] {
  const { level, zoom, measure, look } = context;
  const w = box.w * zoom;
  const h = box.h * zoom;
  const pill = item.kind === 'pill';
  const drops = item.load.droppedPerS > 0;
  const strong = drops ? Math.max(alpha, 0.85) : alpha;
  const ops: Op[] = [
    ...frame(item.id, box, pill ? h / 2 : 6, strong, context, {
      fill: pill ? 'base' : 'raised',
      stroke: drops ? 'dropped-fill' : 'line2',
      idle: isIdle(item.load),
    }),
  ];
  const text = writer(box, strong);
  if (level === 'far') {
    if (w >= NAMED_FLAT_PX.w && h >= NAMED_FLAT_PX.h)
      ops.push(text(elide(name, w - 8, 10.5, 500, measure), w / 2, h / 2, 10.5, 500, 'text2', 'center'));
    return ops;
  }
  const perS = rateText(drops ? item.load.droppedPerS : item.load.perS);
  const ports = portsText(item.load.ports);
  const weight = drops ? 600 : 400;
  const mark = drops ? 14 : 0;
  const spare = w - 46 - measure(name, 12, 600) - mark;
  // What it is called at, where there is room for it: that says what most of these are for.
  const full = ports === '' || drops ? perS : `${perS} · ${ports}`;
  const rate = measure(full, 11.5, weight) <= spare ? full : perS;
  const rateWidth = measure(rate, 11.5, weight);
  // First the icon makes room, as the outline says the same, then the rate; that there are drops is told in any case.
  const cut = measure(name, 12, 600) > w - 38 - (drops ? mark + 6 : 0);
  const bare = rateWidth > spare && (cut || rateWidth <= spare + ICON_PX);
  const roomy = rateWidth <= spare + (bare ? ICON_PX : 0);
  const told = roomy ? rateWidth + mark : mark;
  const from = bare ? 28 - ICON_PX : 28;
  if (!bare)
    ops.push(icon(pill ? 'outside' : 'workload', { x: box.x, y: box.y, dx: 10, dy: h / 2 - 6 }, strong));
  const room = w - 10 - from - (told === 0 ? 0 : told + 6);
  ops.push(text(elide(name, room, 12, 600, measure), from, h / 2, 12, 600, 'text'));
  if (look.pinned.has(item.id)) ops.push(icon('pin', { x: box.x, y: box.y, dx: w - 16, dy: -6 }, alpha));
  if (drops)
    ops.push(...glyph('dropped', { x: box.x, y: box.y, dx: w - 12 - told, dy: h / 2 - 5 }, 10 / 12, strong));
  if (roomy) ops.push(text(rate, w - 12, h / 2, 11.5, weight, drops ? 'dropped' : 'text2', 'right'));
  return ops;
}

type Write = (
  text: string,
  dx: number,
  dy: number,
  size: number,
  weight: 400 | 500 | 600,
  ink: Ink,
  align?: 'left' | 'right' | 'center',
  alpha?: number,
) => Op;

function writer(box: Box, alpha: number): Write {
  return (text, dx, dy, size, weight, ink, align = 'left', own = alpha) => ({
    op: 'text',
    at: { x: box.x, y: box.y, dx, dy },
    text,
    size,
    weight,
    ink,
    align,
    alpha: own,
  });
}

export function icon(name: keyof typeof ICONS, at: Anchor, alpha: number): Op {
  return { op: 'glyph', at, d: ICONS[name], scale: 1, stroke: 'text3', width: 1.2, alpha };
}

export function glyph(kind: 'dropped', at: Anchor, scale: number, alpha: number): readonly Op[] {
  return VERDICT_GLYPHS[kind].map(({ d }) => ({ op: 'glyph', at, d, scale, fill: kind, alpha }));
}

/** What it receives, by verdict; a part that is there is never narrower than 2 px. */
function mixBar(load: Load, at: Anchor, width: number, alpha: number): readonly Op[] {
  if (width < 12) return [];
  const total = totalOf(load.received);
  if (total === 0) return [{ op: 'bar', at, w: width, h: 3, radius: 1.5, fill: 'line2', alpha }];
  const shares = sharesOf(load.received);
  const spare = width - 2 * shares.length;
  let dx = at.dx;
  return shares.map(({ kind, count }) => {
    const w = 2 + (spare * count) / total;
    const op: Op = { op: 'bar', at: { ...at, dx }, w, h: 3, radius: 0, fill: fillInk(kind), alpha };
    dx += w;
    return op;
  });
}
