// Keeps the canvas up to date: paints when told of a new model, and by itself ten times a second or, where that is less
// often, whenever the chart has slid by a whole device pixel. Nothing is painted while the tab is hidden.

import type { Stacked } from './stacker.ts';
import { barMarks } from './bar-list.ts';
import type { Brush } from './brush.ts';
import { drawMarks } from './draw.ts';
import { type Frame, frameMarks } from './frame-list.ts';
import type { Palette } from './ink.ts';
import type { PlotLayout } from './layout.ts';
import type { Mark } from './mark.ts';
import { createTimeScale, type Span, type TimeScale } from './time-scale.ts';
import { timeTicks } from './time-ticks.ts';
import { ceilTo } from './brush.ts';
import type { Zone } from '../../widgets/index.ts';

/** Everything a frame depends on but the time. */
export type Model = Pick<Frame, 'heldSinceMs' | 'cursorMs' | 'selected'> & {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelRatio: number;
  readonly palette: Palette;
  readonly layout: PlotLayout;
  readonly zone: Zone;
  readonly stacked: Stacked | undefined;
  readonly bucketMs: number;
  readonly brush: Brush | undefined;
  /** The newest `lengthMs` up to now, or a span that stays. */
  readonly shown: { readonly lengthMs: number } | Span;
  /** The time of the cluster, or of the pause. */
  readonly nowMs: () => number;
  /** Time stands still, so nothing slides. */
  readonly still: boolean;
  /** Slides a bar at a time instead of a pixel at a time. */
  readonly reducedMotion: boolean;
};

export type Painter = {
  readonly show: (model: Model) => void;
  /** Where times were drawn the last time; undefined before the first frame. */
  readonly drawn: () => { readonly scale: TimeScale; readonly nowMs: number } | undefined;
  readonly close: () => void;
};

/** A frame costs the page more than what is painted in it: the whole document is gone through (bench: page.busy_5k). */
const SLIDE_MS = 100;

type BarCache = { readonly key: readonly unknown[]; readonly marks: readonly Mark[] };

export function createPainter(canvas: HTMLCanvasElement): Painter {
  let model: Model | undefined;
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawn: { readonly scale: TimeScale; readonly nowMs: number } | undefined;
  let cache: BarCache | undefined;

  function request(): void {
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      paint();
    });
  }
  function paint(): void {
    const context = canvas.getContext('2d');
    if (model === undefined || context === null) return;
    const { widthPx, heightPx, pixelRatio, layout, zone, stacked, palette } = model;
    const nowMs = timeOf(model);
    const span = spanAt(model, nowMs);
    const scale = createTimeScale(span, layout.leftPx, layout.widthPx, pixelRatio);
    drawn = { scale, nowMs };
    fit(canvas, Math.round(widthPx * pixelRatio), Math.round(heightPx * pixelRatio));
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, widthPx, heightPx);
    const marks = frameMarks({
      ...model,
      scale,
      ticks: timeTicks(span, layout.widthPx, zone),
      ceilings: stacked?.ceilings ?? { up: 0, down: 0 },
      bars: stacked && { from: stacked.bars, marks: cachedBars(stacked, scale, model) },
      nowMs,
    });
    drawMarks(context, marks, palette);
    schedule(scale, model);
  }
  function cachedBars(stacked: Stacked, scale: TimeScale, { layout, pixelRatio }: Model): readonly Mark[] {
    const key = [stacked, layout, scale.pxPerMs, pixelRatio];
    if (cache === undefined || cache.key.some((part, index) => part !== key[index])) {
      cache = { key, marks: barMarks(stacked.bars, scale, layout, stacked.ceilings) };
    }
    return cache.marks;
  }
  function schedule(scale: TimeScale, { still, reducedMotion, bucketMs, pixelRatio }: Model): void {
    clearTimeout(timer);
    if (still) return;
    const pixelMs = 1 / (scale.pxPerMs * pixelRatio);
    timer = setTimeout(request, Math.max(pixelMs, reducedMotion ? bucketMs : SLIDE_MS));
  }

  return {
    show: (next) => {
      model = next;
      request();
    },
    drawn: () => drawn,
    close: () => {
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
      model = undefined;
    },
  };
}

function timeOf({ nowMs, still, reducedMotion, bucketMs }: Model): number {
  return reducedMotion && !still ? ceilTo(nowMs(), bucketMs) : nowMs();
}

function spanAt({ shown }: Model, nowMs: number): Span {
  return 'lengthMs' in shown ? { startMs: nowMs - shown.lengthMs, endMs: nowMs } : shown;
}

/** Setting a size clears the canvas, so it is done only when it changes. */
function fit(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
