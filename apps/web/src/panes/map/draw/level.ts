// Semantic zoom: what is written at which zoom.

export type Level = 'near' | 'middle' | 'far';

/** Zoom at which a card has room for two lines and a bar. */
const NEAR_FROM = 1.1;
/** Zoom at which a card has room for a name. */
const MIDDLE_FROM = 0.66;

export function levelAt(zoom: number): Level {
  if (zoom >= NEAR_FROM) return 'near';
  return zoom >= MIDDLE_FROM ? 'middle' : 'far';
}

/** The zoom at which a card is as large as the design wants it near. */
export const NEAR_ZOOM = 1.54;
export const MIN_ZOOM = 0.04;
export const MAX_ZOOM = 3;
