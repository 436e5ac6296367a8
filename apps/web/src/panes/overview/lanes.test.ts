import { describe, expect, it } from 'vitest';
import type { HistogramAnswer } from '../../engine/protocol.ts';
import { dropReasonLooks } from './drop-reason-looks.ts';
import { lanePath } from './lane-path.ts';
import { gapsOn, lanesOf, lostOn } from './lanes.ts';

const S = 1_000_000_000n;
const AXIS = { fromNs: 100n * S, bucketNs: 10n * S, buckets: 3 };

function answer(
  series: Readonly<Record<string, readonly number[]>>,
  over: Partial<HistogramAnswer> = {},
): HistogramAnswer {
  return {
    kind: 'histogram',
    fromNs: 100n * S,
    bucketNs: 10n * S,
    buckets: 3,
    series: Object.entries(series).map(([value, counts]) => ({ value, counts: Uint32Array.from(counts) })),
    lost: Float64Array.of(0, 4, 1),
    gaps: [],
    ...over,
  };
}

const look = (id: string) => ({ id, label: id, ink: '--fs-ctl', choice: [] });
const shown = (lanes: ReturnType<typeof lanesOf>) =>
  lanes.map(({ id, counts, total }) => `${id} ${total}: ${[...counts].join(' ')}`);

describe('drop reasons', () => {
  const choices = (value: string) => dropReasonLooks(value).map(({ choice }) => choice);

  it('are asked for by name; a number that has none is shown and no button', () => {
    expect(choices('POLICY_DENIED')).toEqual([[{ field: 'drop-reason-desc', value: 'POLICY_DENIED' }]]);
    expect(choices('DROP_REASON_UNKNOWN')[0]).toHaveLength(1);
    expect(dropReasonLooks('251').map(({ label, choice }) => [label, choice])).toEqual([['251', []]]);
    expect(choices('')).toEqual([]);
  });
});

describe('lanes', () => {
  it('have those that always are first, and the others by their flows', () => {
    const lanes = lanesOf(
      answer({ B: [1, 0, 2], C: [5, 5, 5], '': [9, 9, 9] }),
      AXIS,
      (value) => (value === '' ? [] : [look(value)]),
      [look('A'), look('B')],
    );
    expect(shown(lanes)).toEqual(['A 0: 0 0 0', 'B 3: 1 0 2', 'C 15: 5 5 5']);
    expect(lanes[2]?.peakPerS).toBe(0.5);
  });

  it('fold several values into one, and one value into several', () => {
    const lanes = lanesOf(
      answer({ SYN: [1, 1, 1], 'SYN,ACK': [0, 2, 0] }),
      AXIS,
      (value) => value.split(',').map(look),
      [],
    );
    expect(shown(lanes)).toEqual(['SYN 5: 1 3 1', 'ACK 2: 0 2 0']);
  });

  it('lie where the axis has them, whatever the answer spans', () => {
    expect(
      shown(lanesOf(answer({ A: [1, 2, 3] }, { fromNs: 110n * S }), AXIS, (value) => [look(value)], [])),
    ).toEqual(['A 3: 0 1 2']);
    expect(
      shown(lanesOf(answer({ A: [1, 2, 3] }, { fromNs: 80n * S }), AXIS, (value) => [look(value)], [])),
    ).toEqual(['A 3: 3 0 0']);
    expect(() =>
      lanesOf(answer({ A: [1, 2, 3] }, { bucketNs: S }), AXIS, (value) => [look(value)], []),
    ).toThrow('other buckets');
  });

  it('leave out what has no lane and what is beyond all values told apart', () => {
    const others = { value: undefined, counts: Uint32Array.of(1, 1, 1) };
    expect(lanesOf(answer({}, { series: [others] }), AXIS, (value) => [look(value)], [])).toEqual([]);
  });
});

it('says what was lost and where nothing came', () => {
  const gaps = [
    { fromNs: 115n * S, toNs: 130n * S },
    { fromNs: 90n * S, toNs: 95n * S },
    { fromNs: 100n * S, toNs: 101n * S, refilled: true },
    { fromNs: 130n * S, toNs: undefined },
  ];
  expect(lostOn(AXIS, answer({}))).toBe(5);
  expect(gapsOn(AXIS, answer({}, { gaps: gaps.slice(0, 3) }))).toEqual([{ from: 0.5, to: 1 }]);
  expect(gapsOn(AXIS, answer({}, { gaps: [{ fromNs: 115n * S, toNs: undefined }] }))).toEqual([
    { from: 0.5, to: 1 },
  ]);
});

describe('the path of a lane', () => {
  it('is scaled to its fullest bucket, and shows the least count', () => {
    expect(lanePath([10_000, 0, 1], 20)).toBe('M0 20v-20h0.82v20zM2 20v-2h0.82v2z');
  });
  it('is empty without counts', () => {
    expect(lanePath([0, 0], 20)).toBe('');
  });
});
