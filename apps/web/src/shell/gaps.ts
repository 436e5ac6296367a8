// Times without a connection, in words: which of them are missing, and which came after all when the stream was
// resumed, because the server still had them.

import type { StatusAnswer } from '../engine/protocol.ts';
import { formatClock, type Zone } from '../widgets/index.ts';

export type Gap = StatusAnswer['gaps'][number];

const SHOWN = 5;

/** How many of the gaps are still gaps: what happened in them never came, or has not come yet. */
export function countMissing(gaps: readonly Gap[]): number {
  return gaps.filter((gap) => gap.refilled !== true).length;
}

/** The latest five, newest first. */
export function gapLines(gaps: readonly Gap[], zone: Zone): readonly string[] {
  const lines = gaps
    .slice(-SHOWN)
    .toReversed()
    .map((gap) => gapText(gap, zone));
  const older = gaps.length - lines.length;
  return older === 0 ? lines : [...lines, `And ${older} before.`];
}

function gapText({ fromNs, toNs, refilled }: Gap, zone: Zone): string {
  const from = formatClock(fromNs, zone);
  if (toNs === undefined) return `Since ${from}: nothing has come.`;
  const span = `${from} to ${formatClock(toNs, zone)}`;
  return refilled === true
    ? `${span}: the server still had these flows, and they are held.`
    : `${span}: what happened then is not held.`;
}
