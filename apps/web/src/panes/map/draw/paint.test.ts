import { describe, expect, it } from 'vitest';
import type { Op } from './ops.ts';
import { type Brush, createPainter } from './paint.ts';
import { readPalette } from './palette.ts';
import { writeSvg } from './write-svg.ts';

const CAMERA = { x: 100, y: 50, k: 2 };
const SURFACE = { widthPx: 400, heightPx: 300, ratio: 1 };
const palette = readPalette((name) => (name === '--fs-accent' ? ' #112233' : name.slice('--fs-'.length)));

const OPS: readonly Op[] = [
  { op: 'rect', x: 10, y: 20, w: 30, h: 40, radius: 6, fill: 'base', stroke: 'line', width: 1 },
  { op: 'path', d: 'M0,0L10,0', stroke: 'dropped-fill', width: 2, dash: [7, 4], alpha: 0.5 },
  { op: 'bar', at: { x: 10, y: 20, dx: 4, dy: 5 }, w: 50, h: 3, radius: 0, fill: 'forwarded-fill' },
  {
    op: 'text',
    at: { x: 10, y: 20, dx: 9, dy: 9 },
    text: '<cart & "co">',
    size: 12,
    weight: 600,
    ink: 'text',
    align: 'left',
  },
  {
    op: 'text',
    at: { x: 9_000, y: 20, dx: 0, dy: 0 },
    text: 'far away',
    size: 12,
    weight: 400,
    ink: 'text',
    align: 'left',
  },
];

/** A context that writes down what it is told. */
function recorder(): { readonly brush: Brush; readonly log: readonly string[] } {
  const log: string[] = [];
  const target: Record<string, unknown> = {};
  const brush = new Proxy(target, {
    get: (held, name: string) =>
      name in held
        ? held[name]
        : (...args: readonly unknown[]) => log.push(`${name}(${args.map((arg) => String(arg)).join(' ')})`),
    set: (held, name: string, value: unknown) => {
      held[name] = value;
      log.push(`${name}=${String(value)}`);
      return true;
    },
  }) as unknown as Brush;
  return { brush, log };
}

describe('painting', () => {
  const paint = (): readonly string[] => {
    const { brush, log } = recorder();
    createPainter((d) => `path ${d}` as unknown as Path2D)(brush, OPS, CAMERA, SURFACE, palette);
    return log;
  };

  it('puts boxes and paths on the map, with px turned into its units', () => {
    const log = paint();
    expect(log).toContain('setTransform(2 0 0 2 100 50)');
    expect(log).toContain('roundRect(10 20 30 40 3)');
    expect(log.slice(log.indexOf('setLineDash(3.5,2)') - 2, log.indexOf('setLineDash(3.5,2)') + 2)).toEqual([
      'strokeStyle=dropped-fill',
      'lineWidth=1',
      'setLineDash(3.5,2)',
      'stroke(path M0,0L10,0)',
    ]);
  });

  it('keeps bars and texts at their size, at a place on the map', () => {
    const log = paint();
    expect(log).toContain('setTransform(1 0 0 1 124 95)');
    expect(log).toContain('roundRect(0 0 50 3 0)');
    expect(log.find((call) => call.startsWith('fillText'))).toBe('fillText(<cart & "co"> 0 0.5)');
  });

  it('leaves out what is far out of sight', () => {
    expect(paint().filter((call) => call.startsWith('fillText'))).toHaveLength(1);
  });
});

describe('the file', () => {
  const svg = writeSvg(OPS, CAMERA, SURFACE, palette, 'Service map');

  it('holds the same steps at the same places', () => {
    expect(svg).toContain('<rect x="120" y="90" width="60" height="80" rx="6" fill="base" stroke="line"');
    expect(svg).toContain('stroke-dasharray="3.5 2"');
    expect(svg).toContain('<text x="129" y="99"');
  });

  it('holds no markup out of names', () => {
    expect(svg).toContain('&lt;cart &amp; &quot;co&quot;&gt;');
    expect(svg).not.toContain('<cart');
  });

  it('has colours that every program knows', () => {
    expect(palette['tint-selected']).toBe('#1122334d');
  });
});
