import { describe, expect, it } from 'vitest';
import { NO_AGENTS } from './agent-marks.ts';
import { stackHistogram } from './bars.ts';
import { dimensionOf } from './dimensions.ts';
import { type Frame, frameMarks } from './frame-list.ts';
import { plotLayout } from './layout.ts';
import type { Mark } from './mark.ts';
import { createTimeScale } from './time-scale.ts';

const layout = plotLayout(44 + 14 + 600, dimensionOf('verdict'));
const span = { startMs: 0, endMs: 60_000 };
const bars = stackHistogram(
  {
    startMs: 0,
    bucketMs: 1000,
    buckets: 60,
    series: [],
    lost: [],
    gaps: [{ fromMs: 10_000, toMs: 40_000 }],
    agents: NO_AGENTS,
  },
  dimensionOf('verdict'),
  [],
);
const plain: Frame = {
  scale: createTimeScale(span, layout.leftPx, layout.widthPx, 1),
  layout,
  ticks: [{ ms: 30_000, text: '00:00:30' }],
  ceilings: { up: 40, down: 4 },
  bars: { from: { ...bars, gaps: [] }, marks: [] },
  nowMs: 60_000,
  heldSinceMs: 0,
  brush: undefined,
  cursorMs: undefined,
  selected: undefined,
};

/** All marks, those inside of clips too. */
function flat(marks: readonly Mark[]): readonly Mark[] {
  return marks.flatMap((mark) => (mark.kind === 'clip' ? [mark, ...flat(mark.marks)] : [mark]));
}

function marksOf(patch: Partial<Frame>): readonly Mark[] {
  return flat(frameMarks({ ...plain, ...patch }));
}

function textsOf(patch: Partial<Frame>): readonly string[] {
  return marksOf(patch).flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
}

/** Boxes of the marks that only this patch brings. */
function added(patch: Partial<Frame>): readonly (readonly number[])[] {
  const before = new Set(marksOf({}).map((mark) => JSON.stringify(mark)));
  return marksOf(patch).flatMap((mark) =>
    mark.kind === 'fill' && !before.has(JSON.stringify(mark)) ? [mark.boxes] : [],
  );
}

describe('a frame', () => {
  it('labels both scales and the times', () => {
    expect(textsOf({})).toEqual(['40/s', '0', '4/s', '00:00:30']);
    expect(textsOf({ ceilings: { up: 0, down: 0 }, bars: undefined })).toEqual(['', '0', '', '00:00:30']);
  });

  it('moves the bars by whole pixels and makes none anew', () => {
    const moved = marksOf({ scale: createTimeScale({ startMs: 2500, endMs: 62_500 }, 44, 600, 1) });
    expect(moved.find((mark) => mark.kind === 'clip' && mark.marks === plain.bars?.marks)).toMatchObject({
      moveX: 19,
    });
  });

  it('hatches what was not seen over the whole height, with its length', () => {
    const patch = { bars: { from: bars, marks: [] } };
    expect(marksOf(patch).find(({ kind }) => kind === 'hatch')).toMatchObject({ boxes: [144, 22, 300, 60] });
    expect(textsOf(patch)).toContain('not connected, 30 s');
    const open = { bars: { from: { ...bars, gaps: [{ fromMs: 59_000, toMs: undefined }] }, marks: [] } };
    expect(marksOf(open).find(({ kind }) => kind === 'hatch')).toMatchObject({ boxes: [634, 22, 10, 60] });
    expect(textsOf(open).join()).not.toContain('not connected');
  });

  it('has what agents tell on a dotted pole over the whole height, with its name above the plot', () => {
    const mark = {
      fromMs: 30_000,
      atMs: 30_000,
      count: 1,
      said: [],
      more: 0,
      shape: 'flag',
      name: 'rule1 updated',
    } as const;
    const patch = { bars: { from: { ...bars, agents: { marks: [mark], unshown: '' } }, marks: [] } };
    expect(
      marksOf(patch).find(
        ({ kind, ...rest }) => kind === 'line' && 'dashPx' in rest && rest.dashPx?.[0] === 2,
      ),
    ).toMatchObject({
      from: [344.5, 17],
      to: [344.5, 82],
    });
    expect(textsOf(patch)).toContain('rule1 updated');
  });

  it('says where nothing is held', () => {
    expect(added({ heldSinceMs: 30_000 })).toEqual([[44, 22, 300, 60]]);
    expect(textsOf({ heldSinceMs: 30_000 })).toContain('nothing held from before');
  });

  it('dims what the brush leaves out', () => {
    const [dimmed] = added({ brush: { startMs: 20_000, endMs: 30_000 } });
    expect(dimmed).toEqual([44, 22, 200, 60, 344, 22, 300, 60]);
    const [open] = added({ brush: { startMs: 20_000, endMs: undefined } });
    expect(open).toEqual([44, 22, 200, 60, 644, 22, 0, 60]);
  });

  it('draws now as an accent line, and tags the selected flow within the plot', () => {
    const now = marksOf({}).find((mark) => mark.kind === 'fill' && mark.ink.token === '--fs-accent');
    expect(now).toMatchObject({ boxes: [643, 20, 2, 62] });
    expect(textsOf({ selected: { atMs: 30_000, text: '00:00:30.000' } })).toContain('00:00:30.000');
    expect(textsOf({ selected: { atMs: 90_000, text: '00:01:30.000' } })).not.toContain('00:01:30.000');
    expect(added({ selected: { atMs: 0, text: '' } })[1]).toEqual([44, 4, 86, 16]);
  });
});
