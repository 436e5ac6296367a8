import { describe, expect, it } from 'vitest';
import type { Camera, Surface } from '../draw/paint.ts';
import { createMovingPicture } from './moving-picture.ts';

const SURFACE: Surface = { widthPx: 1000, heightPx: 500, ratio: 2 };
const MARGIN_PX = 200;
const at = (x: number, y = 0, k = 1): Camera => ({ x, y, k });

/** A picture, and what was done: `paint x,y WxH` into it, `put x,y` of its corner, in pixels of the device. */
function setUp() {
  const log: string[] = [];
  const canvas = { width: 0, height: 0, getContext: () => ({}) } as unknown as HTMLCanvasElement;
  const picture = createMovingPicture(
    {
      setTransform: () => undefined,
      drawImage: (_: unknown, x: number, y: number) => log.push(`put ${String(x)},${String(y)}`),
      globalAlpha: 1,
    },
    canvas,
  );
  const take = (camera: Camera, nowMs = 0): void =>
    picture.take(camera, SURFACE, nowMs, (_, { x, y }, { widthPx, heightPx }) => {
      log.push(`paint ${String(x)},${String(y)} ${String(widthPx)}x${String(heightPx)}`);
    });
  return { picture, canvas, log, take };
}

describe('a picture of the map that is moved', () => {
  it('reaches further than what is in sight, and is put to where the camera is', () => {
    const { picture, canvas, log, take } = setUp();
    take(at(10, 20));
    expect([canvas.width, canvas.height]).toEqual([2 * (1000 + 2 * MARGIN_PX), 2 * (500 + 2 * MARGIN_PX)]);
    expect(picture.put(at(10, 20), SURFACE, 0)).toBe(true);
    expect(picture.put(at(40.25, 15), SURFACE, 0)).toBe(true);
    // Half a pixel of the device is none.
    expect(log).toEqual(['paint 210,220 1400x900', 'put -400,-400', 'put -339,-410']);
  });

  it('does not serve beyond its edges, at another zoom or size, or when there is none', () => {
    const { picture, log, take } = setUp();
    expect(picture.put(at(0), SURFACE, 0)).toBe(false);
    take(at(0));
    log.length = 0;
    expect(picture.put(at(MARGIN_PX), SURFACE, 0)).toBe(true);
    expect(picture.put(at(MARGIN_PX + 1), SURFACE, 0)).toBe(false);
    expect(picture.put(at(0, -MARGIN_PX - 1), SURFACE, 0)).toBe(false);
    expect(picture.put(at(0, 0, 1.1), SURFACE, 0)).toBe(false);
    expect(picture.put(at(0), { ...SURFACE }, 0)).toBe(false);
    expect(log).toHaveLength(1);
  });

  it('may be out of date for a while, and for as long as one likes when nothing is newer', () => {
    const { picture, take } = setUp();
    take(at(0), 1000);
    expect(picture.put(at(1), SURFACE, 60_000)).toBe(true);
    picture.age();
    expect(picture.put(at(2), SURFACE, 1500)).toBe(true);
    expect(picture.put(at(3), SURFACE, 3500)).toBe(false);
    take(at(3), 3500);
    expect(picture.put(at(4), SURFACE, 60_000)).toBe(true);
  });

  it('gives its memory back', () => {
    const { picture, canvas, take } = setUp();
    expect(picture.drop()).toBe(false);
    take(at(0));
    expect(picture.drop()).toBe(true);
    expect([canvas.width, canvas.height]).toEqual([0, 0]);
    expect(picture.put(at(0), SURFACE, 0)).toBe(false);
  });
});
