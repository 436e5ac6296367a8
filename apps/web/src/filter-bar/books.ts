// The equation under the list of what is hidden: everything received is somewhere.

import type { Stats } from '../engine/protocol.ts';

export type BookEntry = { readonly label: string; readonly count: number };

/** received = the sum of the parts; parts of zero are left out, but for shown, filtered and lost. */
export function bookEntries(stats: Stats): {
  readonly received: number;
  readonly parts: readonly BookEntry[];
} {
  const parts: readonly BookEntry[] = [
    { label: 'shown', count: stats.held - stats.filtered },
    { label: 'filtered', count: stats.filtered },
    { label: 'evicted', count: stats.evicted },
    { label: 'lost', count: stats.lost.total },
    { label: 'sampled', count: stats.sampled },
    { label: 'skipped', count: stats.skipped.total },
  ];
  const always = new Set(['shown', 'filtered', 'lost']);
  return {
    received: stats.received,
    parts: parts.filter((part) => part.count > 0 || always.has(part.label)),
  };
}
