import { describe, expect, it } from 'vitest';
import type { AgentEvents } from '../../engine/protocol.ts';
import { agentMarks, markAt, placeMarks } from './agent-list.ts';
import { agentStory, type EventMark, marksIn, saidText, saidTitle } from './agent-marks.ts';
import { dimensionOf } from './dimensions.ts';
import { plotLayout } from './layout.ts';
import { createTimeScale } from './time-scale.ts';

const S = 1_000_000_000n;
const [UPDATED, REGENERATED, UPSERTED] = [3, 5, 9];

type Said = AgentEvents['marks'][number]['said'][number];

function said(type: number, subjects: readonly string[], nodes: readonly string[] = ['w1']): Said {
  return {
    type,
    name: `KIND_${type}`,
    text: `${type} (${subjects.join()})`,
    subjects,
    count: nodes.length,
    nodes,
  };
}

function story(marks: readonly (readonly [second: number, ...said: readonly Said[]])[]) {
  return agentStory({
    marks: marks.map(([second, ...all]) => ({
      fromNs: BigInt(second - (second % 2)) * S,
      atNs: BigInt(second) * S,
      count: all.length,
      said: all,
      more: 0,
    })),
    withoutTime: 0,
    forgotten: 0,
    unread: 0,
  });
}

const layout = plotLayout(44 + 14 + 600, dimensionOf('verdict'));
const scale = createTimeScale({ startMs: 0, endMs: 60_000 }, layout.leftPx, layout.widthPx, 1);

function namesOf(marks: readonly EventMark[], widthPx = 600): readonly string[] {
  return placeMarks(marks, scale, { ...layout, widthPx }).map(({ name }) => name);
}

describe('what agents tell', () => {
  it('is a flag with a name where it decides about flows, else a triangle', () => {
    const { marks } = story([
      [1, said(UPDATED, ['rule1']), said(UPSERTED, ['10.0.0.1/32'])],
      [11, said(UPDATED, ['rule1']), said(UPDATED, ['rule2'])],
      [21, said(4, [])],
      [31, said(6, ['endpoint 7'])],
      [41, said(2, [])],
      [51, said(REGENERATED, ['endpoint 7'])],
    ]);
    expect(marks.map(({ shape, name }) => `${shape} ${name}`)).toEqual([
      'flag rule1 updated',
      'flag 2 policies updated',
      'flag policy deleted',
      'flag endpoint 7 not regenerated',
      'flag agent started',
      'tick ',
    ]);
  });

  it('is told with the nodes it was told on', () => {
    expect(saidText(said(UPDATED, ['a']))).toBe('3 (a)');
    expect(saidText(said(UPDATED, ['a'], ['w1', 'w2', 'w3']))).toBe('3 (a) on 3 nodes');
    expect(saidText({ ...said(UPDATED, ['a'], ['w1', 'w2']), count: 5 })).toBe('3 (a) on 2 nodes, 5 times');
    expect(saidTitle(said(UPDATED, ['a', 'b', 'c', 'd']))).toBe('KIND_3 a b c');
    expect(saidTitle(said(99, []))).toBe('KIND_99');
  });

  it('is counted where no mark shows it', () => {
    const none = { marks: [], withoutTime: 0, forgotten: 0, unread: 0 };
    expect(agentStory(none).unshown).toBe('');
    expect(agentStory({ ...none, withoutTime: 1, forgotten: 1200, unread: 2 }).unshown).toBe(
      '1 without a time, 1,200 no longer held, as the oldest of too many, 2 that could not be read',
    );
  });

  it('belongs to the bars of a span', () => {
    const { marks } = story([
      [1, said(UPDATED, ['a'])],
      [3, said(UPDATED, ['b'])],
      [5, said(UPDATED, ['c'])],
    ]);
    expect(marksIn(marks, { startMs: 2000, endMs: 4000 }).map(({ name }) => name)).toEqual(['b updated']);
  });
});

describe('the marks', () => {
  const { marks } = story([
    [10, said(UPDATED, ['rule1'])],
    [14, said(UPDATED, ['rule2'])],
    [40, said(UPSERTED, ['10.0.0.1/32'])],
    [100, said(UPDATED, ['rule3'])],
  ]);

  it('stand at their time, within the plot, named where there is room', () => {
    expect(placeMarks(marks, scale, layout).map(({ x }) => x)).toEqual([144, 184, 444]);
    expect(namesOf(marks)).toEqual(['', 'rule2 updated', '']);
    expect(namesOf(marks, 400)).toEqual(['', '', '']);
    expect(namesOf(story([[59, said(UPDATED, ['a-name-that-is-too-long-for-this'])]]).marks)).toEqual(['']);
  });

  it('differ in shape, not in colour alone', () => {
    const drawn = agentMarks(placeMarks(marks, scale, layout));
    expect(drawn.map(({ kind }) => kind)).toEqual(['shape', 'line', 'shape', 'line', 'shape', 'text']);
    const shapes = drawn.flatMap((mark) => (mark.kind === 'shape' ? [mark.points.length / 2] : []));
    expect(shapes).toEqual([3, 5, 5]);
  });

  it('are found where they and their names are, above the plot only', () => {
    const placed = placeMarks(marks, scale, layout);
    const at = (x: number, y: number): string => {
      return markAt(placed, x, y)?.said[0]?.subjects.join() ?? '';
    };
    expect([at(144, 10), at(250, 10), at(444, 10), at(300, 10), at(144, 40)]).toEqual([
      'rule1',
      'rule2',
      '10.0.0.1/32',
      '',
      '',
    ]);
  });
});
