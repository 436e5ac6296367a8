// Puts a list of drawing steps on a canvas. The only code that touches a 2D context; it keeps paths it has parsed for
// as long as the list stays the same. Measured by the bench map.pan_300.

import type { Anchor, Op, Paint } from './ops.ts';
import type { Palette } from './palette.ts';

export type Camera = { readonly x: number; readonly y: number; readonly k: number };

export type Surface = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Device pixels for one px. */
  readonly ratio: number;
};

export const SANS = "'Inter Variable', ui-sans-serif, system-ui, sans-serif";

/** The part of a canvas context that is used. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  | 'setTransform'
  | 'fillRect'
  | 'fill'
  | 'stroke'
  | 'beginPath'
  | 'roundRect'
  | 'setLineDash'
  | 'fillText'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'lineCap'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
>;

export type Painter = (
  brush: Brush,
  ops: readonly Op[],
  camera: Camera,
  surface: Surface,
  palette: Palette,
) => void;

export function createPainter(parsePath: (d: string) => Path2D): Painter {
  let parsedFor: readonly Op[] | undefined;
  let parsed = new Map<string, Path2D>();
  // Glyphs are few and stay.
  const glyphs = new Map<string, Path2D>();
  function pathFor(held: Map<string, Path2D>, d: string): Path2D {
    const found = held.get(d);
    if (found !== undefined) return found;
    const path = parsePath(d);
    held.set(d, path);
    return path;
  }

  return (brush, ops, camera, surface, palette) => {
    if (parsedFor !== ops) {
      parsedFor = ops;
      parsed = new Map();
    }
    const { ratio, widthPx, heightPx } = surface;
    brush.setTransform(ratio, 0, 0, ratio, 0, 0);
    brush.globalAlpha = 1;
    brush.fillStyle = palette.canvas;
    brush.fillRect(0, 0, widthPx, heightPx);
    brush.lineJoin = 'round';
    brush.lineCap = 'butt';
    brush.textBaseline = 'middle';
    const onMap = (): void =>
      brush.setTransform(ratio * camera.k, 0, 0, ratio * camera.k, ratio * camera.x, ratio * camera.y);
    const seen = ({ x, y, dx, dy }: Anchor): boolean => {
      const px = x * camera.k + camera.x + dx;
      const py = y * camera.k + camera.y + dy;
      return px > -400 && px < widthPx + 400 && py > -60 && py < heightPx + 60;
    };
    const atAnchor = ({ x, y, dx, dy }: Anchor, scale: number): void => {
      const left = x * camera.k + camera.x + dx;
      const top = y * camera.k + camera.y + dy;
      brush.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * left, ratio * top);
    };
    for (const op of ops) {
      brush.globalAlpha = op.alpha ?? 1;
      switch (op.op) {
        case 'rect':
          // Nothing is left for what is larger than its room.
          if (op.w <= 0 || op.h <= 0) break;
          onMap();
          brush.beginPath();
          brush.roundRect(op.x, op.y, op.w, op.h, Math.min(op.radius / camera.k, op.h / 2, op.w / 2));
          finish(brush, op, palette, camera.k);
          break;
        case 'path':
          onMap();
          finishPath(brush, op, palette, camera.k, pathFor(parsed, op.d));
          break;
        case 'bar':
          if (op.w <= 0 || op.h <= 0 || !seen(op.at)) break;
          atAnchor(op.at, 1);
          brush.beginPath();
          brush.roundRect(0, 0, op.w, op.h, Math.min(op.radius, op.h / 2, op.w / 2));
          finish(brush, op, palette, 1);
          break;
        case 'glyph':
          if (!seen(op.at)) break;
          atAnchor(op.at, op.scale);
          finishPath(brush, op, palette, op.scale, pathFor(glyphs, op.d));
          break;
        case 'text':
          if (!seen(op.at)) break;
          atAnchor(op.at, 1);
          brush.font = `${String(op.weight)} ${String(op.size)}px ${SANS}`;
          brush.textAlign = op.align;
          brush.fillStyle = palette[op.ink];
          brush.fillText(op.text, 0, 0.5);
          break;
      }
    }
    brush.globalAlpha = 1;
  };
}

/** Fills and strokes what lies in the brush; px are turned into the units in force. */
function finish(brush: Brush, op: Paint, palette: Palette, unit: number): void {
  if (op.fill !== undefined) {
    brush.fillStyle = palette[op.fill];
    brush.fill();
  }
  if (op.stroke === undefined) return;
  pen(brush, op, op.stroke, palette, unit);
  brush.stroke();
}

function finishPath(brush: Brush, op: Paint, palette: Palette, unit: number, path: Path2D): void {
  if (op.fill !== undefined) {
    brush.fillStyle = palette[op.fill];
    brush.fill(path, 'evenodd');
  }
  if (op.stroke === undefined) return;
  pen(brush, op, op.stroke, palette, unit);
  brush.stroke(path);
}

const SOLID: readonly number[] = [];

function pen(brush: Brush, op: Paint, stroke: keyof Palette, palette: Palette, unit: number): void {
  brush.strokeStyle = palette[stroke];
  brush.lineWidth = (op.width ?? 1) / unit;
  brush.setLineDash((op.dash ?? SOLID).map((length) => length / unit));
}
