// The map as a file: what stands on it, whole, at a readable zoom, in the colours on screen.

import { createPainter } from '../draw/paint.ts';
import type { Palette } from '../draw/palette.ts';
import { writeSvg } from '../draw/write-svg.ts';
import type { MapView } from './map-view.ts';

export type PictureKind = 'png' | 'svg';

/** Device pixels of a PNG for one px of the map. */
const PNG_RATIO = 2;

/** undefined when the browser cannot make a picture of this size. */
export async function mapPicture(
  view: MapView,
  palette: Palette,
  kind: PictureKind,
): Promise<Blob | undefined> {
  const { ops, camera, surface } = view.wholeDrawing();
  if (kind === 'svg') {
    const text = writeSvg(ops, camera, surface, palette, 'Service map');
    return new Blob([text], { type: 'image/svg+xml' });
  }
  const canvas = document.createElement('canvas');
  canvas.width = surface.widthPx * PNG_RATIO;
  canvas.height = surface.heightPx * PNG_RATIO;
  const brush = canvas.getContext('2d');
  if (brush === null) return undefined;
  createPainter((d) => new Path2D(d))(brush, ops, camera, { ...surface, ratio: PNG_RATIO }, palette);
  return await new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png');
  });
}

/** Hands a file to the browser's downloads. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
