import { describe, expect, it } from 'vitest';
import type { StatusAnswer } from '../engine/protocol.ts';
import { coverageLines, coverageValue } from './coverage-words.ts';

type Coverage = NonNullable<StatusAnswer['coverage']>;

/** 12:06:41 UTC */
const NOON = 1_795_262_801_000_000_000n;
const ALL: Coverage = {
  pushedDown: '',
  complete: { kind: 'all' },
  backfill: { state: 'none' },
  unreadable: 0,
};
const SINCE: Coverage = { ...ALL, complete: { kind: 'since', sinceNs: NOON } };

describe('coverage', () => {
  it('fits the strip', () => {
    expect(coverageValue(ALL, 'utc')).toBe('all');
    expect(coverageValue(SINCE, 'utc')).toBe('since 12:06:41');
    expect(coverageValue({ ...SINCE, backfill: { state: 'running' } }, 'utc')).toBe(
      'since 12:06:41, asking for older',
    );
    expect(coverageValue({ ...ALL, complete: { kind: 'nothing' } }, 'utc')).toBe('not yet');
  });

  it('is explained in whole', () => {
    expect(coverageLines(ALL, 'utc')).toEqual([
      'Flows that match the filter are here as far back as the nodes remember.',
      'The server sends every flow, and the filter is applied here.',
    ]);
    const failed: Coverage = {
      pushedDown: 'port:80',
      complete: { kind: 'since', sinceNs: NOON },
      backfill: { state: 'failed', reason: 'Connection refused' },
      unreadable: 1200,
    };
    expect(coverageLines(failed, 'utc')).toEqual([
      'Flows that match the filter are here from 12:06:41 on. Older ones were not sent.',
      'The server sends only what matches port:80.',
      'Asking for older ones failed: Connection refused',
      '1,200 held flows cannot be judged: the filter reads whole messages, and theirs have made room for newer ones.',
    ]);
    expect(coverageLines({ ...SINCE, unreadable: 1 }, 'utc').at(-1)).toContain('1 held flow cannot');
  });
});
