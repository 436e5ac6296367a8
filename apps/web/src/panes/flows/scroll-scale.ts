// Where a long list stands when the scroll bar cannot hold its whole height.
//
// Browsers clamp an element's height (Firefox near 17.9 million px, Chromium near 33.5). Lists up to the limit scroll
// one to one. Longer ones keep two positions: `topPx`, where the reader is in the list's own pixels, and the scroll
// bar's place. Small moves of the bar (wheel, keys, touch) move `topPx` by the same pixels, so a line of scrolling is a
// line at any length; a long jump (dragging the thumb, a click in the gutter) maps the bar's place onto the list.
//
//   list   |----------------------------------------|  totalPx   topPx in [0, totalPx - viewPx]
//   bar    |-------------|                             barPx     scrollTop in [0, barPx - viewPx]

/** Below every browser's limit. */
export const MAX_BAR_PX = 15_000_000;

export type ScrollFrame = {
  /** Height of all rows. */
  readonly totalPx: number;
  /** Height of the visible part. */
  readonly viewPx: number;
};

/** Height of the element that is really scrolled. */
export function barHeight(frame: ScrollFrame): number {
  return Math.min(frame.totalPx, MAX_BAR_PX);
}

/** The furthest the list can be scrolled. */
export function maxTop(frame: ScrollFrame): number {
  return Math.max(0, frame.totalPx - frame.viewPx);
}

/** Where the bar belongs for a place in the list. */
export function barTop(topPx: number, frame: ScrollFrame): number {
  const furthest = maxTop(frame);
  if (furthest === 0) return 0;
  const barFurthest = Math.max(0, barHeight(frame) - frame.viewPx);
  return (Math.min(Math.max(topPx, 0), furthest) / furthest) * barFurthest;
}

/** A scroll bar: how far it is down, and how high its box is. */
export type Bar = { readonly px: number; readonly heightPx: number };

/**
 * Whether a scroll event is the reader's. In a box that has another height than when the bar was put last, the browser has
 * put it right, and may tell so after rows have come; bars report fractions of a pixel.
 */
export function movedByReader(last: Bar, now: Bar): boolean {
  return now.heightPx === last.heightPx && Math.abs(now.px - last.px) >= 1.5;
}

/** The place in the list after the bar moved from `fromBar` to `toBar`. */
export function topAfterScroll(topPx: number, fromBar: number, toBar: number, frame: ScrollFrame): number {
  const furthest = maxTop(frame);
  const barFurthest = Math.max(0, barHeight(frame) - frame.viewPx);
  if (barFurthest === 0) return 0;
  // Ends are ends, whatever the small moves before have added up to. Bars report fractions of a pixel.
  if (toBar <= 0) return 0;
  if (toBar >= barFurthest - 1) return furthest;
  if (furthest <= barFurthest) return Math.min(toBar, furthest);
  const moved = toBar - fromBar;
  if (Math.abs(moved) <= frame.viewPx) return Math.min(Math.max(topPx + moved, 0), furthest);
  return (toBar / barFurthest) * furthest;
}
