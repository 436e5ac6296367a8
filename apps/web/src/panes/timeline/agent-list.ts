// Where the marks of agent events stand, and what is drawn there: a shield on a dotted pole with a name beside it, or a
// small triangle, both in the strip above the plot.
//
//     ▾   [] rule1 updated
//          :
//     ||||||:|||||||

import type { EventMark } from './agent-marks.ts';
import type { Ink } from './ink.ts';
import { BOTTOM_PX, type PlotLayout, TAG_TOP_PX, TOP_PX } from './layout.ts';
import type { Mark } from './mark.ts';
import type { TimeScale } from './time-scale.ts';

const FLAG_INK: Ink = { token: '--fs-text2' };
const TICK_INK: Ink = { token: '--fs-text3' };
/** Text of the axis font is about this wide. */
const CHAR_PX = 6.2;
const SHIELD = {
  halfPx: 4,
  topPx: TAG_TOP_PX + 3,
  shoulderPx: TAG_TOP_PX + 9,
  tipPx: TAG_TOP_PX + 13,
} as const;
const TICK = { halfPx: 4, topPx: TOP_PX - 8, tipPx: TOP_PX - 2 } as const;
const NAME_GAP_PX = 8;
const MAX_NAME = 28;
/** Narrower charts name no flags: the names would lie on one another. */
const NAMED_FROM_PX = 420;

export type PlacedMark = {
  readonly mark: EventMark;
  readonly x: number;
  /** Right end of its name, or of its shape. */
  readonly endX: number;
  /** '' where there is no room for it. */
  readonly name: string;
};

/** The marks on screen, from left to right. A flag has its name where the next flag leaves room for it. */
export function placeMarks(
  marks: readonly EventMark[],
  scale: TimeScale,
  { leftPx, widthPx }: PlotLayout,
): readonly PlacedMark[] {
  const right = leftPx + widthPx;
  const inSight = marks
    .map((mark) => ({ mark, x: scale.xOf(mark.atMs) }))
    .filter(({ x }) => x >= leftPx && x <= right)
    .toSorted((a, b) => a.x - b.x);
  return inSight.map(({ mark, x }, at) => {
    const next = inSight.slice(at + 1).find(({ mark: { shape } }) => shape === 'flag')?.x ?? right + 12;
    const name = mark.name.length > MAX_NAME ? `${mark.name.slice(0, MAX_NAME - 1)}…` : mark.name;
    const endX = x + NAME_GAP_PX + name.length * CHAR_PX;
    const fits = name !== '' && widthPx >= NAMED_FROM_PX && endX + NAME_GAP_PX <= next;
    return fits ? { mark, x, endX, name } : { mark, x, endX: x + SHIELD.halfPx, name: '' };
  });
}

/** Ticks first: a flag is never under one. */
export function agentMarks(placed: readonly PlacedMark[]): readonly Mark[] {
  return [
    ...placed.flatMap(({ mark, x }) => (mark.shape === 'tick' ? [tick(x)] : [])),
    ...placed.flatMap((one) => (one.mark.shape === 'flag' ? flag(one) : [])),
  ];
}

/** The mark that a pointer in the strip above the plot is on. */
export function markAt(placed: readonly PlacedMark[], x: number, y: number): EventMark | undefined {
  if (y >= TOP_PX) return undefined;
  return placed.findLast((one) => x >= one.x - SHIELD.halfPx - 2 && x <= one.endX + 2)?.mark;
}

function tick(x: number): Mark {
  const { halfPx, topPx, tipPx } = TICK;
  return { kind: 'shape', ink: TICK_INK, points: [x - halfPx, topPx, x + halfPx, topPx, x, tipPx] };
}

function flag({ x, name }: PlacedMark): readonly Mark[] {
  const { halfPx, topPx, shoulderPx, tipPx } = SHIELD;
  return [
    {
      kind: 'line',
      ink: FLAG_INK,
      from: [x + 0.5, tipPx],
      to: [x + 0.5, BOTTOM_PX],
      widthPx: 1,
      dashPx: [2, 2],
    },
    {
      kind: 'shape',
      ink: FLAG_INK,
      points: [
        x - halfPx,
        topPx,
        x + halfPx + 1,
        topPx,
        x + halfPx + 1,
        shoulderPx,
        x + 0.5,
        tipPx,
        x - halfPx,
        shoulderPx,
      ],
    },
    ...(name === ''
      ? []
      : [
          {
            kind: 'text',
            ink: FLAG_INK,
            at: [x + NAME_GAP_PX, TAG_TOP_PX + 12],
            text: name,
            align: 'left',
          } as const,
        ]),
  ];
}
