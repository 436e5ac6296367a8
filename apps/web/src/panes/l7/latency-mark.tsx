// p50, p95 and p99 on a scale from 1 ms to 10 s, so that rows can be compared at a glance.

import type { CallCounts } from '../../engine/protocol.ts';

const WIDTH_PX = 120;
const LEAST_MS = 1;
const DECADES = 4;

/** Place on the scale in px, its ends where a value lies beyond. */
export function latencyX(ns: number): number {
  const decades = Math.log10(Math.max(LEAST_MS, ns / 1e6) / LEAST_MS);
  return 4 + (Math.min(DECADES, decades) / DECADES) * (WIDTH_PX - 8);
}

/** Decorative: the numbers stand beside it. */
export function LatencyMark({ latency }: { readonly latency: CallCounts['latency'] }) {
  if (latency === undefined) return null;
  const [p50, p95, p99] = [latencyX(latency.p50Ns), latencyX(latency.p95Ns), latencyX(latency.p99Ns)];
  return (
    <svg aria-hidden="true" width={WIDTH_PX} height={14} className="block text-text2">
      {[0, 1, 2, 3, 4].map((decade) => (
        <path
          key={decade}
          d={`M${4 + (decade / DECADES) * (WIDTH_PX - 8)} 0v14`}
          stroke="var(--fs-line)"
          strokeWidth={1}
        />
      ))}
      <path d={`M${p50} 7H${p99}`} stroke="currentColor" strokeWidth={1} />
      <circle cx={p50} cy={7} r={2.5} fill="currentColor" />
      <path d={`M${p95} 3v8`} stroke="currentColor" strokeWidth={1.6} />
      <circle cx={p99} cy={7} r={2.2} fill="var(--fs-base)" stroke="currentColor" strokeWidth={1.2} />
    </svg>
  );
}
