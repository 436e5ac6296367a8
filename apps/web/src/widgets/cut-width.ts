// Where CSS cuts a text, known without laying it out. A box that is cut keeps the room it was given, up to a letter more
// than it needs, and what stands behind it stands apart: `DROP_REASO…   NKNOWN`. Told where the cut falls, it ends there.
// The text itself stays whole, for whoever copies it or has it read out. Bench: page.busy_5k.

import { useSyncExternalStore } from 'react';

/** Width of a text, px. */
export type WidthOf = (text: string) => number;

const ASCII = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));
const DOTS = '…';
/** What adding up widths may be off by. */
const SLACK_PX = 1;

const tables = new Map<string, Map<string, number>>();
const listeners = new Set<() => void>();
let epoch = 0;

function forget(): void {
  for (const table of tables.values()) table.clear();
  epoch++;
  for (const listener of listeners) listener();
}

function onNewWidths(listener: () => void): () => void {
  if (listeners.size === 0) document.fonts.addEventListener('loadingdone', forget);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.fonts.removeEventListener('loadingdone', forget);
  };
}

/** Another number once fonts have come and letters have other widths: what was cut by the old ones is drawn anew. */
export function useWidthsEpoch(): number {
  return useSyncExternalStore(onNewWidths, () => epoch);
}

/**
 * Widths of text in a box with these classes, as the sum of its letters: pairs that stand closer make it less, few make
 * it more. Measured once; see `useWidthsEpoch`.
 */
export function widthsIn(className: string): WidthOf {
  const table = tables.get(className) ?? new Map<string, number>();
  tables.set(className, table);
  return (text) => {
    let width = 0;
    for (const letter of text) {
      if (!table.has(letter))
        measure(className, table.size === 0 ? [...ASCII, DOTS, letter] : [letter], table);
      width += table.get(letter) ?? 0;
    }
    return width;
  };
}

function measure(className: string, letters: readonly string[], table: Map<string, number>): void {
  const box = document.createElement('span');
  box.className = className;
  box.style.cssText = 'position:absolute;visibility:hidden;white-space:pre';
  const boxes = letters.map((letter) => {
    const own = document.createElement('span');
    // By itself: neighbours of one style are moved together, whatever boxes they are in.
    own.style.display = 'inline-block';
    own.textContent = letter;
    return own;
  });
  box.append(...boxes);
  document.body.append(box);
  letters.forEach((letter, at) => table.set(letter, boxes[at]?.getBoundingClientRect().width ?? 0));
  box.remove();
}

/** How wide a text is once it has been cut to `roomPx`; undefined when it fits, and when no letter of it would. */
export function cutWidth(text: string, roomPx: number, widthOf: WidthOf): number | undefined {
  if (widthOf(text) <= roomPx) return undefined;
  const dots = widthOf(DOTS);
  let width = dots;
  for (const letter of text) {
    const next = width + widthOf(letter);
    if (next > roomPx) break;
    width = next;
  }
  return width === dots ? undefined : width + SLACK_PX;
}
