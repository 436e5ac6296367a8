// The arrow between the ends: forward, a reply turning back, or stopped at a bar. Drops end in a bar, never in a head.
// The table's rows draw it by glyph-elements.ts.

import { memo } from 'react';
import type { ArrowKind } from './row-tone.ts';

/** SVG path data in a box of 16 x 14. */
export const ARROW_PATHS: Readonly<Record<ArrowKind, string>> = {
  forward: 'M1 7h14M11.5 3.5 15 7l-3.500 3.5',
  reply: 'M15 3v4H3M6 4 3 7l3 3',
  stopped: 'M1 7h11M14.500 2v10',
  unknown: 'M1 7h14',
};

/** What an arrow says. */
export const ARROW_NAMES: Readonly<Record<ArrowKind, string>> = {
  forward: 'to',
  reply: 'replies to',
  stopped: 'stopped before',
  unknown: 'and',
};

/** Width of the line in px. */
export function arrowStroke(kind: ArrowKind): number {
  return kind === 'stopped' ? 1.75 : 1.25;
}

export function arrowInk(kind: ArrowKind): string {
  return kind === 'stopped' ? 'text-dropped' : 'text-text3';
}

export const FlowArrow = memo(function FlowArrow({ kind }: { readonly kind: ArrowKind }) {
  return (
    <svg
      role="img"
      aria-label={ARROW_NAMES[kind]}
      viewBox="0 0 16 14"
      width={16}
      height={14}
      fill="none"
      stroke="currentColor"
      strokeWidth={arrowStroke(kind)}
      className={`shrink-0 ${arrowInk(kind)}`}
    >
      <path d={ARROW_PATHS[kind]} />
    </svg>
  );
});
