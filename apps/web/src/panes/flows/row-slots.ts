// Which element draws which row. A row keeps its element while it is on screen; a new row takes over the element of one
// that left, so that a list running by changes texts instead of building and dropping elements.

import type { RowId } from '../../engine/protocol.ts';

export type RowSlots = {
  /** The slots of these rows, in their order: small whole numbers, each used once. */
  readonly assign: (ids: readonly RowId[]) => readonly number[];
};

/** The same ids give the same slots again. */
export function createRowSlots(): RowSlots {
  let held: ReadonlyMap<RowId, number> = new Map();
  return {
    assign: (ids) => {
      const next = new Map<RowId, number>();
      const taken = new Set<number>();
      for (const id of ids) {
        const slot = held.get(id);
        if (slot !== undefined) {
          next.set(id, slot);
          taken.add(slot);
        }
      }
      let free = 0;
      const slots = ids.map((id) => {
        const kept = next.get(id);
        if (kept !== undefined) return kept;
        while (taken.has(free)) free += 1;
        taken.add(free);
        next.set(id, free);
        return free;
      });
      held = next;
      return slots;
    },
  };
}
