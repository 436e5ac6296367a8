// The glyphs of a row as elements that are drawn anew for another verdict or direction: the shapes are those of
// VerdictGlyph and FlowArrow.

import { VERDICT_GLYPHS, VERDICT_INK, type GlyphPath, type VerdictKind } from '../../widgets/index.ts';
import { ARROW_NAMES, ARROW_PATHS, arrowInk, arrowStroke } from './flow-arrow.tsx';
import type { ArrowKind } from './row-tone.ts';

export type Glyph<K> = { readonly element: SVGSVGElement; readonly draw: (kind: K) => void };

/** 12 x 12, decorative: the written verdict stands beside it. */
export function createVerdictGlyph(): Glyph<VerdictKind> {
  const element = makeSvg('svg', { viewBox: '0 0 12 12', width: '12', height: '12', 'aria-hidden': 'true' });
  let shown: VerdictKind | undefined;
  return {
    element,
    draw: (kind) => {
      if (kind === shown) return;
      shown = kind;
      element.setAttribute('class', `shrink-0 self-center ${VERDICT_INK[kind]}`);
      element.replaceChildren(...VERDICT_GLYPHS[kind].map(makePath));
    },
  };
}

/** 16 x 14, named by what it says of the two ends. */
export function createArrow(className: string): Glyph<ArrowKind> {
  const path = makeSvg('path', {});
  const element = makeSvg('svg', {
    role: 'img',
    viewBox: '0 0 16 14',
    width: '16',
    height: '14',
    fill: 'none',
    stroke: 'currentColor',
  });
  element.append(path);
  let shown: ArrowKind | undefined;
  return {
    element,
    draw: (kind) => {
      if (kind === shown) return;
      shown = kind;
      element.setAttribute('class', `shrink-0 self-center ${className} ${arrowInk(kind)}`);
      element.setAttribute('aria-label', ARROW_NAMES[kind]);
      element.setAttribute('stroke-width', String(arrowStroke(kind)));
      path.setAttribute('d', ARROW_PATHS[kind]);
    },
  };
}

function makePath({ d, stroke }: GlyphPath): SVGPathElement {
  const ink =
    stroke === undefined
      ? { fill: 'currentColor', 'fill-rule': 'evenodd' }
      : { fill: 'none', stroke: 'currentColor', 'stroke-width': String(stroke) };
  return makeSvg('path', { d, 'stroke-linejoin': 'round', 'stroke-linecap': 'round', ...ink });
}

function makeSvg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
