import { describe, expect, it } from 'vitest';
import type { HistogramAnswer } from '../../engine/protocol.ts';
import { dimensionOf } from './dimensions.ts';
import { histogramOf, histogramQuery } from './histogram-query.ts';

const verdict = dimensionOf('verdict');
const S = 1_000_000_000n;

function asked(startS: number, endS: number, running: boolean, until?: bigint) {
  const span = { startMs: startS * 1000, endMs: endS * 1000 };
  return histogramQuery(verdict, 'port:80', span, 1000, running, until);
}

describe('what is asked', () => {
  it('is the same question while the chart slides by a bar', () => {
    expect(asked(16, 76, true)).toEqual({
      kind: 'histogram',
      field: 'verdict',
      bucketNs: S,
      sinceNs: 16n * S,
      untilNs: undefined,
      filter: 'port:80',
      agents: true,
    });
    expect(asked(17.3, 77.3, true)).toEqual(asked(16, 76, true));
    expect(asked(24, 84, true)).not.toEqual(asked(16, 76, true));
  });

  it('ends at the pause, and before it when the span does', () => {
    expect(asked(16, 76, true, 70n * S).untilNs).toBe(70n * S);
    expect(asked(16, 50, false, 70n * S).untilNs).toBe(56n * S);
    expect(asked(16, 69, false, 70n * S).untilNs).toBe(70n * S);
  });
});

describe('what comes back', () => {
  const answer: HistogramAnswer = {
    kind: 'histogram',
    fromNs: 10n * S,
    bucketNs: S,
    buckets: 1,
    series: ['trace', 'trace:to-endpoint', 'l7', '', undefined].map((value) => ({
      value,
      counts: Uint32Array.of(1),
    })),
    lost: Float64Array.of(3),
    gaps: [
      { fromNs: 1n * S, toNs: 2n * S, refilled: true },
      { fromNs: 3n * S, toNs: undefined },
    ],
  };
  const names = (id: Parameters<typeof dimensionOf>[0], values: readonly (string | undefined)[]) =>
    histogramOf(
      { ...answer, series: values.map((value) => ({ value, counts: Uint32Array.of(1) })) },
      dimensionOf(id),
    ).series.map(({ value }) => value);

  it('counts each flow once', () => {
    expect(names('type', ['trace', 'trace:to-endpoint', 'l7', '', undefined])).toEqual([
      'trace',
      'l7',
      'none',
      'others',
    ]);
    expect(names('protocol', ['tcp', 'http', 'udp', 'dns'])).toEqual(['tcp', 'udp']);
    expect(names('drop-reason', ['POLICY_DENIED', ''])).toEqual(['POLICY_DENIED']);
    expect(names('http', ['2+', '5+', ''])).toEqual(['2xx', '5xx']);
    expect(names('direction', ['ingress', ''])).toEqual(['ingress', 'none']);
  });

  it('has no gap where the flows came after all', () => {
    expect(histogramOf(answer, verdict)).toMatchObject({
      startMs: 10_000,
      bucketMs: 1000,
      gaps: [{ fromMs: 3000, toMs: undefined }],
    });
  });
});
