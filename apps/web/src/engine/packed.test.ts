import { describe, expect, it } from 'vitest';
import { packAnswer, unpackAnswer } from './packed.ts';
import type { Edge, EdgesAnswer, PaneAnswer } from './protocol.ts';

const L7 = { requests: 0, responses: 0, denied: 0, http4xx: 0, http5xx: 0, dnsErrors: 0, untold: 0 };

const QUIET: Edge = {
  from: 0,
  to: 1,
  flows: 1,
  replies: 0,
  verdicts: [],
  ended: [],
  droppedAtSource: 0,
  dropReason: 0,
  ports: [],
  portsInAll: 0,
  l7: L7,
  p95Ns: undefined,
  lastNs: -1n,
};

const BUSY: Edge = {
  from: 1,
  to: 0,
  flows: 2 ** 40,
  replies: 7,
  verdicts: [
    [1, 900],
    [2, 3],
  ],
  ended: [[2, 3]],
  droppedAtSource: 2,
  dropReason: 181,
  ports: [
    { port: 443, protocol: 'TCP', l7: 'http', flows: 5 },
    { port: undefined, protocol: 'UDP', l7: '', flows: 4 },
    { port: 53, protocol: 'UDP', l7: 'dns', flows: 4 },
  ],
  portsInAll: 20,
  l7: { requests: 1, responses: 2, denied: 3, http4xx: 4, http5xx: 5, dnsErrors: 6, untold: 8 },
  p95Ns: 1_234.5,
  lastNs: 253_402_300_799_999_999_999n,
};

const answerOf = (...edges: readonly Edge[]): EdgesAnswer => ({
  kind: 'edges',
  nodes: [],
  edges,
  folded: { edges: 1, nodes: 2, flows: 3 },
  sockets: 4,
  spanNs: [1n, 2n],
});

function crossed(answer: PaneAnswer): PaneAnswer {
  return unpackAnswer(structuredClone(packAnswer(answer)));
}

describe('answers across the border of the worker', () => {
  it('say the same of edges on the other side', () => {
    for (const answer of [answerOf(), answerOf(QUIET), answerOf(BUSY, QUIET, BUSY)])
      expect(crossed(answer)).toEqual(answer);
  });

  it('are left alone when they are small', () => {
    const count: PaneAnswer = { kind: 'count', counts: [1, 2] };
    expect(packAnswer(count)).toBe(count);
    expect(crossed(count)).toEqual(count);
  });
});
