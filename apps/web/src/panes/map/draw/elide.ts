// Names that do not fit lose their middle: head and tail stay, so that two pods of one workload can be told apart.

import type { Measure } from './ops.ts';

const TAIL = 6;

/** '' when not even three letters fit. */
export function elide(
  text: string,
  widthPx: number,
  size: number,
  weight: 400 | 500 | 600,
  measure: Measure,
): string {
  if (measure(text, size, weight) <= widthPx) return text;
  const tail = text.length > 2 * TAIL ? text.slice(-TAIL) : '';
  for (const end of tail === '' ? [''] : [tail, tail.slice(-3), '']) {
    // The longest head that fits, by halving.
    let low = 0;
    let high = text.length - end.length;
    while (low < high) {
      const mid = Math.ceil((low + high) / 2);
      if (measure(`${text.slice(0, mid)}…${end}`, size, weight) <= widthPx) low = mid;
      else high = mid - 1;
    }
    if (low >= 3) return `${text.slice(0, low)}…${end}`;
  }
  return '';
}
