// The map on its canvas: camera, pointer, and one frame at a time. Owns no data: the pane hands it drawings, it tells
// the pane what a person does. Nothing is drawn unless something has changed.

import { type Quadtree, quadtree } from 'd3-quadtree';
import { select } from 'd3-selection';
import { zoom as createZoom, type ZoomTransform, zoomIdentity } from 'd3-zoom';
import { Arrivals } from '../draw/arrivals.ts';
import { type Drawing, drawList } from '../draw/draw-list.ts';
import { levelAt, MAX_ZOOM, MIN_ZOOM } from '../draw/level.ts';
import type { Measure, Op } from '../draw/ops.ts';
import { type Camera, createPainter, type Surface } from '../draw/paint.ts';
import type { Palette } from '../draw/palette.ts';
import { type Box, contains, EMPTY_GEOMETRY, grow, type Point } from '../layout/geometry.ts';
import { ISLAND_HEAD, LANE_CAPTION_W } from '../layout/sizes.ts';
import { cameraFor, covers, type Margins, shift, sightOf, wholeOf } from './camera.ts';
import { createMovingPicture, type MovingPicture } from './moving-picture.ts';

export type Hit =
  | { readonly kind: 'item'; readonly id: string }
  /** The head of an open island. */
  | { readonly kind: 'island'; readonly id: string }
  | { readonly kind: 'link'; readonly id: string };

export type MapEvents = {
  readonly onHover: (hit: Hit | undefined, at: Point) => void;
  readonly onClick: (hit: Hit | undefined, adding: boolean) => void;
  readonly onDoubleClick: (hit: Hit | undefined, adding: boolean) => void;
  /** An item or island is being dragged, by so many units of the map since it was taken. */
  readonly onDrag: (id: string, by: Point, done: boolean) => void;
};

export type MapView = {
  readonly setDrawing: (drawing: Drawing) => void;
  readonly setPalette: (palette: Palette) => void;
  readonly setSize: (surface: Surface) => void;
  /** What all of the map keeps free when it is fitted. */
  readonly setMargins: (margins: Margins) => void;
  /** Shows all of the map; later changes keep all of it in sight until the person moves the camera. */
  readonly fit: () => void;
  /** The person has moved the camera. */
  readonly isTaken: () => boolean;
  readonly zoomBy: (factor: number) => void;
  readonly panBy: (dxPx: number, dyPx: number) => void;
  readonly centreOn: (box: Box) => void;
  /** Moves the map by so much that the box is in sight; answers where it is then, in px of the canvas. */
  readonly reveal: (box: Box) => Point;
  /** Fonts have arrived: texts have other widths. */
  readonly remeasure: () => void;
  /** The whole map at a readable zoom, for a file. */
  readonly wholeDrawing: () => {
    readonly ops: readonly Op[];
    readonly camera: Camera;
    readonly surface: Surface;
  };
  readonly close: () => void;
};

const CLICK_SLOP_PX = 4;
const LINK_REACH_PX = 7;
/** So much more than what is in sight is drawn, so that panning needs no new list. */
const MARGIN = 0.5;
const EXPORT_MAX_PX = 8000;

/** After the last change of zoom. */
const SETTLE_MS = 100;
/** After the map was moved last: longer than a busy page keeps the pointer's next step waiting. */
const PAN_SETTLE_MS = 300;
/** A list may be shown this much larger or smaller than it was made for. */
const ZOOM_SLACK = 1.12;

type Sample = { readonly x: number; readonly y: number; readonly id: string };

/** `isStill`: nothing is to move by itself. */
export function createMapView(
  canvas: HTMLCanvasElement,
  measure: Measure,
  events: MapEvents,
  isStill: () => boolean,
): MapView {
  const brush = canvas.getContext('2d');
  const paint = createPainter((d) => new Path2D(d));
  let drawing: Drawing | undefined;
  let palette: Palette | undefined;
  let surface: Surface = { widthPx: 0, heightPx: 0, ratio: 1 };
  let margins: Margins = { right: 0, bottom: 0 };
  let camera: Camera = { x: 0, y: 0, k: 1 };
  let list: { readonly ops: readonly Op[]; readonly k: number; readonly sight: Box } | undefined;
  let index: Quadtree<Sample> | undefined;
  const arrivals = new Arrivals();
  const picture = createPicture(canvas, brush);
  /** When the camera moved last without zooming, and the time before. */
  let pannedMs = Number.NEGATIVE_INFINITY;
  let panningMs = Number.NEGATIVE_INFINITY;
  let frame: number | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  /** The camera follows the map until a person takes it. */
  let taken = false;
  let settingCamera = false;
  let held: { readonly hit: Hit | undefined; readonly from: Point; moved: boolean } | undefined;

  const zoom = createZoom<HTMLCanvasElement, unknown>()
    .scaleExtent([MIN_ZOOM, MAX_ZOOM])
    .clickDistance(CLICK_SLOP_PX)
    .filter((event: MouseEvent) => event.type === 'wheel' || (held?.hit?.kind ?? 'link') === 'link')
    .on('zoom', ({ transform }: { readonly transform: ZoomTransform }) => {
      if (transform.k === camera.k) notePan(performance.now());
      else panningMs = Number.NEGATIVE_INFINITY;
      camera = { x: transform.x, y: transform.y, k: transform.k };
      if (!settingCamera) taken = true;
      schedule();
    });
  const selection = select(canvas);
  selection.call(zoom).on('dblclick.zoom', null);

  function schedule(): void {
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      draw();
    });
  }

  /** More than one step, as of a key. */
  function notePan(nowMs: number): void {
    if (nowMs - pannedMs < PAN_SETTLE_MS) panningMs = nowMs;
    pannedMs = nowMs;
  }

  function draw(): void {
    if (brush === null || drawing === undefined || palette === undefined || surface.widthPx === 0) return;
    const zooming = list !== undefined && list.k !== camera.k;
    const panning = performance.now() - panningMs < PAN_SETTLE_MS;
    if (zooming || panning) settleAfter(panning ? PAN_SETTLE_MS : SETTLE_MS);
    const arriving = arrivals.at(drawing, performance.now());
    canvas.dataset['arriving'] = String(arriving?.look.arriving?.size ?? 0);
    if (arriving !== undefined) {
      const ops = drawList(arriving, camera.k, sightOf(camera, surface), measure);
      list = undefined;
      paint(brush, ops, camera, surface, palette);
      schedule();
      return;
    }
    if (panning && picture !== undefined) drawMoving(picture, drawing, palette);
    else paint(brush, listFor(drawing, camera, surface), camera, surface, palette);
    canvas.dataset['camera'] = [camera.x, camera.y, camera.k].map((value) => value.toFixed(3)).join(' ');
  }

  function drawMoving(moving: MovingPicture, now: Drawing, inks: Palette): void {
    if (moving.put(camera, surface, performance.now())) return;
    moving.take(camera, surface, performance.now(), (on, from, whole) =>
      paint(on, listFor(now, from, whole), from, whole, inks),
    );
    moving.put(camera, surface, performance.now());
  }

  /** The list that was made last, or a new one where that does not serve. */
  function listFor(now: Drawing, from: Camera, whole: Surface): readonly Op[] {
    const inSight = sightOf(from, whole);
    if (list === undefined || !fits(list.k, from.k) || !covers(list.sight, inSight)) {
      const sight = grow(inSight, Math.max(inSight.w, inSight.h) * MARGIN);
      list = { ops: drawList(now, from.k, sight, measure), k: from.k, sight };
    }
    return list.ops;
  }

  /**
   * While zooming, a list serves for zooms close to its own; then it is made for the one that was reached. While moving,
   * a picture serves; then the newest is drawn.
   */
  function settleAfter(ms: number): void {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (picture?.drop() !== true && list?.k === camera.k) return;
      if (list?.k !== camera.k) list = undefined;
      schedule();
    }, ms);
  }

  function setCamera(next: Camera): void {
    settingCamera = true;
    zoom.transform(selection, zoomIdentity.translate(next.x, next.y).scale(next.k));
    settingCamera = false;
  }

  function fitCamera(): void {
    if (drawing === undefined || surface.widthPx === 0) return;
    const bounds = wholeOf(drawing);
    if (bounds.w > 0) setCamera(cameraFor(bounds, surface, margins));
  }

  function toMap({ x, y }: Point): Point {
    return { x: (x - camera.x) / camera.k, y: (y - camera.y) / camera.k };
  }

  function hitAt(px: Point): Hit | undefined {
    if (drawing === undefined) return undefined;
    const at = toMap(px);
    const { scene, geometry, links } = drawing;
    // What is drawn last lies on top.
    let top: string | undefined;
    for (const [id, box] of geometry.items) if (contains(box, at) && scene.items.has(id)) top = id;
    if (top !== undefined) return { kind: 'item', id: top };
    index ??= quadtree<Sample>(
      links.flatMap(({ link, path }) => path.along.map(({ x, y }) => ({ x, y, id: link.id }))),
      ({ x }) => x,
      ({ y }) => y,
    );
    // Samples lie 10 to 40 units apart.
    const near = index.find(at.x, at.y, Math.max(LINK_REACH_PX / camera.k, 8));
    if (near !== undefined) return { kind: 'link', id: near.id };
    for (const island of scene.islands) {
      const box = geometry.islands.get(island.id);
      if (box === undefined || island.name === '') continue;
      const head = { ...box, h: Math.max(ISLAND_HEAD, 18 / camera.k), y: box.y - 6 / camera.k };
      const caption = { ...box, x: box.x - LANE_CAPTION_W, w: LANE_CAPTION_W };
      if (contains(island.lane ? caption : head, at)) return { kind: 'island', id: island.id };
    }
    return undefined;
  }

  function pointOf(event: MouseEvent): Point {
    const rect = canvas.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    const from = pointOf(event);
    held = { hit: hitAt(from), from, moved: false };
    if (held.hit !== undefined && held.hit.kind !== 'link') canvas.setPointerCapture(event.pointerId);
  }
  function onPointerMove(event: PointerEvent): void {
    const at = pointOf(event);
    if (held === undefined) {
      events.onHover(hitAt(at), at);
      return;
    }
    if (!held.moved && Math.hypot(at.x - held.from.x, at.y - held.from.y) < CLICK_SLOP_PX) return;
    held.moved = true;
    const { hit } = held;
    events.onHover(undefined, at);
    if (hit !== undefined && hit.kind !== 'link') events.onDrag(hit.id, dragged(held.from, at), false);
  }
  function onPointerUp(event: PointerEvent): void {
    const was = held;
    held = undefined;
    if (was === undefined) return;
    if (!was.moved) events.onClick(was.hit, event.shiftKey);
    else if (was.hit !== undefined && was.hit.kind !== 'link')
      events.onDrag(was.hit.id, dragged(was.from, pointOf(event)), true);
  }
  function dragged(from: Point, to: Point): Point {
    return { x: (to.x - from.x) / camera.k, y: (to.y - from.y) / camera.k };
  }
  const onPointerLeave = (event: PointerEvent): void => {
    if (held === undefined) events.onHover(undefined, pointOf(event));
  };
  const onDoubleClick = (event: MouseEvent): void =>
    events.onDoubleClick(hitAt(pointOf(event)), event.shiftKey);
  const onCancel = (): void => {
    held = undefined;
  };
  // Before d3's own listeners: its filter asks what the pointer is on.
  canvas.addEventListener('pointerdown', onPointerDown);
  canvas.addEventListener('pointermove', onPointerMove);
  canvas.addEventListener('pointerup', onPointerUp);
  canvas.addEventListener('pointercancel', onCancel);
  canvas.addEventListener('pointerleave', onPointerLeave);
  canvas.addEventListener('dblclick', onDoubleClick);

  return {
    setDrawing: (next) => {
      if (!samePaths(drawing?.links, next.links)) index = undefined;
      const moved = drawing?.arranged !== next.arranged || !covers(sightOf(camera, surface), wholeOf(next));
      arrivals.note(drawing, next, performance.now(), isStill());
      // What a person does is seen at once; numbers may wait for the end of a movement.
      if (drawing?.scene === next.scene) picture?.drop();
      else picture?.age();
      drawing = next;
      list = undefined;
      // What a person has not taken into their own hands keeps all of the map in sight.
      if (moved && !taken) fitCamera();
      schedule();
    },
    setPalette: (next) => {
      palette = next;
      picture?.drop();
      schedule();
    },
    setSize: (next) => {
      surface = next;
      canvas.width = Math.round(next.widthPx * next.ratio);
      canvas.height = Math.round(next.heightPx * next.ratio);
      zoom.extent([
        [0, 0],
        [next.widthPx, next.heightPx],
      ]);
      if (!taken) fitCamera();
      // A canvas that changes its size is empty until it is drawn.
      draw();
    },
    setMargins: (next) => {
      margins = next;
      if (!taken) fitCamera();
    },
    fit: () => {
      taken = false;
      fitCamera();
    },
    isTaken: () => taken,
    zoomBy: (factor) => {
      zoom.scaleBy(selection, factor);
    },
    panBy: (dxPx, dyPx) => {
      zoom.translateBy(selection, dxPx / camera.k, dyPx / camera.k);
    },
    centreOn: (box) => {
      const k = Math.max(camera.k, 1);
      setCamera({
        k,
        x: surface.widthPx / 2 - (box.x + box.w / 2) * k,
        y: surface.heightPx / 2 - (box.y + box.h / 2) * k,
      });
      taken = true;
    },
    reveal: (box) => {
      const px = (): Box => ({
        x: box.x * camera.k + camera.x,
        y: box.y * camera.k + camera.y,
        w: box.w * camera.k,
        h: box.h * camera.k,
      });
      const { x, y, w, h } = px();
      const dx = shift(x, w, surface.widthPx);
      const dy = shift(y, h, surface.heightPx);
      if (dx !== 0 || dy !== 0) zoom.translateBy(selection, dx / camera.k, dy / camera.k);
      const at = px();
      return { x: at.x + at.w / 2, y: at.y + at.h / 2 };
    },
    remeasure: () => {
      list = undefined;
      picture?.drop();
      schedule();
    },
    wholeDrawing: () => {
      const bounds = grow(drawing === undefined ? EMPTY_GEOMETRY.bounds : wholeOf(drawing), 24);
      const k = Math.min(1.4, EXPORT_MAX_PX / Math.max(bounds.w, bounds.h));
      const ops = drawing === undefined ? [] : drawList(drawing, k, bounds, measure);
      return {
        ops,
        camera: { x: -bounds.x * k, y: -bounds.y * k, k },
        surface: { widthPx: Math.ceil(bounds.w * k), heightPx: Math.ceil(bounds.h * k), ratio: 1 },
      };
    },
    close: () => {
      clearTimeout(settling);
      picture?.drop();
      if (frame !== undefined) cancelAnimationFrame(frame);
      selection.on('.zoom', null);
      canvas.removeEventListener('pointerdown', onPointerDown);
      canvas.removeEventListener('pointermove', onPointerMove);
      canvas.removeEventListener('pointerup', onPointerUp);
      canvas.removeEventListener('pointercancel', onCancel);
      canvas.removeEventListener('pointerleave', onPointerLeave);
      canvas.removeEventListener('dblclick', onDoubleClick);
    },
  };
}

/** Kept within the canvas: its texts then inherit what those of the canvas do. */
function createPicture(
  canvas: HTMLCanvasElement,
  brush: CanvasRenderingContext2D | null,
): MovingPicture | undefined {
  if (brush === null) return undefined;
  const kept = document.createElement('canvas');
  kept.width = 0;
  kept.height = 0;
  canvas.replaceChildren(kept);
  return createMovingPicture(brush, kept);
}

function fits(made: number, wanted: number): boolean {
  const off = wanted / made;
  return off < ZOOM_SLACK && off > 1 / ZOOM_SLACK && levelAt(made) === levelAt(wanted);
}

/** Each answer brings new objects for the same links. */
function samePaths(a: Drawing['links'] | undefined, b: Drawing['links']): boolean {
  return (
    a?.length === b.length &&
    a.every(({ path, link }, at) => path === b[at]?.path && link.id === b[at].link.id)
  );
}
