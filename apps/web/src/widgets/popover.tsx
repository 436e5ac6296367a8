// A button that opens a panel beside it. The panel is a native popover: the browser puts it on top, closes it on Esc
// or on a click elsewhere and gives focus back to the button.

import { type ReactNode, type RefObject, useCallback, useId, useRef, useState } from 'react';
import { type Placement, usePlace } from './use-place.ts';

export type PopoverTrigger = {
  readonly popoverTarget: string;
  readonly 'aria-expanded': boolean;
  readonly 'aria-haspopup': 'dialog' | 'menu';
  readonly ref: (node: HTMLElement | null) => void;
};

export type PopoverControl = {
  readonly open: boolean;
  readonly close: () => void;
  /** Spread onto the button that opens the panel. */
  readonly trigger: PopoverTrigger;
  readonly panel: {
    readonly ref: (node: HTMLDivElement | null) => void;
    readonly id: string;
    readonly popover: 'auto';
    readonly style: React.CSSProperties;
    readonly onToggle: (event: React.ToggleEvent<HTMLElement>) => void;
  };
  readonly panelRef: RefObject<HTMLDivElement | null>;
};

/** Wiring for a trigger and a panel; `Popover` and `Menu` are made of it. */
export function usePopover(haspopup: 'dialog' | 'menu', placement: Placement): PopoverControl {
  const id = useId();
  const [open, setOpen] = useState(false);
  const panelRef = useRef<HTMLDivElement | null>(null);
  const { setReference, setFloating, style } = usePlace(open, { placement, gapPx: 6, maxHeight: true });
  const setPanel = useCallback(
    (node: HTMLDivElement | null) => {
      panelRef.current = node;
      setFloating(node);
    },
    [setFloating],
  );
  const close = useCallback(() => {
    if (panelRef.current?.matches(':popover-open') === true) panelRef.current.hidePopover();
  }, []);
  return {
    open,
    close,
    trigger: {
      popoverTarget: id,
      'aria-expanded': open,
      'aria-haspopup': haspopup,
      ref: setReference,
    },
    panel: {
      ref: setPanel,
      id,
      popover: 'auto',
      style,
      onToggle: (event) => setOpen(event.newState === 'open'),
    },
    panelRef,
  };
}

export const PANEL_LOOK = 'overflow-auto rounded-popover border border-line2 bg-overlay text-body text-text';

export type PopoverProps = {
  /** Draws the button; it must spread what it is given. */
  readonly renderTrigger: (trigger: PopoverTrigger, open: boolean) => ReactNode;
  /** Name of the panel for screen readers. */
  readonly label: string;
  readonly placement?: Placement;
  readonly className?: string;
  /** Drawn only while open. */
  readonly children: (close: () => void) => ReactNode;
};

export function Popover({
  renderTrigger,
  label,
  placement = 'bottom-start',
  className = '',
  children,
}: PopoverProps) {
  const control = usePopover('dialog', placement);
  return (
    <>
      {renderTrigger(control.trigger, control.open)}
      <div {...control.panel} role="dialog" aria-label={label} className={`${PANEL_LOOK} ${className}`}>
        {control.open && children(control.close)}
      </div>
    </>
  );
}
