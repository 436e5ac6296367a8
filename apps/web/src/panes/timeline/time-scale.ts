// Time to pixels. Positions are rounded against the epoch and not against the left edge: a chart that slides moves
// all its marks by the same number of device pixels, and no bar changes its width on the way.

export type Span = { readonly startMs: number; readonly endMs: number };

export type TimeScale = {
  readonly span: Span;
  readonly leftPx: number;
  readonly widthPx: number;
  readonly pxPerMs: number;
  /** Distance from `originMs` in whole device pixels, given in CSS pixels: the same at every moment of a slide. */
  readonly offsetPx: (ms: number, originMs: number) => number;
  /** Place on the canvas. */
  readonly xOf: (ms: number) => number;
  /** The time under a place on the canvas, also outside of the plot. */
  readonly msAt: (x: number) => number;
};

export function createTimeScale(span: Span, leftPx: number, widthPx: number, pixelRatio: number): TimeScale {
  const lengthMs = Math.max(1, span.endMs - span.startMs);
  const pxPerMs = widthPx / lengthMs;
  const devicePx = (ms: number): number => Math.round(ms * pxPerMs * pixelRatio);
  const offsetPx = (ms: number, originMs: number): number => (devicePx(ms) - devicePx(originMs)) / pixelRatio;
  return {
    span,
    leftPx,
    widthPx,
    pxPerMs,
    offsetPx,
    xOf: (ms) => leftPx + offsetPx(ms, span.startMs),
    msAt: (x) => span.startMs + (x - leftPx) / pxPerMs,
  };
}
