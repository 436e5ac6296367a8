// Joins the canvas to React: one view for the life of the element, and drawings handed to it as they come.

import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTheme } from '../../../settings/index.ts';
import { reducesMotion } from '../../use-reduced-motion.ts';
import type { Drawing } from '../draw/draw-list.ts';
import type { Measure } from '../draw/ops.ts';
import { SANS } from '../draw/paint.ts';
import { type Palette, readPalette } from '../draw/palette.ts';
import { type LegendPlace, legendPlace, legendRoom } from './legend-place.ts';
import { createMapView, type MapEvents, type MapView } from './map-view.ts';

export type MapCanvas = {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly view: MapView | undefined;
  readonly palette: Palette | undefined;
  readonly legend: LegendPlace;
  readonly widthPx: number;
  readonly heightPx: number;
};

export function useMapCanvas(drawing: Drawing | undefined, events: MapEvents): MapCanvas {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const [view, setView] = useState<MapView | undefined>(undefined);
  const [size, setSize] = useState({ widthPx: 0, heightPx: 0 });
  const palette = usePalette();
  const latest = useRef(events);
  useEffect(() => {
    latest.current = events;
  });

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const handlers: MapEvents = {
      onHover: (hit, at) => latest.current.onHover(hit, at),
      onClick: (hit, adding) => latest.current.onClick(hit, adding),
      onDoubleClick: (hit, adding) => latest.current.onDoubleClick(hit, adding),
      onDrag: (id, by, done) => latest.current.onDrag(id, by, done),
    };
    const created = createMapView(element, createMeasure(element), handlers, reducesMotion);
    const box = element.parentElement ?? element;
    const follow = (): void => {
      const widthPx = box.clientWidth;
      const heightPx = box.clientHeight;
      created.setSize({ widthPx, heightPx, ratio: window.devicePixelRatio });
      setSize({ widthPx, heightPx });
    };
    const observer = new ResizeObserver(follow);
    observer.observe(box);
    follow();
    setView(created);
    let open = true;
    // A canvas does not wait for a font: what was drawn before has widths of another.
    void Promise.allSettled(WEIGHTS.map((weight) => document.fonts.load(`${weight} 12px ${SANS}`))).then(
      () => {
        if (open) created.remeasure();
      },
    );
    return () => {
      open = false;
      observer.disconnect();
      created.close();
      setView(undefined);
    };
  }, []);
  useEffect(() => {
    if (palette !== undefined) view?.setPalette(palette);
  }, [view, palette]);
  useEffect(() => {
    if (drawing !== undefined) view?.setDrawing(drawing);
  }, [view, drawing]);
  const legend = legendPlace(size, drawing?.geometry.bounds);
  useEffect(() => view?.setMargins(legendRoom(legend)), [view, legend]);
  return { canvas, view, palette, legend, ...size };
}

/** Read again when the theme has changed: the attribute is set in an effect of the shell, so a frame later. */
function usePalette(): Palette | undefined {
  const theme = useTheme();
  const [read, setRead] = useState<{ readonly theme: string; readonly palette: Palette } | undefined>(
    undefined,
  );
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const style = getComputedStyle(document.documentElement);
      setRead({ theme, palette: readPalette((name) => style.getPropertyValue(name)) });
    });
    return () => cancelAnimationFrame(frame);
  }, [theme]);
  return read?.palette;
}

const WEIGHTS = ['400', '500', '600'] as const;
const MEASURES_KEPT = 20_000;

/**
 * Widths of texts, remembered: names come again in every frame. Measured by the canvas that is drawn on: digits of one
 * width are a style that it inherits, and that a canvas outside of the page would not have.
 */
function createMeasure(canvas: HTMLCanvasElement): Measure {
  const brush = canvas.getContext('2d');
  const known = new Map<string, number>();
  return (text, size, weight) => {
    const key = `${String(weight)} ${String(size)} ${text}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (brush === null) return text.length * size * 0.55;
    const font = `${String(weight)} ${String(size)}px ${SANS}`;
    brush.font = font;
    const width = brush.measureText(text).width;
    if (!document.fonts.check(font)) return width;
    if (known.size > MEASURES_KEPT) known.clear();
    known.set(key, width);
    return width;
  };
}
