// Names that do not fit lose their middle: head and tail stay, so that two pods of one workload can be told apart.

import type { Measure } from './ops.ts';

/** Letters of the tail, the most first; a name of few letters has none. */
const TAILS = [6, 4, 3] as const;
/** So many letters stand for what is left out, at least: else the tail says nothing that the head could not. */
const LEFT_OUT = 6;
/** Letters of the head, at least. */
const HEAD = 3;
/** Names that end in a number are told apart by it: where room is short, one letter in front has to do. */
const NUMBERED = /\d\d$/;

/** '' when too few letters fit. */
export function elide(
  text: string,
  widthPx: number,
  size: number,
  weight: 400 | 500 | 600,
  measure: Measure,
): string {
  if (measure(text, size, weight) <= widthPx) return text;
  const ends = TAILS.filter((tail) => text.length >= tail + LEFT_OUT).map((tail) => text.slice(-tail));
  const short = NUMBERED.test(text) ? ends.map((end) => ({ end, least: 1 })) : [];
  const wanted = [...ends.map((end) => ({ end, least: HEAD })), ...short, { end: '', least: HEAD }];
  for (const { end, least } of wanted) {
    // The longest head that fits, by halving.
    let low = 0;
    let high = text.length - end.length;
    while (low < high) {
      const mid = Math.ceil((low + high) / 2);
      if (measure(`${text.slice(0, mid)}…${end}`, size, weight) <= widthPx) low = mid;
      else high = mid - 1;
    }
    if (low >= least) return `${text.slice(0, low)}…${end}`;
  }
  return '';
}
