// The marks of all bars, at their distance from the start of the first one: made when counts, zoom or size change,
// and then only moved while the chart slides.

import type { Bars, Layer } from './bars.ts';
import type { Side } from './dimensions.ts';
import type { Ink } from './ink.ts';
import type { PlotLayout } from './layout.ts';
import type { Mark } from './mark.ts';
import { partHeights } from './rate-scale.ts';
import type { TimeScale } from './time-scale.ts';

/** End of the scale of each side, flows a second. */
export type Ceilings = Readonly<Record<Side, number>>;

const HATCH_INK: Ink = { token: '--fs-text3' };
const MIN_LOST_PX = 4;

type Column = { readonly x: number; readonly width: number };

export function barMarks(
  bars: Bars,
  scale: TimeScale,
  layout: PlotLayout,
  ceilings: Ceilings,
): readonly Mark[] {
  const columns: Column[] = [];
  for (let i = 0; i < bars.buckets; i++) {
    const x = scale.offsetPx(bars.startMs + i * bars.bucketMs, bars.startMs);
    const end = scale.offsetPx(bars.startMs + (i + 1) * bars.bucketMs, bars.startMs);
    columns.push({ x, width: Math.max(1, end - x - 1) });
  }
  const up = sideMarks('up', bars, columns, layout, ceilings);
  const down = sideMarks('down', bars, columns, layout, ceilings);
  return [...up.marks, ...down.marks, ...lostMarks(bars, columns, up.heights, layout, ceilings.up)];
}

/** The fills of one side, and how high its bars are. */
function sideMarks(
  side: Side,
  bars: Bars,
  columns: readonly Column[],
  layout: PlotLayout,
  ceilings: Ceilings,
): { readonly marks: readonly Mark[]; readonly heights: Float64Array } {
  const layers = bars.layers.filter((layer) => layer.side === side);
  const roomPx = side === 'up' ? layout.upPx : layout.downPx;
  const perBucket = (ceilings[side] * bars.bucketMs) / 1000;
  const parts = new Float64Array(layers.length);
  const heights = new Float64Array(layers.length);
  const reached = new Float64Array(columns.length);
  const boxes: number[][] = layers.map(() => []);
  for (const [i, { x, width }] of columns.entries()) {
    for (const [place, { counts }] of layers.entries()) parts[place] = counts[i] ?? 0;
    partHeights(parts, perBucket, roomPx, heights);
    let outward = 0;
    for (const [place, height] of heights.entries()) {
      if (height === 0) continue;
      const y = side === 'up' ? layout.zeroPx - outward - height : layout.zeroPx + 1 + outward;
      boxes[place]?.push(x, y, width, height);
      outward += height;
    }
    reached[i] = outward;
  }
  return { marks: layers.flatMap((layer, place) => fillOf(layer, boxes[place] ?? [])), heights: reached };
}

function fillOf({ ink }: Layer, boxes: readonly number[]): readonly Mark[] {
  return boxes.length === 0 ? [] : [{ kind: 'fill', ink, boxes }];
}

/** Lost upstream: hatching on top of the bar, in its scale, within the plot. */
function lostMarks(
  { lost, bucketMs }: Bars,
  columns: readonly Column[],
  heights: Float64Array,
  layout: PlotLayout,
  ceiling: number,
): readonly Mark[] {
  const boxes: number[] = [];
  const perBucket = (ceiling * bucketMs) / 1000;
  for (const [i, { x, width }] of columns.entries()) {
    const count = lost[i] ?? 0;
    if (count === 0) continue;
    const wanted = perBucket > 0 ? Math.round((count / perBucket) * layout.upPx) : 0;
    const height = Math.min(layout.upPx, Math.max(MIN_LOST_PX, wanted));
    const y = Math.max(layout.zeroPx - layout.upPx, layout.zeroPx - (heights[i] ?? 0) - height);
    boxes.push(x, y, width, height);
  }
  return boxes.length === 0 ? [] : [{ kind: 'hatch', ink: HATCH_INK, boxes }];
}
