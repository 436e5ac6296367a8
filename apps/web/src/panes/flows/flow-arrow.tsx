// The arrow between the ends: forward, a reply turning back, or stopped at a bar. Drops end in a bar, never in a head.

import { memo } from 'react';
import type { ArrowKind } from './row-tone.ts';

const PATHS: Readonly<Record<ArrowKind, string>> = {
  forward: 'M1 7h14M11.5 3.5 15 7l-3.500 3.5',
  reply: 'M15 3v4H3M6 4 3 7l3 3',
  stopped: 'M1 7h11M14.500 2v10',
  unknown: 'M1 7h14',
};

const NAMES: Readonly<Record<ArrowKind, string>> = {
  forward: 'to',
  reply: 'replies to',
  stopped: 'stopped before',
  unknown: 'and',
};

export const FlowArrow = memo(function FlowArrow({ kind }: { readonly kind: ArrowKind }) {
  return (
    <svg
      role="img"
      aria-label={NAMES[kind]}
      viewBox="0 0 16 14"
      width={16}
      height={14}
      fill="none"
      stroke="currentColor"
      strokeWidth={kind === 'stopped' ? 1.75 : 1.25}
      className={`shrink-0 ${kind === 'stopped' ? 'text-dropped' : 'text-text3'}`}
    >
      <path d={PATHS[kind]} />
    </svg>
  );
});
