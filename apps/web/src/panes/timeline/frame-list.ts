// The marks of one frame: ground, axes, the bars moved to where they are now, what was not seen, brush, now and the
// selected flow. Small but for the bars, which come ready from bar-list.ts.

import { agentMarks, placeMarks } from './agent-list.ts';
import { formatSpan } from '../../widgets/index.ts';
import type { Bars } from './bars.ts';
import type { Ceilings } from './bar-list.ts';
import type { Brush } from './brush.ts';
import type { Ink } from './ink.ts';
import {
  AXIS_PX,
  BOTTOM_PX,
  type PlotLayout,
  TAG_HEIGHT_PX,
  TAG_TOP_PX,
  TIMES_PX,
  TOP_PX,
} from './layout.ts';
import type { Mark } from './mark.ts';
import { ceilingText } from './rate-scale.ts';
import type { TimeScale } from './time-scale.ts';
import type { Tick } from './time-ticks.ts';

export type Frame = {
  readonly scale: TimeScale;
  readonly layout: PlotLayout;
  readonly ticks: readonly Tick[];
  readonly ceilings: Ceilings;
  /** undefined before the first answer: the axes stand alone. */
  readonly bars: { readonly from: Bars; readonly marks: readonly Mark[] } | undefined;
  /** The time of the cluster; of the pause while paused. */
  readonly nowMs: number;
  /** Before it nothing is held, so nothing can be drawn. */
  readonly heldSinceMs: number | undefined;
  readonly brush: Brush | undefined;
  /** Start of the bar under pointer or keyboard. */
  readonly cursorMs: number | undefined;
  readonly selected: { readonly atMs: number; readonly text: string } | undefined;
};

const TEXT: Ink = { token: '--fs-text2' };
const NOTE: Ink = { token: '--fs-text3' };
const LINE: Ink = { token: '--fs-line' };
const ACCENT: Ink = { token: '--fs-accent' };
const BASE: Ink = { token: '--fs-base' };
/** Text of the axis font is about this wide. */
const CHAR_PX = 6.2;
const TAG_WIDTH_PX = 86;
const HEIGHT_PX = BOTTOM_PX - TOP_PX;

export function frameMarks(frame: Frame): readonly Mark[] {
  const { scale, layout } = frame;
  const plot: Mark[] = [
    ...(layout.downPx === 0 ? [] : [ground(layout)]),
    ...frame.ticks.map(({ ms }) => vertical(scale.xOf(ms), TOP_PX, BOTTOM_PX, LINE)),
    ...notHeld(frame),
    ...movedBars(frame),
    ...gaps(frame),
    ...veil(frame),
    ...cursor(frame),
    ...nowLine(frame),
  ];
  return [
    ...rates(frame),
    { kind: 'clip', box: [layout.leftPx, TOP_PX, layout.widthPx + 1, HEIGHT_PX], moveX: 0, marks: plot },
    ...times(frame),
    ...agentMarks(placeMarks(frame.bars?.from.agents.marks ?? [], frame.scale, layout)),
    ...brushEdges(frame),
    ...selected(frame),
  ];
}

/** The side of what failed has its own faint ground. */
function ground({ leftPx, widthPx, zeroPx, downPx }: PlotLayout): Mark {
  return {
    kind: 'fill',
    ink: { token: '--fs-dropped-fill', alpha: 0.05 },
    boxes: [leftPx, zeroPx + 1, widthPx, downPx],
  };
}

function notHeld({ scale, layout, heldSinceMs }: Frame): readonly Mark[] {
  const { leftPx } = layout;
  const endPx =
    heldSinceMs === undefined ? leftPx : Math.min(leftPx + layout.widthPx, scale.xOf(heldSinceMs));
  if (endPx <= leftPx) return [];
  const text = 'nothing held from before';
  const fits = endPx - leftPx > text.length * CHAR_PX + 16;
  return [
    { kind: 'fill', ink: { token: '--fs-canvas' }, boxes: [leftPx, TOP_PX, endPx - leftPx, HEIGHT_PX] },
    ...(fits ? [label((leftPx + endPx) / 2, layout.zeroPx - layout.upPx / 2 + 4, text)] : []),
  ];
}

/** Round ends of both scales, with the zero line between them. */
function rates({ layout, ceilings }: Frame): readonly Mark[] {
  const { leftPx, widthPx, zeroPx, upPx, downPx } = layout;
  const right = leftPx + widthPx;
  const x = AXIS_PX - 6;
  const both = upPx > 20;
  return [
    ...(both ? [dotted(leftPx, right, TOP_PX), axisText(x, TOP_PX + 4, ceilingText(ceilings.up), TEXT)] : []),
    axisText(x, zeroPx + (downPx > 0 ? 1 : 0) + (both ? 2 : 4), '0', TEXT),
    ...(downPx > 0
      ? [axisText(x, BOTTOM_PX + 2, ceilingText(ceilings.down), { token: '--fs-dropped' })]
      : []),
    { kind: 'fill', ink: { token: '--fs-line2' }, boxes: [leftPx, zeroPx, widthPx, 1] },
  ];
}

function dotted(left: number, right: number, y: number): Mark {
  return { kind: 'line', ink: LINE, from: [left, y + 0.5], to: [right, y + 0.5], widthPx: 1, dashPx: [1, 2] };
}

function axisText(x: number, y: number, text: string, ink: Ink): Mark {
  return { kind: 'text', ink, at: [x, y], text, align: 'right' };
}

function times({ scale, layout, ticks }: Frame): readonly Mark[] {
  const right = layout.leftPx + layout.widthPx;
  return ticks.flatMap(({ ms, text }) => {
    const half = (text.length * CHAR_PX) / 2;
    const x = scale.xOf(ms);
    if (x - half < layout.leftPx - 8 || x + half > right + 12) return [];
    return [{ kind: 'text', ink: TEXT, at: [x, TIMES_PX], text, align: 'center' } as const];
  });
}

function movedBars({ bars, scale, layout }: Frame): readonly Mark[] {
  if (bars === undefined) return [];
  const { leftPx, widthPx } = layout;
  const moveX = scale.xOf(bars.from.startMs);
  return [{ kind: 'clip', box: [leftPx, TOP_PX, widthPx, HEIGHT_PX], moveX, marks: bars.marks }];
}

/** Not connected: hatching over the whole height, with its length where it has room. */
function gaps({ bars, scale, layout, nowMs }: Frame): readonly Mark[] {
  const right = layout.leftPx + layout.widthPx;
  return (bars?.from.gaps ?? []).flatMap(({ fromMs, toMs = nowMs }) => {
    const from = Math.max(layout.leftPx, scale.xOf(fromMs));
    const to = Math.min(right, scale.xOf(toMs));
    if (to <= layout.leftPx || from >= right) return [];
    const width = Math.max(2, to - from);
    const marks: Mark[] = [
      { kind: 'fill', ink: BASE, boxes: [from, TOP_PX, width, HEIGHT_PX] },
      { kind: 'hatch', ink: { token: '--fs-line2' }, boxes: [from, TOP_PX, width, HEIGHT_PX] },
    ];
    const text = `not connected, ${formatSpan(toMs - fromMs)}`;
    const textPx = text.length * CHAR_PX + 12;
    if (width > textPx + 8) {
      const middle = from + width / 2;
      const y = TOP_PX + HEIGHT_PX / 2;
      marks.push(
        { kind: 'fill', ink: BASE, boxes: [middle - textPx / 2, y - 9, textPx, 18] },
        label(middle, y + 4, text),
      );
    }
    return marks;
  });
}

/** With a brush the rest dims. */
function veil({ brush, scale, layout, nowMs }: Frame): readonly Mark[] {
  if (brush === undefined) return [];
  const { leftPx, widthPx } = layout;
  const right = leftPx + widthPx;
  const from = clamp(scale.xOf(brush.startMs), leftPx, right);
  const to = clamp(scale.xOf(brush.endMs ?? nowMs), leftPx, right);
  return [
    {
      kind: 'fill',
      ink: { token: '--fs-base', alpha: 0.62 },
      boxes: [leftPx, TOP_PX, from - leftPx, HEIGHT_PX, to, TOP_PX, right - to, HEIGHT_PX],
    },
  ];
}

/** Edges to take hold of; one outside of the plot is not drawn. */
function brushEdges({ brush, scale, layout, nowMs }: Frame): readonly Mark[] {
  if (brush === undefined) return [];
  const right = layout.leftPx + layout.widthPx;
  const from = scale.xOf(brush.startMs);
  const to = scale.xOf(brush.endMs ?? nowMs);
  const bar: Mark = {
    kind: 'fill',
    ink: ACCENT,
    boxes: [
      clamp(from, layout.leftPx, right),
      TOP_PX - 2,
      Math.max(0, clamp(to, layout.leftPx, right) - clamp(from, layout.leftPx, right)),
      2,
    ],
  };
  const edges = [from, to].filter((x) => x >= layout.leftPx && x <= right);
  return [
    bar,
    ...edges.flatMap((x): readonly Mark[] => [
      vertical(x, TOP_PX - 2, BOTTOM_PX, ACCENT),
      { kind: 'fill', ink: ACCENT, boxes: [x - 2, TOP_PX + HEIGHT_PX / 2 - 9, 5, 18] },
      { kind: 'fill', ink: { token: '--fs-on-accent' }, boxes: [x, TOP_PX + HEIGHT_PX / 2 - 5, 1, 10] },
    ]),
  ];
}

function cursor({ cursorMs, bars, scale }: Frame): readonly Mark[] {
  if (cursorMs === undefined || bars === undefined) return [];
  const x = scale.xOf(cursorMs);
  const width = Math.max(1, scale.xOf(cursorMs + bars.from.bucketMs) - x - 1);
  return [{ kind: 'fill', ink: { token: '--fs-text', alpha: 0.16 }, boxes: [x, TOP_PX, width, HEIGHT_PX] }];
}

function nowLine({ scale, nowMs }: Frame): readonly Mark[] {
  return [{ kind: 'fill', ink: ACCENT, boxes: [scale.xOf(nowMs) - 1, TOP_PX - 2, 2, HEIGHT_PX + 2] }];
}

function selected({ selected: flow, scale, layout }: Frame): readonly Mark[] {
  if (flow === undefined) return [];
  const right = layout.leftPx + layout.widthPx;
  const x = scale.xOf(flow.atMs);
  if (x < layout.leftPx || x > right) return [];
  const left = clamp(x - TAG_WIDTH_PX / 2, layout.leftPx, right + 12 - TAG_WIDTH_PX);
  return [
    {
      kind: 'fill',
      ink: ACCENT,
      boxes: [x - 1, TAG_TOP_PX + TAG_HEIGHT_PX, 2, BOTTOM_PX - TAG_TOP_PX - TAG_HEIGHT_PX],
    },
    { kind: 'fill', ink: ACCENT, boxes: [left, TAG_TOP_PX, TAG_WIDTH_PX, TAG_HEIGHT_PX] },
    {
      kind: 'text',
      ink: { token: '--fs-on-accent' },
      at: [left + TAG_WIDTH_PX / 2, TAG_TOP_PX + 12],
      text: flow.text,
      align: 'center',
      strong: true,
    },
  ];
}

function vertical(x: number, top: number, bottom: number, ink: Ink): Mark {
  return { kind: 'fill', ink, boxes: [x, top, 1, bottom - top] };
}

function label(x: number, y: number, text: string): Mark {
  return { kind: 'text', ink: NOTE, at: [x, y], text, align: 'center' };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
