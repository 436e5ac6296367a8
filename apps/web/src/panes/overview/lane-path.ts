// A lane's bars as one path, so that a lane is one element however many bars it has.

/** What is above 0 is never drawn smaller: one drop among a million flows is seen. */
const LEAST_PX = 2;
/** Of the width of a bucket; the rest is the space between bars. */
const BAR_WIDTH = 0.82;

/** Path data in a box of one unit per bucket by `heightPx`; '' without anything to draw. */
export function lanePath(counts: ArrayLike<number>, heightPx: number): string {
  let most = 0;
  for (let i = 0; i < counts.length; i++) most = Math.max(most, counts[i] ?? 0);
  if (most === 0) return '';
  const parts: string[] = [];
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0;
    if (count <= 0) continue;
    const height = Math.max(LEAST_PX, Math.round((count / most) * heightPx));
    parts.push(`M${i} ${heightPx}v-${height}h${BAR_WIDTH}v${height}z`);
  }
  return parts.join('');
}
