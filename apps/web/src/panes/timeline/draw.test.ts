import { describe, expect, it } from 'vitest';
import { type Canvas, drawMarks } from './draw.ts';
import type { Mark } from './mark.ts';

/** A canvas that writes down what it is told, one line a call. */
function logged(): { readonly canvas: Canvas; readonly log: string[] } {
  const log: string[] = [];
  const canvas = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...args: readonly unknown[]) =>
          log.push(`${String(name)} ${args.map((arg) => JSON.stringify(arg)).join(' ')}`.trim()),
      set: (_, name, value) => {
        log.push(`${String(name)} = ${String(value)}`);
        return true;
      },
    },
  ) as Canvas;
  return { canvas, log };
}

function logOf(...marks: readonly Mark[]): readonly string[] {
  const { canvas, log } = logged();
  drawMarks(canvas, marks, (token) => `<${token}>`);
  return log;
}

describe('drawing', () => {
  it('sets a colour once for all boxes that share it', () => {
    expect(logOf({ kind: 'fill', ink: { token: '--a' }, boxes: [1, 2, 3, 4, 5, 6, 7, 8] })).toEqual([
      'fillStyle = <--a>',
      'globalAlpha = 1',
      'fillRect 1 2 3 4',
      'fillRect 5 6 7 8',
    ]);
  });

  it('clips and moves what belongs together, and undoes both', () => {
    const inner: Mark = { kind: 'fill', ink: { token: '--a', alpha: 0.5 }, boxes: [0, 0, 1, 1] };
    expect(logOf({ kind: 'clip', box: [44, 22, 100, 60], moveX: -3, marks: [inner] })).toEqual([
      'save',
      'beginPath',
      'rect 44 22 100 60',
      'clip',
      'translate -3 0',
      'fillStyle = <--a>',
      'globalAlpha = 0.5',
      'fillRect 0 0 1 1',
      'restore',
    ]);
  });

  it('leaves no dash behind', () => {
    const log = logOf({
      kind: 'line',
      ink: { token: '--a' },
      from: [1, 0],
      to: [1, 9],
      widthPx: 1,
      dashPx: [2, 2],
    });
    expect(log.filter((line) => line.startsWith('setLineDash'))).toEqual([
      'setLineDash [2,2]',
      'setLineDash []',
    ]);
  });

  it('fills a polygon', () => {
    expect(logOf({ kind: 'shape', ink: { token: '--a' }, points: [0, 0, 8, 0, 4, 6] })).toEqual([
      'fillStyle = <--a>',
      'globalAlpha = 1',
      'beginPath',
      'lineTo 0 0',
      'lineTo 8 0',
      'lineTo 4 6',
      'closePath',
      'fill',
    ]);
  });

  it('hatches within its box on one grid', () => {
    const log = logOf({ kind: 'hatch', ink: { token: '--a' }, boxes: [0, 0, 10, 5] });
    expect(log).toContain('rect 0 0 10 5');
    expect(log.filter((line) => line.startsWith('moveTo'))).toEqual([
      'moveTo -5 5',
      'moveTo 0 5',
      'moveTo 5 5',
      'moveTo 10 5',
    ]);
    expect(log.at(-1)).toBe('restore');
  });

  it('writes text', () => {
    const log = logOf({
      kind: 'text',
      ink: { token: '--t' },
      at: [4, 9],
      text: '40/s',
      align: 'right',
      strong: true,
    });
    expect(log).toContain('textAlign = right');
    expect(log.find((line) => line.startsWith('font'))).toMatch(/^font = 600 /);
    expect(log.at(-1)).toBe('fillText "40/s" 4 9');
  });
});
