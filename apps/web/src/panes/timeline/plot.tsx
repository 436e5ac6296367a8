// The plot: a canvas that a painter keeps up to date, and what pointer, wheel and keyboard do to it.

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { navigate, type TimeWindow, useView } from '../../view-state/index.ts';
import { clockText } from '../flow-time.ts';
import { markAt, placeMarks } from './agent-list.ts';
import { type Brush, floorTo, windowOf } from './brush.ts';
import { type KeyState, NO_KEYS, pressKey } from './brush-keys.ts';
import { msOf, panBy, zoomAt } from './domain.ts';
import type { PlotLayout } from './layout.ts';
import { createPainter, type Painter } from './painter.ts';
import { ReadoutPanel } from './readout-panel.tsx';
import type { Stacked } from './stacker.ts';
import type { Span } from './time-scale.ts';
import { usePointerBrush } from './use-brush.ts';
import { usePalette } from './use-palette.ts';
import { useReducedMotion } from '../use-reduced-motion.ts';
import { useSelectedTime } from './use-selected-time.ts';
import type { Size } from './use-size.ts';
import { useWheel } from './use-wheel.ts';
import type { ZoomControl } from './use-zoom.ts';
import { type Readout, readBars, sentenceOf } from './words.ts';

const HEIGHT_PX = 100;
/** A notch of the wheel, 100 to 120 units, makes the span 11 to 13 % shorter or longer. */
const WHEEL_RATE = 0.001;

export type PlotProps = {
  readonly size: Size;
  readonly layout: PlotLayout;
  readonly zoom: ZoomControl;
  readonly clock: () => number;
  /** That time stands still. */
  readonly paused: boolean;
  readonly bucketMs: number;
  /** undefined before the first answer. */
  readonly stacked: Stacked | undefined;
  /** The window in force. */
  readonly brush: Brush | undefined;
  readonly heldSinceMs: number | undefined;
};

export function Plot(props: PlotProps) {
  const { size, layout, zoom, clock, paused, bucketMs, stacked, brush, heldSinceMs } = props;
  const view = useView();
  const helpId = useId();
  const plot = useRef<HTMLDivElement>(null);
  const painter = useRef<Painter | undefined>(undefined);
  const { span, live } = zoom;

  function keepSpan(window: TimeWindow | undefined, shown: Span, running: boolean): void {
    const open = window?.kind !== 'between' || window.untilNs === undefined;
    const lengthMs = shown.endMs - shown.startMs;
    zoom.setZoom(running && open ? { kind: 'live', lengthMs } : { kind: 'fixed', span: shown }, window);
  }
  const pointer = usePointerBrush({
    painter,
    brush,
    bucketMs,
    window: view.window,
    live,
    markMs: (x, y) => {
      const scale = painter.current?.drawn()?.scale;
      if (scale === undefined || stacked === undefined) return undefined;
      return markAt(placeMarks(stacked.bars.agents.marks, scale, layout), x, y)?.fromMs;
    },
    onWindow: keepSpan,
  });
  const [keys, setKeys] = useState<KeyState>(NO_KEYS);
  const [focused, setFocused] = useState(false);
  const eventsMs = useMemo(() => stacked?.bars.agents.marks.map(({ fromMs }) => fromMs) ?? [], [stacked]);

  /** The selection and the zoom go; "last 5 min" stays. */
  function backToLive(unpause: boolean): void {
    const window = view.window?.kind === 'last' ? view.window : undefined;
    zoom.setZoom(undefined, window);
    navigate({ window, ...(unpause ? { pausedAtNs: undefined } : {}) });
    setKeys({ ...keys, draft: undefined });
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const nowMs = clock();
    const outcome =
      event.key === 'Escape' && pointer.cancel()
        ? ({ kind: 'state', state: keys } as const)
        : pressKey(event, { state: keys, applied: brush, span, bucketMs, nowMs, eventsMs });
    switch (outcome?.kind) {
      case undefined:
        return;
      case 'leave':
        // With nothing to give up here, Escape is the shell's.
        if (brush === undefined && !zoom.zoomed) return;
        backToLive(false);
        break;
      case 'zoom':
        zoom.setZoom(zoomAt(span, outcome.atMs, outcome.factor, live, nowMs), view.window);
        break;
      case 'apply': {
        const window = windowOf(outcome.brush);
        keepSpan(window, span, live);
        navigate({ window });
        setKeys({ ...keys, draft: undefined });
        break;
      }
      case 'state':
        setFocused(true);
        setKeys(outcome.state);
        break;
    }
    event.preventDefault();
  }
  useWheel(plot, (event) => {
    const drawn = painter.current?.drawn();
    if (drawn === undefined || pointer.draft !== undefined) return;
    const { scale, nowMs } = drawn;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      zoom.setZoom(panBy(scale.span, (event.deltaX + event.deltaY) / scale.pxPerMs, nowMs), view.window);
      return;
    }
    const x = event.clientX - (plot.current?.getBoundingClientRect().left ?? 0);
    const atMs = Math.min(scale.span.endMs, Math.max(scale.span.startMs, scale.msAt(x)));
    zoom.setZoom(zoomAt(scale.span, atMs, Math.exp(event.deltaY * WHEEL_RATE), live, nowMs), view.window);
  });

  const draft = pointer.draft ?? keys.draft?.brush;
  const cursorMs = pointer.hoverMs ?? (focused ? keys.cursorMs : undefined);
  usePainted(painter, {
    size,
    layout,
    zoom,
    clock,
    paused,
    bucketMs,
    stacked,
    heldSinceMs,
    brush: draft ?? brush,
    cursorMs,
    held: pointer.held,
  });

  const nowMs = clock();
  const valueMs = keys.cursorMs ?? floorTo(Math.min(span.endMs, nowMs), bucketMs);
  const read = (startMs: number, endMs: number): Readout | undefined =>
    stacked && readBars(stacked.bars, { startMs, endMs }, nowMs);
  const readout =
    draft !== undefined
      ? read(draft.startMs, draft.endMs ?? nowMs)
      : cursorMs === undefined
        ? undefined
        : read(cursorMs, cursorMs + bucketMs);
  const spoken = draft === undefined ? read(valueMs, valueMs + bucketMs) : readout;
  const bars = Math.max(1, Math.round((span.endMs - span.startMs) / bucketMs));
  return (
    <>
      <div
        ref={plot}
        role="slider"
        tabIndex={0}
        aria-label="Time"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={bars}
        aria-valuenow={Math.min(bars, Math.max(0, Math.round((valueMs - span.startMs) / bucketMs)))}
        aria-valuetext={spoken === undefined ? 'Counting' : sentenceOf(spoken, bucketMs, view.zone)}
        aria-describedby={helpId}
        data-testid="timeline-plot"
        className="focus-inside absolute inset-0 touch-pan-y select-none"
        style={{ cursor: pointer.cursorStyle }}
        {...pointer.handlers}
        onDoubleClick={() => backToLive(true)}
        onKeyDown={onKeyDown}
        onFocus={(event) => setFocused(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setFocused(false)}
      >
        <Canvas painter={painter} />
      </div>
      <p id={helpId} className="unseen">
        Arrow keys move by one bar, with shift they select a window. Enter applies it, Escape goes back. Plus
        and minus zoom. E goes to the next event that an agent told, with shift to the one before.
      </p>
      {readout !== undefined && (
        <ReadoutPanel
          readout={readout}
          bucketMs={bucketMs}
          zone={view.zone}
          plot={plot}
          atX={() => painter.current?.drawn()?.scale.xOf((readout.fromMs + readout.toMs) / 2) ?? 0}
        />
      )}
    </>
  );
}

function Canvas({ painter }: { readonly painter: React.RefObject<Painter | undefined> }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const made = createPainter(canvas.current);
    painter.current = made;
    return () => {
      made.close();
      painter.current = undefined;
    };
  }, [painter]);
  return <canvas ref={canvas} aria-hidden className="absolute inset-0 size-full" />;
}

type Painted = Omit<PlotProps, 'brush'> & {
  readonly brush: Brush | undefined;
  readonly cursorMs: number | undefined;
  readonly held: { readonly span: Span; readonly nowMs: number } | undefined;
};

/** Hands what is to be seen to the painter after each render; it paints at most once a frame. */
function usePainted(painter: React.RefObject<Painter | undefined>, painted: Painted): void {
  const { size, layout, zoom, clock, paused, bucketMs, stacked, heldSinceMs, brush, cursorMs, held } =
    painted;
  const { zone, flow } = useView();
  const palette = usePalette();
  const reducedMotion = useReducedMotion();
  const selectedNs = useSelectedTime(flow);
  useEffect(() => {
    const { span, live } = zoom;
    painter.current?.show({
      ...size,
      heightPx: HEIGHT_PX,
      palette,
      layout,
      zone,
      stacked,
      bucketMs: stacked?.bars.bucketMs ?? bucketMs,
      heldSinceMs,
      brush,
      cursorMs,
      selected:
        selectedNs === undefined ? undefined : { atMs: msOf(selectedNs), text: clockText(selectedNs, zone) },
      shown: held?.span ?? (live ? { lengthMs: span.endMs - span.startMs } : span),
      nowMs: held === undefined ? clock : () => held.nowMs,
      still: paused || !live || held !== undefined,
      reducedMotion,
    });
  });
}
