// What is new on the map slides to its place from where its callers are, and nothing else moves. Only what comes alone
// does so: when all was arranged anew there is no place that anything came to.

import type { Box } from '../layout/geometry.ts';
import type { Drawing } from './draw-list.ts';

const SLIDE_MS = 120;
/** Units of the map: less than anything on it is high. */
const SLIDE = 14;

type Arrived = { readonly ids: ReadonlySet<string>; readonly sinceMs: number };

export class Arrivals {
  #arrived: readonly Arrived[] = [];

  /** `next` takes the place of `before`. With `still` everything stands where it belongs at once. */
  note(before: Drawing | undefined, next: Drawing, nowMs: number, still: boolean): void {
    if (before === undefined || before.arranged !== next.arranged || still) {
      this.#arrived = [];
      return;
    }
    const { items } = before.geometry;
    if (items.size === 0) return;
    const ids = new Set([...next.geometry.items.keys()].filter((id) => !items.has(id)));
    if (ids.size > 0) this.#arrived = [...this.#arrived, { ids, sinceMs: nowMs }];
  }

  /** The drawing as it is at that moment, while something is on its way; else undefined. */
  at(drawing: Drawing, nowMs: number): Drawing | undefined {
    this.#arrived = this.#arrived.filter(({ sinceMs }) => nowMs - sinceMs < SLIDE_MS);
    const arriving = new Map<string, number>();
    for (const { ids, sinceMs } of this.#arrived) {
      const share = eased((nowMs - sinceMs) / SLIDE_MS);
      for (const id of ids) if (drawing.geometry.items.has(id)) arriving.set(id, share);
    }
    if (arriving.size === 0) return undefined;
    const items = new Map<string, Box>();
    for (const [id, box] of drawing.geometry.items) {
      const share = arriving.get(id);
      items.set(id, share === undefined ? box : { ...box, x: box.x - SLIDE * (1 - share) });
    }
    return {
      ...drawing,
      geometry: { ...drawing.geometry, items },
      look: { ...drawing.look, arriving },
    };
  }
}

/** Fast at first, slow at its end. */
function eased(share: number): number {
  return 1 - (1 - Math.max(0, share)) ** 3;
}
