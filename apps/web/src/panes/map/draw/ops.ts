// The steps of a drawing. They say what stands where in which ink, and know neither canvas nor theme: paint.ts puts
// them on a canvas, write-svg.ts into a file, tests read them. Boxes and paths are in units of the map; what must stay
// readable at every zoom (text, glyphs, bars, line widths, dashes, radii) is in px, relative to an anchor on the map.

import type { VerdictKind } from '../../../widgets/index.ts';

/** Names of colours; the part of tokens.css behind `--fs-`. */
export type Ink =
  | 'canvas'
  | 'base'
  | 'raised'
  | 'overlay'
  | 'hover'
  | 'line'
  | 'line2'
  | 'ctl'
  | 'text'
  | 'text2'
  | 'text3'
  | 'accent'
  | 'tint-selected'
  | 'tint-dropped'
  | 'forwarded'
  | 'dropped'
  | 'audit'
  | 'redirected'
  | 'error'
  | 'traced'
  | 'forwarded-fill'
  | 'dropped-fill'
  | 'audit-fill'
  | 'redirected-fill'
  | 'error-fill'
  | 'traced-fill';

export type Paint = {
  readonly fill?: Ink;
  readonly stroke?: Ink;
  /** px */
  readonly width?: number;
  /** px on, px off */
  readonly dash?: readonly number[];
  /** 1 when left out. */
  readonly alpha?: number;
};

/** On the map, then so many px from there. */
export type Anchor = { readonly x: number; readonly y: number; readonly dx: number; readonly dy: number };

export type RectOp = Paint & {
  readonly op: 'rect';
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** px */
  readonly radius: number;
};

/** A rectangle of px. */
export type BarOp = Paint & {
  readonly op: 'bar';
  readonly at: Anchor;
  readonly w: number;
  readonly h: number;
  readonly radius: number;
};

export type PathOp = Paint & { readonly op: 'path'; readonly d: string };

/** A path of px, in a box of `12 x scale`. Filled ones use the even-odd rule. */
export type GlyphOp = Paint & {
  readonly op: 'glyph';
  readonly at: Anchor;
  readonly d: string;
  readonly scale: number;
};

export type TextOp = {
  readonly op: 'text';
  readonly at: Anchor;
  readonly text: string;
  readonly size: number;
  readonly weight: 400 | 500 | 600;
  readonly ink: Ink;
  readonly align: 'left' | 'right' | 'center';
  readonly alpha?: number;
};

export type Op = RectOp | BarOp | PathOp | GlyphOp | TextOp;

/** Width in px of a text in the sans font. */
export type Measure = (text: string, size: number, weight: 400 | 500 | 600) => number;

const FILLS: Readonly<Record<VerdictKind, Ink>> = {
  forwarded: 'forwarded-fill',
  dropped: 'dropped-fill',
  redirected: 'redirected-fill',
  audit: 'audit-fill',
  error: 'error-fill',
  traced: 'traced-fill',
  translated: 'traced-fill',
  unknown: 'ctl',
};

/** For bars and links. */
export function fillInk(kind: VerdictKind): Ink {
  return FILLS[kind];
}
