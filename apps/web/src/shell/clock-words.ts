// What the strip says of the clocks. A flow that comes late looks like one of a clock that is behind, and Relay itself
// keeps flows back to bring them in order: up to a hundred of them (`--sort-buffer-len-max`), or for a second when
// nothing comes (`--sort-buffer-drain-timeout`).

import { formatSpan } from '../widgets/index.ts';

const SORTED_FLOWS = 100;
/** Of a slow stream: a second without flows comes before a hundred of them. */
const SORTED_MS = 20_000;
/** So slow that nearly every flow is followed by such a second. */
const DRAINED_PER_S = 1;
/** What says nothing about clocks: the drain, and the way through the network. */
const ON_THE_WAY_MS = 2000;

export type ClockWords = { readonly value: string; readonly explain: string };

/** `skewMs`: time of a flow minus this machine's when it arrived, median; `inPerS`: flows that arrive. */
export function clockWords(skewMs: number, inPerS: number): ClockWords {
  const sortedMs = inPerS > DRAINED_PER_S ? Math.min(SORTED_MS, (SORTED_FLOWS / inPerS) * 1000) : 0;
  const span = formatSpan(Math.abs(skewMs));
  if (skewMs >= ON_THE_WAY_MS) {
    return {
      value: span,
      explain: `Flows carry times that lie ${span} ahead of this machine's clock (median): clocks differ.`,
    };
  }
  const late = `Flows are ${span} old when they arrive (median).`;
  if (-skewMs >= ON_THE_WAY_MS + sortedMs) {
    return { value: `−${span}`, explain: `${late} Clocks differ, or something keeps flows back.` };
  }
  return {
    value: 'none',
    explain: `${skewMs < 0 ? `${late} ` : ''}Relay keeps some back to bring them in order, so nothing speaks for clocks that differ.`,
  };
}
