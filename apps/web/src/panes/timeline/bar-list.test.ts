import { describe, expect, it } from 'vitest';
import { NO_AGENTS } from './agent-marks.ts';
import { barMarks } from './bar-list.ts';
import { type Bars, stackHistogram } from './bars.ts';
import { dimensionOf } from './dimensions.ts';
import { plotLayout } from './layout.ts';
import { createTimeScale } from './time-scale.ts';

const layout = plotLayout(44 + 14 + 40, dimensionOf('verdict'));
const scale = createTimeScale({ startMs: 0, endMs: 40_000 }, layout.leftPx, layout.widthPx, 1);

function bars(series: Readonly<Record<string, readonly number[]>>, lost: readonly number[] = []): Bars {
  return stackHistogram(
    {
      startMs: 0,
      bucketMs: 10_000,
      buckets: 4,
      series: Object.entries(series).map(([value, counts]) => ({ value, counts })),
      lost,
      gaps: [],
      agents: NO_AGENTS,
    },
    dimensionOf('verdict'),
    [],
  );
}

/** "ink x,y wxh" of every box. */
function boxes(drawn: Bars, up = 10, down = 1): readonly string[] {
  return barMarks(drawn, scale, layout, { up, down }).flatMap((mark) => {
    if (mark.kind !== 'fill' && mark.kind !== 'hatch') return [mark.kind];
    const texts: string[] = [];
    for (let i = 0; i < mark.boxes.length; i += 4) {
      const [x, y, w, h] = mark.boxes.slice(i, i + 4);
      texts.push(`${mark.kind} ${mark.ink.token} ${String(x)},${String(y)} ${String(w)}x${String(h)}`);
    }
    return texts;
  });
}

describe('the bars', () => {
  it('stand 1 px apart on the zero line and hang below it, each side in its own scale', () => {
    expect(layout).toMatchObject({ zeroPx: 64, upPx: 42, downPx: 17 });
    expect(boxes(bars({ FORWARDED: [100, 50, 0, 0], DROPPED: [0, 10, 0, 5] }))).toEqual([
      'fill --fs-forwarded-fill 0,22 9x42',
      'fill --fs-forwarded-fill 10,43 9x21',
      'fill --fs-dropped-fill 10,65 9x17',
      'fill --fs-dropped-fill 30,65 9x9',
    ]);
  });

  it('show one drop in a million', () => {
    expect(boxes(bars({ FORWARDED: [1_000_000, 0, 0, 0], DROPPED: [1, 0, 0, 0] }), 100_000, 100_000)).toEqual(
      ['fill --fs-forwarded-fill 0,22 9x42', 'fill --fs-dropped-fill 0,65 9x2'],
    );
  });

  it('stack outwards', () => {
    expect(boxes(bars({ REDIRECTED: [50, 0, 0, 0], FORWARDED: [50, 0, 0, 0] }))).toEqual([
      'fill --fs-forwarded-fill 0,43 9x21',
      'fill --fs-redirected-fill 0,22 9x21',
    ]);
  });

  it('carry what was lost as hatching on top, within the plot', () => {
    const drawn = bars({ FORWARDED: [50, 100, 0, 0] }, [1, 1, 50, 1_000_000]);
    expect(boxes(drawn).filter((box) => box.startsWith('hatch'))).toEqual([
      'hatch --fs-text3 0,39 9x4',
      'hatch --fs-text3 10,22 9x4',
      'hatch --fs-text3 20,43 9x21',
      'hatch --fs-text3 30,22 9x42',
    ]);
  });

  it('are none where nothing was counted', () => {
    expect(boxes(bars({}), 0, 0)).toEqual([]);
  });
});
