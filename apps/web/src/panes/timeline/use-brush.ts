// Pointer gestures on the chart. While a person drags, the chart stands still and the other panes follow the window;
// the first step of a drag adds an entry to the history and the others replace it, so that back undoes all of it.

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { navigate, type ViewState } from '../../view-state/index.ts';
import { type Brush, dragTo, floorTo, type Grip, gripAt, windowOf } from './brush.ts';
import type { Painter } from './painter.ts';
import type { Span } from './time-scale.ts';

/** Browsers refuse more than about three changes of the address a second, over time. */
const NAVIGATE_MS = 350;
/** A pointer that moved less has clicked. */
const CLICK_PX = 3;

type Drag = {
  readonly grip: Grip;
  readonly pointerId: number;
  readonly fromX: number;
  readonly nowMs: number;
  readonly span: Span;
  readonly live: boolean;
  readonly windowBefore: ViewState['window'];
  moved: boolean;
  pushed: boolean;
  navigatedMs: number;
};

export type PointerBrush = {
  /** The window while it is dragged. */
  readonly draft: Brush | undefined;
  /** What is on screen while a drag holds it still. */
  readonly held: { readonly span: Span; readonly nowMs: number } | undefined;
  /** Start of the bar under the pointer. */
  readonly hoverMs: number | undefined;
  readonly cursorStyle: string;
  /** Gives a drag up and brings back the window from before it; false without one. */
  readonly cancel: () => boolean;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
    readonly onPointerLeave: () => void;
  };
};

export type PointerBrushInputs = {
  readonly painter: RefObject<Painter | undefined>;
  readonly brush: Brush | undefined;
  readonly bucketMs: number;
  readonly window: ViewState['window'];
  readonly live: boolean;
  /** Start of the bar that a mark at this place speaks of. */
  readonly markMs: (x: number, y: number) => number | undefined;
  /** Called before a window is set, with what was on screen when the drag began, and whether it was running. */
  readonly onWindow: (window: ViewState['window'], span: Span, live: boolean) => void;
};

const CURSORS: Readonly<Record<Grip['kind'], string>> = {
  new: 'crosshair',
  move: 'grab',
  start: 'ew-resize',
  end: 'ew-resize',
};

export function usePointerBrush(inputs: PointerBrushInputs): PointerBrush {
  const { painter, brush, bucketMs, window, live, markMs, onWindow } = inputs;
  const drag = useRef<Drag | undefined>(undefined);
  const [draft, setDraft] = useState<Brush | undefined>(undefined);
  const [held, setHeld] = useState<PointerBrush['held']>(undefined);
  const [hover, setHover] = useState<{ readonly ms: number; readonly grip: Grip['kind'] } | undefined>();
  const later = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(later.current), []);

  function apply(going: Drag, to: Brush): void {
    clearTimeout(later.current);
    const next = windowOf(to);
    onWindow(next, going.span, going.live);
    navigate({ window: next }, { replace: going.pushed });
    going.pushed = true;
    going.navigatedMs = performance.now();
  }
  function follow(going: Drag, to: Brush): void {
    clearTimeout(later.current);
    const waitMs = going.navigatedMs + NAVIGATE_MS - performance.now();
    if (waitMs <= 0) apply(going, to);
    else later.current = setTimeout(() => apply(going, to), waitMs);
  }
  function end(): void {
    clearTimeout(later.current);
    drag.current = undefined;
    setDraft(undefined);
    setHeld(undefined);
  }
  function cancel(): boolean {
    const going = drag.current;
    if (going === undefined) return false;
    end();
    if (going.pushed) {
      onWindow(going.windowBefore, going.span, going.live);
      navigate({ window: going.windowBefore }, { replace: true });
    }
    return true;
  }
  function brushFor(going: Drag, event: PointerEvent<HTMLElement>): Brush | undefined {
    const scale = painter.current?.drawn()?.scale;
    if (scale === undefined) return undefined;
    const ms = scale.msAt(xOf(event));
    const inside = Math.max(going.span.startMs, Math.min(Math.max(going.span.endMs, going.nowMs), ms));
    return dragTo(going.grip, inside, { bucketMs, nowMs: going.nowMs });
  }

  return {
    draft,
    held,
    hoverMs: hover?.ms,
    cursorStyle: draft === undefined ? CURSORS[hover?.grip ?? 'new'] : draggedCursor(drag.current?.grip.kind),
    cancel,
    handlers: {
      onPointerDown: (event) => {
        const drawn = painter.current?.drawn();
        if (drawn === undefined || event.button !== 0) return;
        const { scale, nowMs } = drawn;
        const x = xOf(event);
        if (x < scale.leftPx) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = {
          grip: gripAt(brush, scale.msAt(x), scale.pxPerMs, nowMs),
          pointerId: event.pointerId,
          fromX: x,
          nowMs,
          span: scale.span,
          live,
          windowBefore: window,
          moved: false,
          pushed: false,
          navigatedMs: 0,
        };
      },
      onPointerMove: (event) => {
        const going = drag.current;
        const drawn = painter.current?.drawn();
        if (drawn === undefined) return;
        const { scale, nowMs } = drawn;
        const x = xOf(event);
        const ms = scale.msAt(x);
        if (going === undefined || going.pointerId !== event.pointerId) {
          const over = x >= scale.leftPx && ms <= nowMs && x <= scale.leftPx + scale.widthPx;
          const grip = gripAt(brush, ms, scale.pxPerMs, nowMs).kind;
          const barMs = markMs(x, yOf(event)) ?? floorTo(ms, bucketMs);
          setHover(over ? { ms: barMs, grip } : undefined);
          return;
        }
        if (!going.moved && Math.abs(x - going.fromX) < CLICK_PX) return;
        if (!going.moved) setHeld({ span: going.span, nowMs: going.nowMs });
        going.moved = true;
        setHover(undefined);
        const next = brushFor(going, event);
        if (next === undefined) return;
        setDraft(next);
        follow(going, next);
      },
      onPointerUp: (event) => {
        const going = drag.current;
        if (going === undefined || going.pointerId !== event.pointerId) return;
        const next = going.moved ? brushFor(going, event) : undefined;
        if (next !== undefined) apply(going, next);
        end();
      },
      onPointerCancel: () => {
        cancel();
      },
      onPointerLeave: () => setHover(undefined),
    },
  };
}

function draggedCursor(kind: Grip['kind'] | undefined): string {
  return kind === 'move' ? 'grabbing' : 'ew-resize';
}

function yOf(event: PointerEvent<HTMLElement>): number {
  return event.clientY - event.currentTarget.getBoundingClientRect().top;
}

/** Place within the element that has the handlers. */
function xOf(event: PointerEvent<HTMLElement>): number {
  return event.clientX - event.currentTarget.getBoundingClientRect().left;
}
