// The marks of the chart as data: what is drawn is a list of these, and draw.ts alone touches a canvas.

import type { Ink } from './ink.ts';

export type Mark =
  /** Rectangles of one colour: x, y, width, height, four numbers each. */
  | { readonly kind: 'fill'; readonly ink: Ink; readonly boxes: readonly number[] }
  /** Hatching within rectangles: not seen. */
  | { readonly kind: 'hatch'; readonly ink: Ink; readonly boxes: readonly number[] }
  /** A filled polygon: x, y, two numbers each corner. */
  | { readonly kind: 'shape'; readonly ink: Ink; readonly points: readonly number[] }
  /** A straight line, horizontal or vertical, on whole pixels. */
  | {
      readonly kind: 'line';
      readonly ink: Ink;
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
      readonly widthPx: number;
      readonly dashPx?: readonly number[];
    }
  | {
      readonly kind: 'text';
      readonly ink: Ink;
      /** On the baseline, at the side that `align` names. */
      readonly at: readonly [number, number];
      readonly text: string;
      readonly align: 'left' | 'center' | 'right';
      readonly strong?: boolean;
    }
  /** What follows up to the end of the list is clipped to a rectangle and moved. */
  | {
      readonly kind: 'clip';
      readonly box: readonly [number, number, number, number];
      readonly moveX: number;
      readonly marks: readonly Mark[];
    };
