// Colours behind the names of inks, read from the page's CSS variables once for each theme.

import type { Ink } from './ops.ts';

export type Palette = Readonly<Record<Ink, string>>;

/** `variable` gives the value of a CSS variable. */
export function readPalette(variable: (name: string) => string): Palette {
  const ink = (name: Ink): string => variable(`--fs-${name}`).trim();
  return {
    canvas: ink('canvas'),
    base: ink('base'),
    raised: ink('raised'),
    overlay: ink('overlay'),
    hover: ink('hover'),
    line: ink('line'),
    line2: ink('line2'),
    ctl: ink('ctl'),
    text: ink('text'),
    text2: ink('text2'),
    text3: ink('text3'),
    accent: ink('accent'),
    forwarded: ink('forwarded'),
    dropped: ink('dropped'),
    audit: ink('audit'),
    redirected: ink('redirected'),
    error: ink('error'),
    traced: ink('traced'),
    'forwarded-fill': ink('forwarded-fill'),
    'dropped-fill': ink('dropped-fill'),
    'audit-fill': ink('audit-fill'),
    'redirected-fill': ink('redirected-fill'),
    'error-fill': ink('error-fill'),
    'traced-fill': ink('traced-fill'),
    // Tints are mixed by the style sheet in words that SVG programs do not know.
    'tint-selected': withAlpha(ink('accent'), 0.3),
    'tint-dropped': withAlpha(ink('dropped-fill'), 0.08),
  };
}

/** `#rrggbb` with an alpha; any other notation stays as it is. */
function withAlpha(colour: string, alpha: number): string {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  return `${colour}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0')}`;
}
