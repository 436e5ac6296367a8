// A press of the mouse on what moves: the browser makes a click only where press and release meet the same element, and
// at a thousand flows a second the rows have gone on in between. So a press means what lay under it when it was made.

import { type MouseEvent, type PointerEvent, useRef } from 'react';

/** Further than this it is a drag: text is marked. */
const STILL_PX = 4;

type Press<T> = { readonly on: T; readonly x: number; readonly y: number };

export type PressHandlers = {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
  readonly onClick: (event: MouseEvent) => void;
  /** A menu was opened instead: on a Mac by the same button, with Ctrl. */
  readonly forget: () => void;
};

/**
 * Handlers for the element around what is pressed. `find` says what an event is on; `act` is called once a press, with
 * what it began on. Touch (which may scroll) and clicks without a pointer are taken as the browser tells them.
 */
export function usePress<T>(find: (event: MouseEvent) => T | undefined, act: (on: T) => void): PressHandlers {
  const press = useRef<Press<T> | undefined>(undefined);
  const byMouse = useRef(false);
  return {
    onPointerDown: (event) => {
      byMouse.current = event.pointerType === 'mouse';
      const on = byMouse.current && event.button === 0 ? find(event) : undefined;
      press.current = on === undefined ? undefined : { on, x: event.clientX, y: event.clientY };
    },
    onPointerUp: (event) => {
      const begun = press.current;
      press.current = undefined;
      if (begun === undefined || event.button !== 0 || isMarking()) return;
      if (Math.hypot(event.clientX - begun.x, event.clientY - begun.y) <= STILL_PX) act(begun.on);
    },
    forget: () => {
      press.current = undefined;
    },
    onClick: (event) => {
      // The mouse's click comes after its release, which has acted; one of no pointer has no detail.
      if (byMouse.current && event.detail > 0) return;
      const on = find(event);
      if (on !== undefined && !isMarking()) act(on);
    },
  };
}

/** Marking text is not pressing. */
function isMarking(): boolean {
  return document.getSelection()?.isCollapsed === false;
}
