// A short explanation on hover and on keyboard focus. It floats in the top layer (popover attribute) and never takes
// focus; what must be reachable inside belongs into a Popover.

import {
  cloneElement,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useState,
} from 'react';
import { Kbd } from './kbd.tsx';
import { type Placement, usePlace } from './use-place.ts';

const HOVER_DELAY_MS = 350;

export type TooltipProps = {
  /** Text, or more than text where a number needs its equation; '' shows nothing. */
  readonly text: ReactNode;
  readonly shortcut?: string | undefined;
  readonly placement?: Placement;
  /** The text is more than the name of the child, so screen readers get it as its description. */
  readonly describes?: boolean;
  /** One element that takes the handlers of an HTML element. */
  readonly children: ReactElement<HTMLAttributes<HTMLElement>>;
};

export function Tooltip({ text, shortcut, placement = 'bottom', describes = false, children }: TooltipProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [timer] = useState(createTimer);
  const shown = open && text !== '';
  const { setReference, setFloating, style } = usePlace(shown, { placement, gapPx: 8 });

  useEffect(() => timer.stop, [timer]);
  // Opens as soon as it is in the document; it leaves by being removed.
  const showPanel = useCallback(
    (node: HTMLDivElement | null) => {
      setFloating(node);
      if (node !== null && !node.matches(':popover-open')) node.showPopover();
    },
    [setFloating],
  );
  function show(element: Element, delayMs: number): void {
    timer.stop();
    setReference(element);
    // Never at once: focus may come back while another panel is being hidden, and the browser then refuses to show one.
    timer.start(() => setOpen(true), delayMs);
  }
  function hide(): void {
    timer.stop();
    setOpen(false);
  }

  const own = children.props;
  return (
    <>
      {cloneElement(children, {
        ...(describes && shown ? { 'aria-describedby': id } : {}),
        onPointerEnter: (event) => {
          own.onPointerEnter?.(event);
          if (event.pointerType === 'mouse') show(event.currentTarget, HOVER_DELAY_MS);
        },
        onPointerLeave: (event) => {
          own.onPointerLeave?.(event);
          hide();
        },
        onPointerDown: (event) => {
          own.onPointerDown?.(event);
          hide();
        },
        onFocus: (event) => {
          own.onFocus?.(event);
          if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget, 0);
        },
        onBlur: (event) => {
          own.onBlur?.(event);
          hide();
        },
        onKeyDown: (event) => {
          own.onKeyDown?.(event);
          if (event.key === 'Escape') hide();
        },
      })}
      {shown && (
        <div
          ref={showPanel}
          id={id}
          popover="manual"
          role="tooltip"
          style={style}
          className="pointer-events-none max-w-90 rounded-card border border-line2 bg-overlay px-2 py-1 text-note text-text"
        >
          <span className="flex items-center gap-2">
            <span>{text}</span>
            {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
          </span>
        </div>
      )}
    </>
  );
}

function createTimer() {
  let running: ReturnType<typeof setTimeout> | undefined;
  return {
    start: (done: () => void, ms: number): void => {
      running = setTimeout(done, ms);
    },
    stop: (): void => clearTimeout(running),
  };
}
