// Answers calls queries: requests and responses in groups, from counts that the lists keep up to date.

import { CELL, ComboCounter, isClockTime, L7_NAMES, LatencySpread } from '@finderscope/flow-store';
import { Verdict } from '@finderscope/hubble-api';
import type { CallCounts, CallGroup, CallsAnswer, CallsQuery } from '../../protocol.ts';
import type { Need } from '../../session/need.ts';
import type { World } from '../../session/world.ts';
import { type AggregateSpec, counted, isWhole, keep, rowsWithin } from '../counting.ts';
import { newestAnswers } from './dns-answers.ts';
import { type Dialect, REQUEST, RESPONSE } from './dialect.ts';
import { DIALECTS } from './dialects.ts';
import { templaterOf } from './path-rules.ts';
import { drawTrends, trendScale } from './trend.ts';

/** A response slower than this is slow. */
const SLOW_NS = 100_000_000;
const NANOS_PER_S = 1_000_000_000n;

export function callNeeds(world: World, query: CallsQuery): readonly Need[] {
  return [
    {
      filter: query.filter,
      prepare: (list) => {
        if (!isWhole(query.window)) return;
        keep(world, list, undefined, spec(world, query, 'times'));
        keep(world, list, undefined, spec(world, query, 'latencies'));
      },
    },
  ];
}

/** Counted by the texts of the protocol, or by the link; the shape tells kind, type and result in both. */
function spec(
  { store }: World,
  { by, protocol }: CallsQuery,
  spread: 'times' | 'latencies',
): AggregateSpec<ComboCounter> {
  const texts = by === 'call' ? DIALECTS[protocol].texts : [];
  const cells = by === 'call' ? [CELL.shape] : [CELL.link, CELL.shape];
  return {
    name: `${spread} ${[...cells, ...texts].join(' ')}`,
    kind: ComboCounter,
    make: () => new ComboCounter(store, cells, spread, texts),
  };
}

class Sum {
  requests = 0;
  responses = 0;
  denied = 0;
  errors = 0;
  readonly results = new Map<string, number>();
  readonly spread = new LatencySpread();
  timed = 0;

  counts(): CallCounts {
    const [p50Ns = 0, p95Ns = 0, p99Ns = 0] =
      this.timed === 0 ? [] : this.spread.quantiles([0.5, 0.95, 0.99]);
    const { requests, responses, denied, errors } = this;
    return {
      requests,
      responses,
      denied,
      errors,
      results: [...this.results]
        .map(([result, count]) => ({ result, count }))
        .sort((a, b) => b.count - a.count || (a.result < b.result ? -1 : 1)),
      slow: this.spread.above(SLOW_NS),
      latency: this.timed === 0 ? undefined : { p50Ns, p95Ns, p99Ns },
    };
  }

  get calls(): number {
    return Math.max(this.requests, this.responses);
  }

  addLatency(bucket: number, count: number): void {
    this.spread.add(bucket, count);
    this.timed += count;
  }

  addLatencies(other: Sum): void {
    this.spread.addAll(other.spread);
    this.timed += other.timed;
  }
}

type Group = {
  readonly key: CallGroup['key'];
  readonly sum: Sum;
  readonly raws: Set<string>;
  /** The combinations that its requests and its responses are counted by. */
  readonly requests: number[];
  readonly responses: number[];
};

export function answerCalls(world: World, query: CallsQuery): CallsAnswer {
  const { store } = world;
  const { shapes } = store;
  const dialect = DIALECTS[query.protocol];
  const list = world.lists.get(query.filter);
  const counts = counted(world, list, query.window, spec(world, query, 'times'));
  const latencies = counted(world, list, query.window, spec(world, query, 'latencies'));
  const keyOf = query.by === 'call' ? callKeys(world, query, dialect) : endKeys(world, query);
  const rows = rowsWithin(world, list, query.window);
  const spanNs = spanOf(world, rows);
  const scale = trendScale(spanNs, counts.times, world.gaps);
  const total = new Sum();
  const groups = new Map<string, Group>();
  const shapeAt = (keys: Int32Array): number => keys[query.by === 'call' ? 0 : 1] ?? 0;
  const typeAt = (keys: Int32Array): number => shapes.get(shapeAt(keys), 'l7Type');
  const known = new Map<string, Group>();
  const groupAt = (keys: Int32Array): Group => {
    // By all ids but the shape's, which says nothing of the group but whose turn it is to speak.
    const ids = query.by === 'call' ? `${keys[1]} ${keys[2]}` : `${keys[0]} ${typeAt(keys)}`;
    const before = known.get(ids);
    if (before !== undefined) return before;
    const { key, raw } = keyOf(keys);
    const id = JSON.stringify(key);
    const group = groups.get(id) ?? { key, sum: new Sum(), raws: new Set(), requests: [], responses: [] };
    groups.set(id, group);
    known.set(ids, group);
    group.raws.add(raw);
    return group;
  };
  const isOurs = (shape: number): boolean => L7_NAMES.get(shapes.get(shape, 'l7')) === dialect.kind;
  counts.forEach((keys, count, combo) => {
    const shape = shapeAt(keys);
    if (!isOurs(shape)) return;
    const group = groupAt(keys);
    const type = typeAt(keys);
    if (type === REQUEST) group.requests.push(combo);
    else if (type === RESPONSE) group.responses.push(combo);
    for (const sum of [total, group.sum]) add(sum, dialect, (name) => shapes.get(shape, name), count);
  });
  const sums = new Map<number, Sum>();
  latencies.forEach((keys, _count, combo) => {
    const shape = shapeAt(keys);
    if (isOurs(shape) && shapes.get(shape, 'l7Type') === RESPONSE) sums.set(combo, groupAt(keys).sum);
  });
  latencies.forEachLatency((combo, bucket, count) => {
    sums.get(combo)?.addLatency(bucket, count);
  });
  for (const { sum } of groups.values()) total.addLatencies(sum);
  const wanted = [...groups].filter(([, { sum }]) => isWanted(sum, query.only));
  const sorted = wanted.sort(([a, x], [b, y]) => y.sum.calls - x.sum.calls || (a < b ? -1 : 1));
  const shown = sorted.slice(0, Math.max(0, query.limit));
  const trends = drawTrends(
    counts.times,
    scale,
    // Of whichever there are more of in all, as calls are counted.
    shown.map(([, { sum, requests, responses }]) => (sum.requests >= sum.responses ? requests : responses)),
  );
  const answers =
    query.protocol === 'dns' && query.by === 'call'
      ? newestAnswers(
          store,
          rows,
          shown.map(([id]) => id),
        )
      : undefined;
  return {
    kind: 'calls',
    groups: shown.map(([id, group], i) => ({
      id,
      key: group.key,
      folded: group.raws.size,
      trend: trends[i] ?? new Uint32Array(0),
      answer: answers?.get(id),
      ...group.sum.counts(),
    })),
    distinct: wanted.length,
    total: total.counts(),
    spanNs,
    times: scale?.times,
  };
}

/** From the first to the last row whose time a right clock may say; the rows are in order of time. */
function spanOf({ store }: World, rows: Uint32Array): CallsAnswer['spanNs'] {
  const isTimed = (id32: number): boolean =>
    isClockTime(Number(store.timeNs(id32 & store.table.mask) / NANOS_PER_S));
  const [first, last] = [rows.find(isTimed), rows.findLast(isTimed)];
  if (first === undefined || last === undefined) return undefined;
  return [store.timeNs(first & store.table.mask), store.timeNs(last & store.table.mask)];
}

function isWanted({ errors, denied, spread }: Sum, only: CallsQuery['only']): boolean {
  switch (only) {
    case 'all':
      return true;
    case 'errors':
      return errors + denied > 0;
    case 'slow':
      return spread.above(SLOW_NS) > 0;
  }
}

type ShapeGet = (name: 'l7Type' | 'verdict' | Dialect['result']) => number;

function add(sum: Sum, dialect: Dialect, get: ShapeGet, count: number): void {
  const type = get('l7Type');
  if (type === REQUEST) {
    sum.requests += count;
    if (get('verdict') === Verdict.DROPPED) sum.denied += count;
  } else if (type === RESPONSE) {
    const code = dialect.result === 'kafkaError' ? get(dialect.result) : get(dialect.result) >>> 0;
    const result = dialect.resultText(code);
    sum.responses += count;
    if (dialect.isFailure(code)) sum.errors += count;
    sum.results.set(result, (sum.results.get(result) ?? 0) + count);
  }
}

type KeyAt = (keys: Int32Array) => { readonly key: CallGroup['key']; readonly raw: string };

function callKeys({ store }: World, { rules }: CallsQuery, dialect: Dialect): KeyAt {
  const templater = templaterOf(rules);
  return ([, first = 0, second = 0]) => dialect.keyOf(store, first, second, templater);
}

/** By the workload that asks or answers: of a response that is the other end. */
function endKeys(world: World, { by }: CallsQuery): KeyAt {
  const { shapes } = world.store;
  const ends = world.ends('workload');
  ends.refresh();
  return (keys) => {
    const [link = 0, shape = 0] = keys;
    const isReply = shapes.get(shape, 'l7Type') === RESPONSE;
    const { namespace, name } = ends.get(
      link,
      (by === 'client') === isReply ? 'destination' : 'source',
      () => '',
    );
    return { key: [namespace, name], raw: '' };
  };
}
