import { describe, expect, it } from 'vitest';
import type { StatusAnswer } from '../engine/protocol.ts';
import { coverageLines, coverageValue } from './coverage-words.ts';

type Coverage = NonNullable<StatusAnswer['coverage']>;

/** 12:06:41 UTC */
const NOON = 1_795_262_801_000_000_000n;
const ALL: Coverage = {
  pushedDown: '',
  complete: { kind: 'all' },
  missing: [],
  backfill: { state: 'none' },
  unreadable: 0,
};
const SINCE: Coverage = { ...ALL, complete: { kind: 'since', sinceNs: NOON, limit: 'stream' } };

describe('coverage', () => {
  it('fits the strip', () => {
    expect(coverageValue(ALL, 'utc')).toBe('all');
    expect(coverageValue(SINCE, 'utc')).toBe('since 12:06:41');
    expect(coverageValue({ ...SINCE, backfill: { state: 'running' } }, 'utc')).toBe(
      'since 12:06:41, asking for older',
    );
    expect(coverageValue({ ...ALL, complete: { kind: 'nothing' } }, 'utc')).toBe('not yet');
    expect(coverageValue({ ...ALL, missing: ['k8s-w2'] }, 'utc')).toBe('all, 1 node missing');
    expect(coverageValue({ ...SINCE, missing: ['a', 'b'] }, 'utc')).toBe('since 12:06:41, 2 nodes missing');
  });

  it('names a second from which on it is certain', () => {
    const complete = { kind: 'since', sinceNs: NOON + 1n, limit: 'evicted' } as const;
    expect(coverageValue({ ...SINCE, complete }, 'utc')).toBe('since 12:06:42');
  });

  it('is explained in whole', () => {
    expect(coverageLines(ALL, 'utc')).toEqual([
      'Flows that match the filter are here as far back as the nodes remember.',
      'The server sends every flow, and the filter is applied here.',
    ]);
    const failed: Coverage = {
      pushedDown: 'port:80',
      complete: { kind: 'since', sinceNs: NOON, limit: 'stream' },
      missing: [],
      backfill: { state: 'failed', reason: 'Connection refused' },
      unreadable: 1200,
    };
    expect(coverageLines(failed, 'utc')).toEqual([
      'Flows that match the filter are here from 12:06:41 on. Older ones were not sent.',
      'The server sends only what matches port:80.',
      'Asking for older ones failed: Connection refused',
      '1,200 held flows cannot be judged: the filter reads whole messages, and theirs have made room for newer ones.',
    ]);
    const lines = (change: Partial<Coverage>): readonly string[] =>
      coverageLines({ ...SINCE, ...change }, 'utc');
    const byNode = (isInterrupted: boolean): string | undefined =>
      lines({ complete: { kind: 'since', sinceNs: NOON, limit: { node: 'k8s-w2', isInterrupted } } })[0];
    expect(byNode(false)).toBe(
      'Flows that match the filter are here from 12:06:41 on. k8s-w2 has sent none that are older.',
    );
    expect(byNode(true)).toContain('k8s-w2 was interrupted, and flows may be missing');
    expect(lines({ complete: { kind: 'since', sinceNs: NOON, limit: 'evicted' } })[0]).toContain('made room');
    expect(lines({ missing: ['k8s-w2'] })[1]).toBe(
      'k8s-w2 does not answer: flows that only it has seen are missing.',
    );
    expect(lines({ missing: 'a b c d e f g'.split(' ') })[1]).toContain(
      'a, b, c, d, e and 2 more do not answer',
    );
    expect(coverageLines({ ...SINCE, unreadable: 1 }, 'utc').at(-1)).toContain('1 held flow cannot');
  });
});
