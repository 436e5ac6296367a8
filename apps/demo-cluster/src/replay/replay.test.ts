import { describe, expect, test } from 'vitest';

import { describeCounts, readRecords, UNNAMED_NODE } from './read-records.ts';
import { scheduleRecords } from './schedule.ts';

const FLOW =
  '{"flow":{"time":"2026-01-15T10:00:00.5Z","verdict":"DROPPED"},"node_name":"n1","time":"2026-01-15T10:00:00.5Z"}';

describe('reading', () => {
  test('accounts for every line', () => {
    const file = readRecords(
      [
        FLOW,
        '',
        '{"lost_events":{"source":"HUBBLE_RING_BUFFER","num_events_lost":"1"},"node_name":"n2","time":"2026-01-15T10:00:01Z"}',
        '{"node_status":{"state_change":"NODE_GONE"},"node_name":"r","time":"2026-01-15T10:00:02Z"}',
        '{"agent_event":{"type":"AGENT_STARTED"},"node_name":"n1","time":"2026-01-15T10:00:03Z"}',
        '{"debug_event":{"type":"DBG_GENERIC"},"node_name":"n1","time":"2026-01-15T10:00:03Z"}',
        '{"verdict":"FORWARDED","node_name":"old"}',
        '{"node_name":"n1"}',
        '{"flow":{"verdict":"DROP',
        '{"flow":{"is_brand_new":1}}',
      ].join('\n') + '\n',
    );
    expect(describeCounts(file.counts)).toBe(
      '10 lines: 3 flows, 1 lost-events, 1 node-status, 1 agent events, 1 debug events, ' +
        '1 without an event, 1 blank, 1 broken',
    );
    expect(file.broken).toEqual([{ line: 9, problem: expect.stringContaining('middle of a record') }]);
    expect(file.unknownFields.join()).toContain('is_brand_new');
    expect(file.records.map(({ nodeName }) => nodeName)).toEqual([
      'n1',
      'n2',
      'r',
      'n1',
      'n1',
      'old',
      UNNAMED_NODE,
    ]);
    expect(file.records[0]?.time).toEqual({ seconds: 1_768_471_200, nanos: 500_000_000 });
    expect(file.records.at(-1)?.time).toBeUndefined();
  });

  test('a last line without a line break is a line', () => {
    expect(readRecords(FLOW).counts).toMatchObject({ lines: 1, flows: 1 });
    expect(readRecords('').counts.lines).toBe(0);
  });
});

describe('the schedule', () => {
  const at = (seconds: number) => ({ seconds, nanos: 0 });
  const play = (times: readonly (number | undefined)[], speed = 1): string =>
    scheduleRecords(
      times.map((time) => (time === undefined ? undefined : at(time))),
      speed,
    )
      .at.map(({ playNs, timeNs }) =>
        playNs === timeNs ? `${playNs / 1e9}` : `${playNs / 1e9}<${timeNs / 1e9}`,
      )
      .join(' ');

  test.each<[string, readonly (number | undefined)[], number, string]>([
    ['keeps pauses', [100, 101, 103], 1, '0 1 3'],
    ['shortens them by the speed', [100, 101, 105], 4, '0 0.25 1.25'],
    ['cuts long ones', [100, 100_000, 100_001], 1, '0 2 3'],
    ['a line without a time comes with the one before', [undefined, 100, undefined, 101], 1, '0 0 0 1'],
    ['a line a little late keeps its distance', [100, 102, 101, 103], 1, '0 2 2<1 3'],
    ['a step far back starts anew', [100_000, 100, 101], 1, '0 0 1'],
  ])('%s', (_, times, speed, expected) => {
    expect(play(times, speed)).toBe(expected);
  });

  test('counts the pauses it cut', () => {
    const schedule = scheduleRecords([at(0), at(50), at(51), at(10)], 1);
    expect(schedule).toMatchObject({ shortenedPauses: 2, lengthNs: 3e9 });
  });
});
