// Where the legend stands, by the size of the canvas: it covers nothing that the map shows when it is first drawn.

/** Less height than this is too dear for a line of its own. */
const SHORT_PX = 380;
const NARROW_PX = 700;

/** A line along the lower edge, or a column in the lower right corner. */
export type LegendPlace = 'below' | 'aside' | 'none';

export function legendPlace(widthPx: number, heightPx: number): LegendPlace {
  if (widthPx < NARROW_PX) return 'none';
  return heightPx < SHORT_PX ? 'aside' : 'below';
}

/** px at the right and the lower edge that all of the map keeps free for it. */
export function legendRoom(place: LegendPlace): { readonly right: number; readonly bottom: number } {
  return { right: place === 'aside' ? 190 : 0, bottom: place === 'below' ? 20 : 0 };
}
