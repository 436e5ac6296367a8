// The books of the page in words: what each counter of the status strip counts and how they add up.

import type { Stats } from '../engine/protocol.ts';
import { formatExact } from '../widgets/index.ts';

/** `Received 15,832 = held 15,779 + evicted 0 + lost 43 + repeated 10 + skipped 0`, exact to the flow. */
export function receivedEquation(stats: Stats): string {
  return (
    `Received ${formatExact(stats.received)} = held ${formatExact(stats.held)} + evicted ${formatExact(stats.evicted)}` +
    ` + lost ${formatExact(stats.lost.total)} + repeated ${formatExact(stats.skipped.duplicate)}` +
    ` + skipped ${formatExact(unreadable(stats.skipped))}`
  );
}

/** `Held 15,789 = shown 6,416 + filtered 9,373`. */
export function heldEquation(stats: Stats): string {
  return (
    `Held ${formatExact(stats.held)} = shown ${formatExact(stats.held - stats.filtered)}` +
    ` + filtered ${formatExact(stats.filtered)}`
  );
}

/** How many are missing from the books; 0 unless there is a bug. */
export function unaccounted(stats: Stats): number {
  return stats.received - stats.held - stats.evicted - stats.lost.total - stats.skipped.total;
}

export type CauseCount = { readonly cause: string; readonly count: number };

/** Where flows were lost before they reached this page, largest first, without zeros. */
export function lostByCause(lost: Stats['lost']): readonly CauseCount[] {
  return withoutZeros([
    { cause: 'perf ring buffer of a node (PERF_EVENT_RING_BUFFER)', count: lost.perfRing },
    { cause: "queue of a node's Hubble (OBSERVER_EVENTS_QUEUE)", count: lost.observerQueue },
    { cause: 'ring buffer of Hubble (HUBBLE_RING_BUFFER)', count: lost.hubbleRing },
    { cause: 'cause not told', count: lost.unknown },
  ]);
}

/** Messages that arrived and could not be kept; repeats are, once. */
export function unreadable({ total, duplicate }: Stats['skipped']): number {
  return total - duplicate;
}

/** Why messages that arrived could not be kept, largest first, without zeros. */
export function skippedByCause(skipped: Stats['skipped']): readonly CauseCount[] {
  return withoutZeros([
    { cause: 'could not be decoded', count: skipped.malformed },
    { cause: 'larger than a message may be', count: skipped.oversized },
  ]);
}

function withoutZeros(counts: readonly CauseCount[]): readonly CauseCount[] {
  return counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}
