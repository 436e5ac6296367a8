// Measures of the strip, px from its top left corner (right of the left cell).
//
//     axis 44 | tag                                  | 14
//             | what passed, 70 %                    |
//      0      |--------------------------------------|
//             | what failed, 30 %                    |
//             | 12:01:30        12:02:00             |

import type { Dimension } from './dimensions.ts';

export const AXIS_PX = 44;
export const RIGHT_PX = 14;
export const TOP_PX = 22;
export const BOTTOM_PX = 82;
/** Baseline of the times. */
export const TIMES_PX = 95;
/** The strip that tags of flows use. */
export const TAG_TOP_PX = 4;
export const TAG_HEIGHT_PX = 16;

export type PlotLayout = {
  readonly leftPx: number;
  readonly widthPx: number;
  /** Height of each side. */
  readonly upPx: number;
  readonly downPx: number;
  /** Where both begin: `up` ends above it, a line of 1 px follows, then `down`. */
  readonly zeroPx: number;
};

/** `widthPx` is that of the canvas. */
export function plotLayout(widthPx: number, { sides }: Pick<Dimension, 'sides'>): PlotLayout {
  const roomPx = BOTTOM_PX - TOP_PX;
  // Where everything hangs, lost flows still need a place on top.
  const upPx = sides.includes('up') ? (sides.includes('down') ? roomPx * 0.7 : roomPx - 1) : 10;
  return {
    leftPx: AXIS_PX,
    widthPx: Math.max(1, widthPx - AXIS_PX - RIGHT_PX),
    upPx,
    downPx: roomPx - upPx - 1,
    zeroPx: TOP_PX + upPx,
  };
}
