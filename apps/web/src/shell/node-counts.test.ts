import { NodeState } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { nodeCounts } from './node-counts.ts';

describe('nodeCounts', () => {
  it('counts by state, unavailable first', () => {
    const nodes = [
      { name: 'w1', state: NodeState.NODE_CONNECTED, version: '1.18.2' },
      { name: 'w2', state: NodeState.NODE_UNAVAILABLE, version: '' },
      { name: 'ctr', state: NodeState.NODE_CONNECTED, version: '1.18.2' },
      { name: 'w9', state: 42 as NodeState, version: '' },
    ];
    const counts = nodeCounts(nodes, undefined);
    expect(counts).toMatchObject({ connected: 2, total: 4, unavailable: ['w2', 'w9'] });
    expect(counts?.lines.map((line) => `${line.name} ${line.state}`)).toEqual([
      'w2 unavailable',
      'w9 state 42',
      'ctr connected',
      'w1 connected',
    ]);
  });

  it('makes do with the status, and says nothing about a single agent', () => {
    const status = { numConnectedNodes: 2, numUnavailableNodes: 1, unavailableNodes: ['w2'] };
    expect(nodeCounts([], status)).toEqual({ connected: 2, total: 3, unavailable: ['w2'], lines: [] });
    expect(nodeCounts(undefined, { unavailableNodes: [] })).toBeUndefined();
    expect(nodeCounts(undefined, undefined)).toBeUndefined();
  });
});
