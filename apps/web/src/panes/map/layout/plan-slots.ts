// Columns and rows of the cards in one open island.

import { packColumns } from './pack-columns.ts';
import type { LayoutLink, Slot } from './plan.ts';
import { rankNodes } from './rank.ts';
import { CARD_H, CARD_W, ROW_GAP } from './sizes.ts';

export type SlotPlan = {
  readonly cols: number;
  readonly rows: number;
  /** Between columns. */
  readonly gap: number;
  readonly slots: Readonly<Record<string, Slot>>;
};

const ROW_STEP = CARD_H + ROW_GAP;

/** Of so few cards nobody wants to see more than who calls whom. */
const FEW = 8;
/** Columns move together before they get smaller than this zoom, but not closer than that. */
const WANTED_ZOOM = 0.9;
const LEAST_GAP = 56;

/** `links` may reach beyond the members; only those among them count. */
export function planSlots(
  members: readonly string[],
  links: readonly LayoutLink[],
  place: { readonly w: number; readonly h: number },
  wantedGap: number,
): SlotPlan {
  const own = new Set(members);
  const inner = links.filter((link) => own.has(link.source) && own.has(link.target));
  const nodes = members.map((id) => ({ id, w: CARD_W, h: CARD_H }));
  const ranked = rankNodes(nodes, inner, ROW_GAP);
  const items = nodes.map((node) => ({ ...node, ...(ranked.get(node.id) ?? { rank: 0, order: 0 }) }));
  const ranks = new Set(items.map(({ rank }) => rank)).size;
  const gap = Math.max(
    LEAST_GAP,
    Math.min(wantedGap, (place.w / WANTED_ZOOM - ranks * CARD_W) / Math.max(1, ranks - 1)),
  );
  const columns = packColumns(items, { gapX: gap, gapY: ROW_GAP, place, few: FEW });
  const rows = Math.max(1, ...columns.map((column) => column.length));
  const slots: Record<string, Slot> = {};
  columns.forEach((column, col) => {
    alignRows(column, rows).forEach((row, at) => {
      const id = column[at]?.id;
      if (id !== undefined) slots[id] = [col, row];
    });
  });
  return { cols: Math.max(1, columns.length), rows, gap, slots };
}

/** In one row, in the order given. */
export function planRow(members: readonly string[], gap: number): SlotPlan {
  return {
    cols: Math.max(1, members.length),
    rows: 1,
    gap,
    slots: Object.fromEntries(members.map((id, col): [string, Slot] => [id, [col, 0]])),
  };
}

/** A row for each item of a column: near where dagre wants it, each its own, none beyond `rows`. */
function alignRows(column: readonly { readonly order: number }[], rows: number): readonly number[] {
  const result: number[] = [];
  let free = 0;
  column.forEach(({ order }, at) => {
    const wanted = Math.round((order - CARD_H / 2) / ROW_STEP);
    // Those that follow need a row each.
    const row = Math.min(Math.max(wanted, free), rows - (column.length - at));
    result.push(row);
    free = row + 1;
  });
  return result;
}
