import { create } from '@bufbuild/protobuf';
import { compileFilters, type EndpointPart, partReader } from '@finderscope/flow-query';
import {
  type Flow,
  type FlowFilter,
  FlowFilterSchema,
  GetFlowsResponseSchema,
} from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { MatchList } from '../plan/match-list.ts';
import { compilePlan } from '../plan/plan.ts';
import { CELL } from '../schema/columns.ts';
import { FlowStore } from '../store/flow-store.ts';
import { EPHEMERAL, servedPort } from '../store/served-port.ts';
import { pooledResponse } from '../test-support/filter-pools.ts';
import { appendAll, encode, flowResponse } from '../test-support/messages.ts';
import { pick, type Random, seededRandom } from '../test-support/random-message.ts';
import { CellCounter, ValueTotals } from './cell-counter.ts';
import { ComboCounter } from './combo-counter.ts';
import { countOver } from './count-over.ts';
import { type KeyedField, keyedField, servedPortField, shapeField, type ValueField } from './keyed-field.ts';
import { latencyBucket, latencyOf, LatencySpread } from './latency.ts';
import { PortCounter } from './port-counter.ts';
import { TalkCounter } from './talk-counter.ts';
import { TimeCounter } from './time-counter.ts';

type Row = { readonly id: number; readonly flow: Flow; readonly seconds: number; readonly nanos: number };

const namespaceOf = (end: EndpointPart | undefined): readonly string[] =>
  end === undefined || end.namespace === '' ? [] : [end.namespace];
const NAMESPACES: ValueField = {
  reads: [
    { part: 'endpoint', side: 'source' },
    { part: 'endpoint', side: 'destination' },
  ],
  valuesOf: (source: EndpointPart | undefined, destination: EndpointPart | undefined) => [
    ...namespaceOf(source),
    ...namespaceOf(destination),
  ],
};
const VERDICTS: ValueField = { reads: [{ part: 'verdict' }], valuesOf: (verdict: number) => [`v${verdict}`] };

function valuesOf(field: ValueField, flow: Flow): readonly string[] {
  return [...new Set(field.valuesOf(...field.reads.map((ref) => partReader(ref)(flow))))];
}

function tally(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

function asRecord(
  counts: readonly { readonly value: string; readonly count: number }[],
): Record<string, number> {
  return Object.fromEntries(counts.map(({ value, count }) => [value, count]));
}

const POOL = 150;
const pools = new Map<Random, readonly Flow[]>();

function poolOf(random: Random): readonly Flow[] {
  const pool =
    pools.get(random) ??
    Array.from({ length: POOL }, () => {
      const { responseTypes } = pooledResponse(random);
      if (responseTypes.case !== 'flow') throw new TypeError('a flow');
      return responseTypes.value;
    });
  pools.set(random, pool);
  return pool;
}

/** Flows of which pods, ports, latencies and times repeat and differ; some have a pod never seen before. */
function randomRow(random: Random, id: number): { readonly bytes: Uint8Array; readonly row: Row } {
  const template = pick(random, poolOf(random));
  const seconds = 1000 + Math.floor(id / 40) - (random() < 0.05 ? 20 : 0);
  const nanos = Math.floor(random() * 1e9);
  const latencyNs = BigInt(pick(random, [0, 1, 999, 1_000_000, 5_000_000_000_000]));
  const isNew = template.source !== undefined && random() < 0.3;
  const flow: Flow = {
    ...template,
    // Makes nearly every link one of its own, so that links are swept and their ids given out again.
    ...(random() < 0.9 ? { nodeName: `node-${id}` } : {}),
    time: { $typeName: 'google.protobuf.Timestamp', seconds: BigInt(seconds), nanos },
    ...(template.source && isNew ? { source: { ...template.source, namespace: `churn-${id}` } } : {}),
    ...(template.l7 ? { l7: { ...template.l7, latencyNs } } : {}),
  };
  return { bytes: encodeFlow(flow), row: { id, flow, seconds, nanos } };
}

function encodeFlow(flow: Flow): Uint8Array {
  return encode(create(GetFlowsResponseSchema, { responseTypes: { case: 'flow', value: flow } }));
}

const isReply = (flow: Flow): boolean => flow.isReply === true;

function portKeys(flow: Flow): readonly [number, number] {
  const port = (side: 'source' | 'destination'): number => {
    const value = partReader({ part: 'port', side })(flow);
    return typeof value === 'number' ? value + 1 : 0;
  };
  return [port('source'), port('destination')];
}

function need(field: KeyedField | undefined): KeyedField {
  if (field === undefined) throw new TypeError('a field of one cell');
  return field;
}

/** Everything a list counts, in plain objects; `rows` are what it holds. */
function checkAll(store: FlowStore, list: MatchList, rows: readonly Row[]): void {
  const fields = {
    namespaces: need(keyedField(store, NAMESPACES)),
    verdicts: need(keyedField(store, VERDICTS)),
  };
  const counters = attach(store, list);
  while (!list.advance(300));
  expect(list.count).toBe(rows.length);

  const namespaces = new ValueTotals(fields.namespaces).of(counters.links.counts);
  expect(asRecord(namespaces)).toEqual(tally(rows.flatMap(({ flow }) => valuesOf(NAMESPACES, flow))));
  const verdicts = new ValueTotals(fields.verdicts).of(counters.shapes.counts);
  expect(asRecord(verdicts)).toEqual(tally(rows.flatMap(({ flow }) => valuesOf(VERDICTS, flow))));

  const ports = rows.flatMap(({ flow }) => [...new Set(portKeys(flow))].filter((key) => key > 1));
  expect(asRecord(counters.ports.totals())).toEqual(tally(ports.map((key) => String(key - 1))));

  const served = new ValueTotals(servedPortField(store, 'ephemeral')).of(counters.talks.counts);
  const servedOf = ({ flow }: Row): number => servedPort(...portKeys(flow), isReply(flow));
  expect(asRecord(served)).toEqual(
    tally(
      rows
        .map(servedOf)
        .filter((key) => key > 0)
        .map((key) => (key === EPHEMERAL ? 'ephemeral' : String(key - 1))),
    ),
  );
  for (const row of rows) {
    const talk = store.table.cells[CELL.talk]![row.id & store.table.mask]!;
    const slot = counters.talks.newestSlot(talk);
    const newest = store.table.oldest + ((slot - store.table.oldest) & store.table.mask);
    expect(newest).toBeGreaterThanOrEqual(row.id);
    expect(store.table.cells[CELL.talk]![slot]).toBe(talk);
  }

  const histogram = counters.times.series(Math.floor(900_000 / 700), 1000);
  const bars = histogram.flatMap(({ value, counts }) =>
    [...counts].flatMap((count, i) => (count === 0 ? [] : [[`${value ?? 'other'} ${i}`, count]])),
  );
  const expectedBars = rows.map(({ flow, seconds, nanos }) => {
    const bucket = Math.floor((seconds * 1000 + Math.floor(nanos / 1e6)) / 700) - Math.floor(900_000 / 700);
    return `v${flow.verdict} ${bucket}`;
  });
  expect(Object.fromEntries(bars)).toEqual(tally(expectedBars));

  const combos: Record<string, number> = {};
  counters.combos.forEach(([shape = 0, link = 0], count) => {
    const key = `${fields.verdicts.valuesOf(shape).join()} ${[...new Set(fields.namespaces.valuesOf(link))].sort().join()}`;
    combos[key] = (combos[key] ?? 0) + count;
  });
  expect(combos).toEqual(
    tally(rows.map(({ flow }) => `v${flow.verdict} ${[...valuesOf(NAMESPACES, flow)].sort().join()}`)),
  );

  const texts: Record<string, number> = {};
  counters.texts.forEach(([shape = 0, summary = 0, query = 0], count) => {
    const said = [store.entryById('summary', summary) ?? '', store.entryById('dnsQuery', query) ?? ''];
    const key = `${fields.verdicts.valuesOf(shape).join()} ${JSON.stringify(said)}`;
    texts[key] = (texts[key] ?? 0) + count;
  });
  expect(texts).toEqual(
    tally(
      // Times are kept of L7 alone.
      rows.flatMap(({ flow }) => {
        if (flow.l7 === undefined) return [];
        const { record } = flow.l7;
        const query = record?.case === 'dns' ? record.value.query : '';
        return [`v${flow.verdict} ${JSON.stringify([flow.Summary, query])}`];
      }),
    ),
  );

  const latencies: number[] = [];
  counters.latencies.forEachLatency((_, bucket, count) => {
    for (let i = 0; i < count; i++) latencies.push(bucket);
  });
  const expected = rows.flatMap(({ flow }) =>
    flow.l7 && flow.l7.latencyNs > 0n ? [Number(flow.l7.latencyNs)] : [],
  );
  expect(latencies.sort((a, b) => a - b)).toEqual(expected.map(latencyBucket).sort((a, b) => a - b));
}

type Counters = {
  readonly links: CellCounter;
  readonly shapes: CellCounter;
  readonly talks: TalkCounter;
  readonly ports: PortCounter;
  readonly times: TimeCounter;
  readonly combos: ComboCounter;
  readonly latencies: ComboCounter;
  readonly texts: ComboCounter;
};

function attach(store: FlowStore, list: MatchList): Counters {
  const verdicts = (): KeyedField => shapeField(store, (get) => [`v${get('verdict')}`]);
  return {
    links: list.aggregate('links', CellCounter, () => new CellCounter(store, CELL.link)),
    shapes: list.aggregate('shapes', CellCounter, () => new CellCounter(store, CELL.shape)),
    talks: list.aggregate('talks', TalkCounter, () => new TalkCounter(store)),
    ports: list.aggregate('ports', PortCounter, () => new PortCounter(store)),
    times: list.aggregate('times', TimeCounter, () => new TimeCounter(store, verdicts(), 700)),
    combos: list.aggregate(
      'combos',
      ComboCounter,
      () => new ComboCounter(store, [CELL.shape, CELL.link], 'none'),
    ),
    latencies: list.aggregate(
      'latencies',
      ComboCounter,
      () => new ComboCounter(store, [CELL.shape], 'latencies'),
    ),
    texts: list.aggregate(
      'texts',
      ComboCounter,
      () => new ComboCounter(store, [CELL.shape], 'times', ['summary', 'dnsQuery']),
    ),
  };
}

describe('aggregates', () => {
  const filters: readonly { readonly allow: FlowFilter[]; readonly deny: FlowFilter[] }[] = [
    { allow: [], deny: [] },
    { allow: [create(FlowFilterSchema, { verdict: [2] })], deny: [] },
    {
      allow: [
        create(FlowFilterSchema, { sourcePod: ['default/'] }),
        create(FlowFilterSchema, { destinationPort: ['80'] }),
      ],
      deny: [create(FlowFilterSchema, { verdict: [1] })],
    },
  ];

  it.each([1, 2, 3])(
    'are what a count over the messages held gives, whatever came and went, seed %i',
    (seed) => {
      const random = seededRandom(seed);
      const store = new FlowStore({ maxRows: 900 }, seed);
      const rows: Row[] = [];
      const lists = new Map<number, MatchList>();
      const listOf = (which: number): MatchList => {
        const known = lists.get(which);
        if (known !== undefined) return known;
        const { allow, deny } = filters[which]!;
        const plan = compilePlan(store, allow, deny);
        if (!plan.ok) throw new TypeError(plan.error);
        const all = which === 0 ? undefined : listOf(0);
        if (all) while (!all.advance(1000));
        const list = new MatchList(store, plan.value, all);
        lists.set(which, list);
        return list;
      };
      for (let round = 0; round < 40; round++) {
        const batch = Array.from({ length: Math.floor(random() * (round % 8 === 0 ? 2000 : 90)) }, () => {
          const { bytes, row } = randomRow(random, rows.length);
          rows.push(row);
          return bytes;
        });
        for (let from = 0; from < batch.length; from += 400) appendAll(store, batch.slice(from, from + 400));
        expect(store.table.next).toBe(rows.length);
        const which = Math.floor(random() * filters.length);
        // Looked at in part, while more comes: what was counted must be taken back all the same.
        if (random() < 0.3) {
          const list = listOf(which);
          attach(store, list);
          if (random() < 0.5) list.advanceRows(Math.floor(random() * 200));
          else list.advance(Math.floor(random() * 200));
          continue;
        }
        if (which !== 0 && random() < 0.1) {
          lists.get(which)?.close();
          lists.delete(which);
        }
        const { allow, deny } = filters[which]!;
        const reference = compileFilters(allow, deny);
        if (!reference.ok) throw new TypeError(reference.error);
        const held = rows.slice(store.table.oldest);
        checkAll(
          store,
          listOf(which),
          held.filter(({ flow }) => reference.value(flow)),
        );
      }
      expect(store.counts.evicted).toBeGreaterThan(2000);
      expect(store.links.epoch).toBeGreaterThan(0);
    },
    60_000,
  );

  it('go when nobody has asked for them for as long as the store remembers, and come again', () => {
    const store = new FlowStore({ maxRows: 64 }, 1);
    const plan = compilePlan(store, [], []);
    if (!plan.ok) throw new TypeError(plan.error);
    const list = new MatchList(store, plan.value);
    const make = (): CellCounter => new CellCounter(store, CELL.shape);
    const sum = (name: string): number | undefined =>
      list.counted(name, CellCounter)?.counts.reduce((all, one) => all + one, 0);
    list.aggregate('asked once', CellCounter, make);
    const capacity = store.table.mask + 1;
    for (let came = 0; came <= 3 * capacity; came += 16) {
      list.aggregate('asked again', CellCounter, make);
      appendAll(
        store,
        Array.from({ length: 16 }, () => flowResponse({ time: { seconds: 7n } })),
      );
      while (!list.advance(9999));
      expect(sum('asked again')).toBe(store.table.held);
      if (came < capacity - 16) expect(sum('asked once')).toBe(store.table.held);
    }
    expect(sum('asked once')).toBeUndefined();
    list.aggregate('asked once', CellCounter, make);
    while (!list.advance(9999));
    expect(sum('asked once')).toBe(store.table.held);
  });

  it('over a window are those of its rows', () => {
    const random = seededRandom(9);
    const store = new FlowStore({}, 1);
    const rows = Array.from({ length: 300 }, (_, id) => randomRow(random, id));
    appendAll(
      store,
      rows.map(({ bytes }) => bytes),
    );
    const ids = Uint32Array.from([3, 50, 51, 299]);
    const counter = countOver(store.table, ids, new CellCounter(store, CELL.shape));
    const totals = new ValueTotals(need(keyedField(store, VERDICTS))).of(counter.counts);
    expect(asRecord(totals)).toEqual(tally([...ids].map((id) => `v${rows[id]!.row.flow.verdict}`)));
  });

  it('count values beyond the first 63 as one, and take them back', () => {
    const store = new FlowStore({ maxRows: 5000 }, 1);
    const plan = compilePlan(store, [], []);
    if (!plan.ok) throw new TypeError(plan.error);
    const list = new MatchList(store, plan.value);
    const field = shapeField(store, (get) => [`t${get('eventType')}`]);
    const times = list.aggregate('times', TimeCounter, () => new TimeCounter(store, field, 1000));
    const add = (types: number, count: number): void => {
      appendAll(
        store,
        Array.from({ length: count }, (_, i) =>
          flowResponse({ eventType: { type: i % types }, time: { seconds: 7n } }),
        ),
      );
      while (!list.advance(9999));
    };
    add(100, 1000);
    const sum = (): Record<string, number> =>
      Object.fromEntries(times.series(7, 1).map(({ value, counts }) => [value ?? 'other', counts[0] ?? 0]));
    expect(Object.keys(sum())).toHaveLength(64);
    expect(sum()['other']).toBe(1000 - 63 * 10);
    add(2, 5000);
    expect(sum()).toEqual({ t0: 2500, t1: 2500 });
  });
});

describe('latencies', () => {
  it('read back from their bucket are within 0.8 %', () => {
    const random = seededRandom(3);
    for (let i = 0; i < 5000; i++) {
      const ns = Math.floor(2 ** (random() * 62)) + 1;
      expect(Math.abs(latencyOf(latencyBucket(ns)) - ns) / ns).toBeLessThanOrEqual(0.0079);
    }
    for (const ns of [1, 2, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53, 2 ** 64]) {
      expect(Math.abs(latencyOf(latencyBucket(ns)) - ns) / ns).toBeLessThanOrEqual(0.0079);
    }
  });

  it('have the quantiles of what was added', () => {
    const spread = new LatencySpread();
    for (let ms = 1; ms <= 100; ms++) spread.add(latencyBucket(ms * 1e6), 1);
    const [p50 = 0, p99 = 0, p100 = 0] = spread.quantiles([0.5, 0.99, 1]);
    expect(p50 / 1e6).toBeCloseTo(50, 0);
    expect(p99 / 1e6).toBeCloseTo(99, 0);
    expect(p100 / 1e6).toBeCloseTo(100, 0);
    expect(new LatencySpread().quantiles([0.5])).toEqual([0]);
    expect([spread.above(90e6), spread.above(1e9), spread.above(0)]).toEqual([10, 0, 100]);
  });
});
