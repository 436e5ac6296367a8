// How far the flow came between its two ends, as a line between them on a phone.

import type { FlowRow } from '../../engine/protocol.ts';
import { summaryParts } from '../flow-summary.ts';

const DIRECTIONS: Readonly<Record<number, string>> = { 1: ' on ingress', 2: ' on egress' };

export function PathStop({ row }: { readonly row: FlowRow }) {
  const stopped = row.verdict === 2;
  const { strong, text } = summaryParts(row);
  const what = `${strong} ${text}`.trim();
  return (
    <p className="flex items-center gap-2 text-note text-text2 tablet:hidden">
      <svg
        aria-hidden
        viewBox="0 0 14 18"
        width={14}
        height={18}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        className={`shrink-0 ${stopped ? 'text-dropped' : 'text-text3'}`}
      >
        <path d={stopped ? 'M7 1v12M1 15.500h12' : 'M7 1v15M3.500 12.500 7 16l3.500-3.500'} />
      </svg>
      <span className="min-w-0 truncate">
        {what === '' ? 'packet' : what}
        {stopped ? `, stopped${DIRECTIONS[row.trafficDirection] ?? ''}` : ''}
      </span>
      <span className="h-px flex-1 bg-line" />
    </p>
  );
}
