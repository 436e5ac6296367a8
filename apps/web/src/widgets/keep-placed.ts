// Keeps what floats beside what it belongs to, on screen whatever scrolls or is resized. Its library is fetched when
// something first floats, see use-place.ts.

import { autoUpdate, computePosition, flip, offset, type Placement, shift, size } from '@floating-ui/react';

/** An element, or a place on the screen. */
export type PlaceReference = Element | { readonly getBoundingClientRect: () => DOMRect };

export type PlaceOptions = {
  readonly placement: Placement;
  /** Between the two. */
  readonly gapPx: number;
  /** No higher than there is room. */
  readonly maxHeight?: boolean;
  /** As wide as that where there is room. */
  readonly widthPx?: number;
};

const MARGIN_PX = 8;
const LEAST_HEIGHT_PX = 120;

/** Begins at once; returns the end of it. */
export function keepPlaced(
  reference: PlaceReference,
  floating: HTMLElement,
  { placement, gapPx, maxHeight = false, widthPx }: PlaceOptions,
): () => void {
  const bounds = size({
    padding: MARGIN_PX,
    apply: ({ availableHeight, availableWidth }) => {
      if (maxHeight) floating.style.maxHeight = `${Math.max(LEAST_HEIGHT_PX, availableHeight)}px`;
      if (widthPx !== undefined) floating.style.width = `${Math.min(widthPx, availableWidth)}px`;
    },
  });
  const middleware = [
    offset(gapPx),
    flip({ padding: MARGIN_PX }),
    shift({ padding: MARGIN_PX }),
    ...(maxHeight || widthPx !== undefined ? [bounds] : []),
  ];
  return autoUpdate(reference, floating, () => {
    void computePosition(reference, floating, { placement, strategy: 'fixed', middleware }).then(
      ({ x, y }) => {
        floating.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      },
    );
  });
}
