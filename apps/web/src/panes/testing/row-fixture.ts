// Rows for tests: `makeRow(7, { verdict: 2 })`.

import type { FlowRow, RowEnd, RowId } from '../../engine/protocol.ts';

export function makeEnd(patch: Partial<RowEnd> = {}): RowEnd {
  return {
    namespace: 'default',
    name: 'xwing',
    workload: 'xwing',
    ip: '10.0.0.1',
    port: 1234,
    identity: 11716,
    cluster: '',
    ...patch,
  };
}

export function makeRow(id: number, patch: Partial<FlowRow> = {}): FlowRow {
  return {
    id: id as RowId,
    timeNs: BigInt(id) * 1_000_000n,
    verdict: 1,
    dropReason: 0,
    trafficDirection: 1,
    isReply: false,
    source: makeEnd(),
    destination: makeEnd({
      name: 'deathstar',
      workload: 'deathstar',
      ip: '10.0.0.2',
      port: 80,
      identity: 6589,
    }),
    type: 'to-endpoint',
    summary: 'TCP Flags: ACK',
    l4: 'TCP',
    l7: '',
    httpCode: 0,
    nodeName: 'k8s-w1',
    uuid: `u-${String(id)}`,
    policies: [],
    count: 1,
    ...patch,
  };
}
