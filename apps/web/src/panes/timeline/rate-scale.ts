// Flows a second to pixels, for each side of the zero line on its own.

/** What is above 0 is never drawn smaller: one drop among a million flows is seen. */
export const MIN_BAR_PX = 2;

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const UNITS = [
  ['M', 1_000_000],
  ['k', 1000],
] as const;
/** A scale shrinks when less than this share of it is used; in between it stays, so that bars do not breathe. */
const SHRINK_BELOW = 0.45;

/** The round end of the scale for a largest value; `previous` is kept while it serves. 0 for nothing. */
export function niceCeiling(max: number, previous = 0): number {
  if (!(max > 0)) return 0;
  if (max <= previous && max >= previous * SHRINK_BELOW) return previous;
  const power = 10 ** Math.floor(Math.log10(max));
  const step = STEPS.find((candidate) => candidate * power >= max) ?? 10;
  return step * power;
}

/** "40/s", "0.5/s", "1.5k/s": as short as the axis is narrow, and exact; '' for a scale without anything on it. */
export function ceilingText(perSecond: number): string {
  if (perSecond === 0) return '';
  const [unit, size] = UNITS.find(([, least]) => perSecond >= least) ?? ['', 1];
  return `${String(Number((perSecond / size).toPrecision(2)))}${unit}/s`;
}

/**
 * Heights in whole pixels for the parts of one bar, from the zero line outwards, written into `heights`. A part above
 * 0 gets at least MIN_BAR_PX; what that takes beyond `roomPx` is taken from the tallest part.
 */
export function partHeights(
  parts: ArrayLike<number>,
  ceiling: number,
  roomPx: number,
  heights: Float64Array,
): void {
  let total = 0;
  let tallest = 0;
  for (let i = 0; i < parts.length; i++) {
    const value = parts[i] ?? 0;
    const height = value > 0 ? Math.max(MIN_BAR_PX, Math.round((value / ceiling) * roomPx)) : 0;
    heights[i] = height;
    total += height;
    if (height > (heights[tallest] ?? 0)) tallest = i;
  }
  const excess = total - roomPx;
  if (excess > 0) heights[tallest] = Math.max(MIN_BAR_PX, (heights[tallest] ?? 0) - excess);
}
