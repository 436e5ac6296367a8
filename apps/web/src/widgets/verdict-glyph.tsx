// The shapes of the verdicts, 12 x 12, drawn here and nowhere else: table, facets, map and canvas use these paths.
// A verdict colour never stands without its shape, dash pattern or place.

import { Verdict } from '@finderscope/hubble-api';
import { memo } from 'react';

export type VerdictKind =
  | 'forwarded'
  | 'dropped'
  | 'redirected'
  | 'audit'
  | 'error'
  | 'traced'
  | 'translated'
  | 'unknown';

export type GlyphPath = {
  /** SVG path data in a 12 x 12 box; `new Path2D(d)` draws it on a canvas. */
  readonly d: string;
  /** Stroke width in px of an outline; undefined for a filled path. Filled paths use the even-odd rule. */
  readonly stroke?: number;
};

export const VERDICT_GLYPHS: Readonly<Record<VerdictKind, readonly GlyphPath[]>> = {
  // Triangle right.
  forwarded: [{ d: 'M3 1.6 10.4 6 3 10.4Z' }],
  // Filled square with a cut-out cross.
  dropped: [
    {
      d:
        'M2.2 1h7.6A1.2 1.2 0 0 1 11 2.2v7.6A1.2 1.2 0 0 1 9.8 11H2.2A1.2 1.2 0 0 1 1 9.8V2.2A1.2 1.2 0 0 1 2.2 1Z' +
        'M4.2 3.2 3.2 4.2 5 6 3.2 7.8 4.2 8.8 6 7 7.8 8.8 8.8 7.8 7 6 8.8 4.2 7.8 3.2 6 5Z',
    },
  ],
  // Diamond.
  redirected: [{ d: 'M6 .9 11.1 6 6 11.1.9 6Z' }],
  // Hollow triangle up.
  audit: [{ d: 'M6 1.8 11 10.4H1Z', stroke: 1.4 }],
  // Octagon with a stroke in it.
  error: [{ d: 'M3.9.9h4.2l3 3v4.2l-3 3H3.9l-3-3V3.9ZM5.3 3v3.8h1.4V3ZM5.3 7.8v1.4h1.4V7.8Z' }],
  // Ring.
  traced: [{ d: 'M10 6A4 4 0 1 1 2 6A4 4 0 1 1 10 6Z', stroke: 1.5 }],
  // Half-filled ring.
  translated: [
    { d: 'M10 6A4 4 0 1 1 2 6A4 4 0 1 1 10 6Z', stroke: 1.3 },
    { d: 'M6 2.6a3.4 3.4 0 0 1 0 6.8Z' },
  ],
  // Broken dash.
  unknown: [{ d: 'M1.6 6h3M7.4 6h3', stroke: 1.5 }],
};

/** Tailwind class of the ink, for text and glyph. */
export const VERDICT_INK: Readonly<Record<VerdictKind, string>> = {
  forwarded: 'text-forwarded',
  dropped: 'text-dropped',
  redirected: 'text-redirected',
  audit: 'text-audit',
  error: 'text-error',
  traced: 'text-traced',
  translated: 'text-traced',
  unknown: 'text-text3',
};

/** CSS variable of the fill, for bars, edges and canvas. */
export const VERDICT_FILL: Readonly<Record<VerdictKind, string>> = {
  forwarded: '--fs-forwarded-fill',
  dropped: '--fs-dropped-fill',
  redirected: '--fs-redirected-fill',
  audit: '--fs-audit-fill',
  error: '--fs-error-fill',
  traced: '--fs-traced-fill',
  translated: '--fs-traced-fill',
  unknown: '--fs-ctl',
};

const KINDS: ReadonlyMap<number, VerdictKind> = new Map([
  [Verdict.FORWARDED, 'forwarded'],
  [Verdict.DROPPED, 'dropped'],
  [Verdict.ERROR, 'error'],
  [Verdict.AUDIT, 'audit'],
  [Verdict.REDIRECTED, 'redirected'],
  [Verdict.TRACED, 'traced'],
  [Verdict.TRANSLATED, 'translated'],
]);

/** Kind of a verdict number as on the wire; a number this build does not know is 'unknown'. */
export function verdictKind(verdict: number): VerdictKind {
  return KINDS.get(verdict) ?? 'unknown';
}

/** Decorative: the written verdict stands beside it. Rows are drawn many times a second, mostly with the same one. */
export const VerdictGlyph = memo(function VerdictGlyph({
  kind,
  sizePx = 12,
  className = '',
}: {
  readonly kind: VerdictKind;
  readonly sizePx?: number;
  readonly className?: string;
}) {
  return (
    <svg
      viewBox="0 0 12 12"
      width={sizePx}
      height={sizePx}
      aria-hidden="true"
      className={`shrink-0 ${VERDICT_INK[kind]} ${className}`}
    >
      {VERDICT_GLYPHS[kind].map((path) => (
        <path
          key={path.d}
          d={path.d}
          fill={path.stroke === undefined ? 'currentColor' : 'none'}
          fillRule="evenodd"
          stroke={path.stroke === undefined ? 'none' : 'currentColor'}
          strokeWidth={path.stroke ?? 0}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
    </svg>
  );
});
