// A picture of the map that reaches further than what is in sight. While somebody moves the map it is put to where the
// camera is, instead of drawing everything anew: without a GPU that takes most of a frame (bench: map.pan_300).
//
//   +---------------------------+  picture
//   |     +---------------+     |
//   |     |   in sight    |     |  may move by the margin in each direction
//   |     +---------------+     |
//   +---------------------------+

import type { Camera, Surface } from '../draw/paint.ts';

/** Of the longer side, on each side. */
const MARGIN = 0.2;
/** A picture with old numbers may be shown so long. */
const FRESH_MS = 2000;

export type MovingPicture = {
  /** Puts the picture to where the camera is. False when there is none that does: take one. */
  readonly put: (camera: Camera, surface: Surface, nowMs: number) => boolean;
  /** What `paint` draws with the camera and on the surface that it is told, is the picture from now on. */
  readonly take: (
    camera: Camera,
    surface: Surface,
    nowMs: number,
    paint: (brush: CanvasRenderingContext2D, camera: Camera, surface: Surface) => void,
  ) => void;
  /** There is something newer to be shown. */
  readonly age: () => void;
  /** Gives its memory back; false when there was none. */
  readonly drop: () => boolean;
};

/** `shown` is what the picture is put on, `canvas` where it is kept: in the page, so that its texts look alike. */
export function createMovingPicture(
  shown: Pick<CanvasRenderingContext2D, 'setTransform' | 'drawImage' | 'globalAlpha'>,
  canvas: HTMLCanvasElement,
): MovingPicture {
  const brush = canvas.getContext('2d');
  let taken:
    | { readonly camera: Camera; readonly surface: Surface; readonly atMs: number; readonly marginPx: number }
    | undefined;
  let old = false;
  return {
    put: (camera, surface, nowMs) => {
      if (taken === undefined || taken.surface !== surface || taken.camera.k !== camera.k) return false;
      if (old && nowMs - taken.atMs > FRESH_MS) return false;
      const { ratio } = surface;
      const reach = taken.marginPx * ratio;
      // Whole pixels, or all of it would be blurred.
      const dx = Math.round((camera.x - taken.camera.x) * ratio);
      const dy = Math.round((camera.y - taken.camera.y) * ratio);
      if (Math.abs(dx) > reach || Math.abs(dy) > reach) return false;
      shown.setTransform(1, 0, 0, 1, 0, 0);
      shown.globalAlpha = 1;
      shown.drawImage(canvas, dx - Math.round(reach), dy - Math.round(reach));
      return true;
    },
    take: (camera, surface, nowMs, paint) => {
      if (brush === null) return;
      const { widthPx, heightPx, ratio } = surface;
      const marginPx = Math.round(Math.max(widthPx, heightPx) * MARGIN);
      const wide = { widthPx: widthPx + 2 * marginPx, heightPx: heightPx + 2 * marginPx, ratio };
      const [width, height] = [Math.round(wide.widthPx * ratio), Math.round(wide.heightPx * ratio)];
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      paint(brush, { x: camera.x + marginPx, y: camera.y + marginPx, k: camera.k }, wide);
      taken = { camera, surface, atMs: nowMs, marginPx };
      old = false;
    },
    age: () => {
      old = true;
    },
    drop: () => {
      if (taken === undefined) return false;
      taken = undefined;
      canvas.width = 0;
      canvas.height = 0;
      return true;
    },
  };
}
