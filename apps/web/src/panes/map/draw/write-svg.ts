// The same list of drawing steps as an SVG file. Names on the map come from the cluster and are not trusted: all text
// is escaped.

import type { Op, Paint } from './ops.ts';
import { type Camera, SANS, type Surface } from './paint.ts';
import type { Palette } from './palette.ts';

export function writeSvg(
  ops: readonly Op[],
  camera: Camera,
  { widthPx, heightPx }: Surface,
  palette: Palette,
  title: string,
): string {
  const size = `width="${num(widthPx)}" height="${num(heightPx)}" viewBox="0 0 ${num(widthPx)} ${num(heightPx)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${escape(SANS)}">`,
    `<title>${escape(title)}</title>`,
    `<rect width="100%" height="100%" fill="${palette.canvas}"/>`,
    ...ops.map((op) => writeOp(op, camera, palette)),
    '</svg>',
    '',
  ].join('\n');
}

function writeOp(op: Op, camera: Camera, palette: Palette): string {
  const { k } = camera;
  switch (op.op) {
    case 'rect': {
      const place = `x="${num(op.x * k + camera.x)}" y="${num(op.y * k + camera.y)}" width="${num(op.w * k)}" height="${num(op.h * k)}"`;
      return `<rect ${place} rx="${num(op.radius)}"${paintOf(op, palette, 1)}/>`;
    }
    case 'path':
      return `<path transform="translate(${num(camera.x)} ${num(camera.y)}) scale(${num(k)})" d="${op.d}"${paintOf(op, palette, k)}/>`;
    case 'bar': {
      const { x, y } = pointOf(op.at, camera);
      return `<rect x="${num(x)}" y="${num(y)}" width="${num(op.w)}" height="${num(op.h)}" rx="${num(op.radius)}"${paintOf(op, palette, 1)}/>`;
    }
    case 'glyph': {
      const { x, y } = pointOf(op.at, camera);
      return `<path transform="translate(${num(x)} ${num(y)}) scale(${num(op.scale)})" d="${op.d}" fill-rule="evenodd"${paintOf(op, palette, op.scale)}/>`;
    }
    case 'text': {
      const { x, y } = pointOf(op.at, camera);
      const anchor = op.align === 'left' ? 'start' : op.align === 'right' ? 'end' : 'middle';
      const font = `font-size="${num(op.size)}" font-weight="${String(op.weight)}" text-anchor="${anchor}"`;
      return `<text x="${num(x)}" y="${num(y)}" dy="0.35em" ${font} fill="${palette[op.ink]}"${alphaOf(op.alpha)}>${escape(op.text)}</text>`;
    }
  }
}

function pointOf(
  at: { readonly x: number; readonly y: number; readonly dx: number; readonly dy: number },
  { x, y, k }: Camera,
): { readonly x: number; readonly y: number } {
  return { x: at.x * k + x + at.dx, y: at.y * k + y + at.dy };
}

function paintOf(op: Paint, palette: Palette, unit: number): string {
  const fill = ` fill="${op.fill === undefined ? 'none' : palette[op.fill]}"`;
  if (op.stroke === undefined) return `${fill}${alphaOf(op.alpha)}`;
  const dash =
    op.dash === undefined
      ? ''
      : ` stroke-dasharray="${op.dash.map((length) => num(length / unit)).join(' ')}"`;
  const stroke = ` stroke="${palette[op.stroke]}" stroke-width="${num((op.width ?? 1) / unit)}" stroke-linejoin="round"`;
  return `${fill}${stroke}${dash}${alphaOf(op.alpha)}`;
}

function alphaOf(alpha: number | undefined): string {
  return alpha === undefined || alpha === 1 ? '' : ` opacity="${num(alpha)}"`;
}

/** Characters that mean something in XML, and those that XML may not hold at all. */
function escape(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- exactly these are forbidden
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

function num(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
