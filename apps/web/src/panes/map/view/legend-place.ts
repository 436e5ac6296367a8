// Where the legend stands, by the size of the canvas and of the map: it covers nothing that the map shows when it is
// first drawn, and takes the room that the map misses least.

import type { Box } from '../layout/geometry.ts';
import { cameraFor, type Margins } from './camera.ts';

/** Less height than this is too dear for a line of its own, as long as nothing is known of the map. */
const SHORT_PX = 380;
const NARROW_PX = 700;

/** A line along the lower edge, or a column in the lower right corner. */
export type LegendPlace = 'below' | 'aside' | 'none';

type Size = { readonly widthPx: number; readonly heightPx: number };

/** `bounds`: of all of the map, in its own units; undefined before there is one. */
export function legendPlace(size: Size, bounds: Box | undefined): LegendPlace {
  if (size.widthPx < NARROW_PX) return 'none';
  if (bounds === undefined || bounds.w === 0) return size.heightPx < SHORT_PX ? 'aside' : 'below';
  const zoomWith = (place: LegendPlace): number =>
    cameraFor(bounds, { ...size, ratio: 1 }, legendRoom(place)).k;
  return zoomWith('aside') > zoomWith('below') ? 'aside' : 'below';
}

/** px at the right and the lower edge that all of the map keeps free for it. */
export function legendRoom(place: LegendPlace): Margins {
  return { right: place === 'aside' ? 190 : 0, bottom: place === 'below' ? 20 : 0 };
}
