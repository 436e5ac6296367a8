// What a line of calls over time shows, in words.

import type { TrendTimes } from '../../engine/protocol.ts';
import { formatExact, formatSpan } from '../../widgets/index.ts';

const NS_PER_MS = 1_000_000n;

/** `3 to 52 requests in each 4 s, 20 in the last. Not connected in 2 of 60.` */
export function trendText(
  counts: Uint32Array,
  { bucketNs, buckets, unseen }: TrendTimes,
  { call, calls }: { readonly call: string; readonly calls: string },
): string {
  const seen = [...counts].filter((_, i) => !unseen.includes(i));
  const stretch = formatSpan(Number(bucketNs / NS_PER_MS));
  const gaps = unseen.length === 0 ? '' : ` Not connected in ${unseen.length} of ${buckets}.`;
  if (seen.length === 0) return 'Not connected all the time.';
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  const named = most === 1 ? call : calls;
  if (least === most) return `${formatExact(most)} ${named} in each ${stretch}.${gaps}`;
  const last = unseen.includes(buckets - 1) ? '' : `, ${formatExact(seen.at(-1) ?? 0)} in the last`;
  return `${formatExact(least)} to ${formatExact(most)} ${named} in each ${stretch}${last}.${gaps}`;
}
