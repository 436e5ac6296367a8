import { describe, expect, it } from 'vitest';
import type { Connection } from '../engine/protocol.ts';
import { nextOutage, type Outage } from './outage.ts';

function lost(sinceMs: number, reason: string): Outage {
  return {
    state: 'disconnected',
    sinceMs,
    code: 'NETWORK',
    reason,
    nextTryMs: sinceMs + 500,
    resumeFromNs: 1n,
  };
}

describe('nextOutage', () => {
  it('lasts over tries that fail, from the first disconnection, with the latest reason', () => {
    const steps: readonly Connection[] = [
      { state: 'connecting', sinceMs: 0 },
      { state: 'connected', sinceMs: 10, serverVersion: '' },
      lost(100, 'reset'),
      { state: 'connecting', sinceMs: 600 },
      lost(700, 'refused'),
    ];
    let outage: Outage | undefined;
    for (const step of steps) outage = nextOutage(outage, step);
    expect(outage).toEqual({ ...lost(700, 'refused'), sinceMs: 100 });
    expect(nextOutage(outage, { state: 'connected', sinceMs: 800, serverVersion: '' })).toBeUndefined();
  });

  it('does not begin with the first connecting', () => {
    expect(nextOutage(undefined, { state: 'connecting', sinceMs: 0 })).toBeUndefined();
    expect(nextOutage(undefined, undefined)).toBeUndefined();
  });
});
