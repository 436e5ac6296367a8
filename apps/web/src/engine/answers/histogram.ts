// Answers histogram queries: rows per bucket of time and value, with what was lost and when nothing came.

import { type KeyedField, TimeCounter } from '@finderscope/flow-store';
import type { HistogramAnswer, HistogramQuery, Nanos } from '../protocol.ts';
import type { Need } from '../session/need.ts';
import type { World } from '../session/world.ts';
import { type AggregateSpec, counted, keep } from './counting.ts';

const MAX_BUCKETS = 4096;
const NANOS_PER_MS = 1_000_000n;

export function histogramNeeds(world: World, query: HistogramQuery): readonly Need[] {
  const field = world.fields.single(query.field);
  return [
    {
      filter: query.filter,
      prepare: (list) => {
        if (field !== undefined) keep(world, list, undefined, timeSpec(world, query, field));
      },
    },
  ];
}

export function answerHistogram(world: World, query: HistogramQuery): HistogramAnswer {
  const list = world.lists.get(query.filter);
  const field = world.fields.single(query.field);
  const bucketNs = BigInt(bucketMsOf(query)) * NANOS_PER_MS;
  const rows = list.rows();
  const timeAt = (id32: number | undefined): Nanos | undefined =>
    id32 === undefined ? undefined : world.store.timeNs(id32 & world.store.table.mask);
  const since = query.sinceNs ?? timeAt(rows[0]) ?? query.untilNs ?? 0n;
  const until = query.untilNs ?? newestOf(world, timeAt(rows.at(-1))) ?? since;
  const last = floorDiv(until, bucketNs);
  const wanted = last - floorDiv(since, bucketNs) + 1;
  const buckets = Math.max(0, Math.min(MAX_BUCKETS, wanted));
  const first = last - buckets + 1;
  const fromNs = BigInt(first) * bucketNs;
  const series =
    field === undefined
      ? []
      : counted(world, list, undefined, timeSpec(world, query, field)).series(first, buckets);
  return {
    kind: 'histogram',
    fromNs,
    bucketNs,
    buckets,
    series: series
      .map((one) => ({ ...one, total: one.counts.reduce((sum, count) => sum + count, 0) }))
      .filter(({ total }) => total > 0)
      .sort((a, b) => b.total - a.total)
      .map(({ value, counts }) => ({ value, counts })),
    lost: world.lost.perBucket(fromNs, bucketNs, buckets),
    gaps: world.gaps,
    ...(query.agents === true ? { agents: world.agents.marks(query.sinceNs, query.untilNs, bucketNs) } : {}),
  };
}

/** The newest time, unless it runs so far ahead of what came last that it says nothing about now. */
function newestOf({ store }: World, newest: Nanos | undefined): Nanos | undefined {
  const usual = store.resumeTimeNs();
  return newest === undefined || usual === undefined || newest < usual ? newest : usual;
}

function bucketMsOf({ bucketNs }: HistogramQuery): number {
  return Math.max(1, Number((bucketNs + NANOS_PER_MS - 1n) / NANOS_PER_MS));
}

function timeSpec({ store }: World, query: HistogramQuery, field: KeyedField): AggregateSpec<TimeCounter> {
  const bucketMs = bucketMsOf(query);
  return {
    name: `time ${query.field} ${bucketMs}`,
    kind: TimeCounter,
    make: () => new TimeCounter(store, field, bucketMs),
  };
}

function floorDiv(value: bigint, by: bigint): number {
  const whole = value / by;
  return Number(value % by < 0n ? whole - 1n : whole);
}
