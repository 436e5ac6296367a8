// How many tokens fit into three lines. Lines are read off the layout: tokens share one where they share a top.

import { type RefObject, useLayoutEffect, useState } from 'react';

export const LINES = 3;

/** Index of the first token that does not fit, undefined when all do or when `folded` is off. */
export function useFolded(
  box: RefObject<HTMLElement | null>,
  key: string,
  widthPx: number,
  folded: boolean,
): number | undefined {
  const [cut, setCut] = useState<{ readonly key: string; readonly at: number | undefined }>({
    key: '',
    at: undefined,
  });
  const wanted = `${key}|${String(widthPx)}|${String(folded)}`;
  useLayoutEffect(() => {
    if (cut.key === wanted) return;
    const tokens = [...(box.current?.querySelectorAll<HTMLElement>('[data-token]') ?? [])];
    const end = box.current?.querySelector<HTMLElement>('[data-bar-end]');
    const at =
      folded && box.current !== null && end !== null && end !== undefined
        ? firstFolded(tokens.map(placeOf), endOf(end), box.current.clientWidth)
        : undefined;
    // It hangs on how the tokens are laid out, which is known only now; the key stops it from going round.
    // oxlint-disable-next-line react/set-state-in-effect
    setCut({ key: wanted, at });
  }, [box, cut, wanted, folded]);
  // Before it is measured everything is laid out; the browser paints only what comes after.
  return cut.key === wanted ? cut.at : undefined;
}

/** Tokens of one line may differ by this in their top: groups are a little higher. */
const LINE_SLACK_PX = 10;
/** Room for "n more" and for a few letters to type. */
const REST_PX = 200;
const END_PX = 240;

export type Placed = { readonly top: number; readonly right: number };

/**
 * The first token to fold away, undefined when all is on three lines. `end` is what stands at the end of the bar: it
 * and the line to type in belong on the last line too. `widthPx` is the width of the lines.
 */
export function firstFolded(
  tokens: readonly Placed[],
  end: { readonly top: number; readonly widthPx: number },
  widthPx: number,
): number | undefined {
  const lines = lineNumbers([...tokens.map((token) => token.top), end.top]);
  if ((lines.at(-1) ?? 0) < LINES) return undefined;
  const lastRight = widthPx - end.widthPx - REST_PX;
  const beyond = tokens.findIndex((token, index) => {
    const line = lines[index] ?? 0;
    return line >= LINES || (line === LINES - 1 && token.right > lastRight);
  });
  return beyond === -1 ? undefined : Math.max(1, beyond);
}

/** Which line each lies on, from 0. */
function lineNumbers(tops: readonly number[]): readonly number[] {
  let line = -1;
  let lineTop = Number.NEGATIVE_INFINITY;
  return tops.map((top) => {
    if (top - lineTop > LINE_SLACK_PX) {
      line += 1;
      lineTop = top;
    }
    return line;
  });
}

/** Counts may still be missing from it: they get their room from the start. */
function endOf(end: HTMLElement): { readonly top: number; readonly widthPx: number } {
  return { top: end.offsetTop, widthPx: Math.max(end.offsetWidth, END_PX) };
}

function placeOf(token: HTMLElement): Placed {
  return { top: token.offsetTop, right: token.offsetLeft + token.offsetWidth };
}
