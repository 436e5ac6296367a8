// The rows on screen, drawn without React: one element for each, which shows one flow after the other.
//
// At thousands of flows a second every row is another one at each drawing, five times a second. React compared some nine
// hundred elements then to change two hundred texts; here the texts are written, in as few boxes as their looks allow
// (bench: page.busy_5k). All else of the grid is React's: it owns the layer, hands in what is on screen, and hears the
// events.

import { createRowElement, type RowElement, type RowsFrame, type RowView } from './row-element.ts';
import { createRowSlots } from './row-slots.ts';

export type RowPool = {
  /** Shows these rows and no others, in this order. */
  readonly draw: (views: readonly RowView[], frame: RowsFrame) => void;
};

/** `layer` is the pool's alone. */
export function createRowPool(layer: HTMLElement): RowPool {
  const slots = createRowSlots();
  const pool: RowElement[] = [];
  let shown: readonly HTMLElement[] = [];
  return {
    draw: (views, frame) => {
      const taken = slots.assign(views.map(({ row }) => row.id));
      const elements = views.map((view, at) => {
        const slot = taken[at] ?? at;
        const held = (pool[slot] ??= createRowElement());
        held.draw(view, frame);
        return held.element;
      });
      arrange(layer, elements, shown);
      shown = elements;
    },
  };
}

/** Puts the elements in their order, which is what a screen reader reads; moves only those that stand elsewhere. */
function arrange(layer: HTMLElement, elements: readonly HTMLElement[], shown: readonly HTMLElement[]): void {
  const wanted = new Set(elements);
  for (const element of shown) if (!wanted.has(element)) element.remove();
  let next: Element | null = null;
  for (const element of elements.toReversed()) {
    if (element.parentNode !== layer || element.nextSibling !== next) layer.insertBefore(element, next);
    next = element;
  }
}
