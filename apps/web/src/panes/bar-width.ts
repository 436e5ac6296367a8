// How much time one bar stands for: a round length, so that bars keep their counts while the chart slides.

/** Bars are 1 px apart and at least 3 px wide. */
const MIN_PITCH_PX = 4;

const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;
const D = 24 * H;

const LENGTHS_MS: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * S),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MIN),
  ...[1, 2, 3, 6, 12].map((n) => n * H),
  D,
];

/** The shortest round length that leaves room for its bar; whole days beyond a day. */
export function chooseBarMs(spanMs: number, widthPx: number): number {
  const roomFor = Math.max(1, Math.floor(widthPx / MIN_PITCH_PX));
  const wanted = spanMs / roomFor;
  return LENGTHS_MS.find((length) => length >= wanted) ?? Math.ceil(wanted / D) * D;
}

const UNITS: readonly (readonly [number, string])[] = [
  [D, 'd'],
  [H, 'h'],
  [MIN, 'min'],
  [S, 's'],
];

/** "2 s", "500 ms", "1 h". */
export function barWords(barMs: number): string {
  for (const [unitMs, unit] of UNITS) if (barMs % unitMs === 0) return `${String(barMs / unitMs)} ${unit}`;
  return `${String(barMs)} ms`;
}
