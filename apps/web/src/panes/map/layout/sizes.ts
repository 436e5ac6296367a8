// Measures of the map in its own units: one unit is one pixel at zoom 1. Cards have one size at every zoom; what is
// written on them changes.

export const CARD_W = 122;
export const CARD_H = 44;
/** Room between columns of cards: links turn in it, and where there are few cards their labels stand in it. */
const COLUMN_GAPS = [
  { cards: 6, gap: 220 },
  { cards: 12, gap: 150 },
  { cards: 40, gap: 96 },
] as const;
const COLUMN_GAP = 64;
/** Room between rows of cards: long links run in it. */
export const ROW_GAP = 14;
export const ISLAND_PAD = 14;
export const ISLAND_HEAD = 26;
export const CLOSED_W = 122;
export const CLOSED_H = 58;
export const PILL_W = 156;
/** Cards and pills in the lane. */
export const LANE_W = 122;
export const PILL_H = 30;
export const PILL_GAP = 16;
export const ISLAND_GAP_X = 84;
export const ISLAND_GAP_Y = 30;
export const CLUSTER_PAD = 26;
/** In the lane, between islands and what belongs to none. */
export const LANE_GAP_X = 28;
/** Between the columns and the lane below them: links to the lane run in it. */
export const LANE_GAP = 36;
/** In front of the cards of an open island in the lane, for its name. */
export const LANE_CAPTION_W = 96;

/** Between columns of cards, when the whole map has so many cards. */
export function columnGap(cards: number): number {
  return COLUMN_GAPS.find(({ cards: most }) => cards <= most)?.gap ?? COLUMN_GAP;
}

/** How an island looks when open: cards in a box with a head, cards without one, or a row of flat cards in the lane. */
export type IslandForm = 'boxed' | 'bare' | 'lane';

export function islandForm({ boxed, lane }: { readonly boxed: boolean; readonly lane: boolean }): IslandForm {
  return lane ? 'lane' : boxed ? 'boxed' : 'bare';
}

/** Cards in the lane are as flat as the pills beside them. */
export function cardSize(form: IslandForm): { readonly w: number; readonly h: number } {
  return form === 'lane' ? { w: LANE_W, h: PILL_H } : { w: CARD_W, h: CARD_H };
}

/** Width and height of an open island with so many columns and rows of cards. */
export function openSize(
  cols: number,
  rows: number,
  gap: number,
  form: IslandForm,
): { readonly w: number; readonly h: number } {
  const card = cardSize(form);
  const w = cols * card.w + Math.max(0, cols - 1) * gap;
  const h = rows * card.h + Math.max(0, rows - 1) * ROW_GAP;
  return form === 'boxed' ? { w: w + 2 * ISLAND_PAD, h: h + ISLAND_HEAD + ISLAND_PAD } : { w, h };
}
