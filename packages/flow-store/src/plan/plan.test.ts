import '@finderscope/flow-query/expressions';
import { create } from '@bufbuild/protobuf';
import { compileFilters, FILTER_RULES } from '@finderscope/flow-query';
import { type FlowFilter, FlowFilterSchema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { FlowStore } from '../store/flow-store.ts';
import { pooledFilter, pooledResponse } from '../test-support/filter-pools.ts';
import { appendAll, encode, flowOf, flowResponse } from '../test-support/messages.ts';
import { seededRandom } from '../test-support/random-message.ts';
import { MatchList } from './match-list.ts';
import { compilePlan, PLAN_CHUNK } from './plan.ts';

/** Row ids that a plan matches, in order of arrival. */
function matches(store: FlowStore, allow: FlowFilter[], deny: FlowFilter[]): number[] {
  const plan = compilePlan(store, allow, deny);
  if (!plan.ok) throw new TypeError(plan.error);
  const out = new Uint32Array(PLAN_CHUNK);
  const ids: number[] = [];
  for (let from = store.table.oldest; from < store.table.next; from += PLAN_CHUNK) {
    const count = Math.min(PLAN_CHUNK, store.table.next - from);
    for (let i = 0; i < count; i++) out[i] = (from + i) & store.table.mask;
    const left = plan.value.narrow(out, count);
    for (const slot of out.subarray(0, left)) ids.push(from + ((slot - from) & store.table.mask));
  }
  return ids;
}

describe('a plan over columns', () => {
  it.each([1, 2, 3])('matches what the reference matches over messages, seed %i', (seed) => {
    const random = seededRandom(seed);
    const store = new FlowStore({}, seed);
    const messages = Array.from({ length: 150 }, () => encode(pooledResponse(random)));
    appendAll(store, messages);
    expect(store.counts.held).toBe(messages.length);
    const flows = messages.map(flowOf);
    const used = new Set<string>();
    let some = 0;
    for (let round = 0; round < 150; round++) {
      const list = (): FlowFilter[] =>
        Array.from({ length: Math.floor(random() * 3) }, () => pooledFilter(random));
      const allow = list();
      const deny = list();
      const reference = compileFilters(allow, deny);
      if (!reference.ok) throw new TypeError(reference.error);
      const expected = flows.flatMap((flow, id) => (reference.value(flow) ? [id] : []));
      expect(matches(store, allow, deny)).toEqual(expected);
      if (expected.length > 0 && expected.length < flows.length) some++;
      for (const filter of [...allow, ...deny]) {
        for (const rule of FILTER_RULES) {
          const compiled = rule.compile(filter);
          if (compiled.ok && compiled.value) used.add(rule.field);
        }
      }
    }
    expect(some).toBeGreaterThan(30);
    expect(used.size).toBe(FILTER_RULES.length);
  });

  it('finds each rule alone on flows that differ in it', () => {
    const random = seededRandom(42);
    const store = new FlowStore({}, 1);
    const messages = Array.from({ length: 400 }, () => encode(pooledResponse(random)));
    appendAll(store, messages);
    const flows = messages.map(flowOf);
    for (const { field } of FILTER_RULES) {
      let matched = 0;
      for (let round = 0; round < 20; round++) {
        let full = pooledFilter(random);
        for (let i = 0; i < 500 && (full[field] === undefined || emptyList(full[field])); i++)
          full = pooledFilter(random);
        const filter = create(FlowFilterSchema, { [field]: full[field] });
        const reference = compileFilters([filter], []);
        if (!reference.ok) throw new TypeError(reference.error);
        const expected = flows.flatMap((flow, id) => (reference.value(flow) ? [id] : []));
        expect(matches(store, [filter], []), field).toEqual(expected);
        matched += expected.length;
      }
      expect(matched, field).toBeGreaterThan(0);
    }
  });

  it('gives the error of the reference', () => {
    const bad = create(FlowFilterSchema, { sourceIp: ['300.1.1.1'] });
    const plan = compilePlan(new FlowStore(), [bad], []);
    const reference = compileFilters([bad], []);
    expect(plan.ok).toBe(false);
    expect(plan).toEqual(reference);
  });

  it('forgets what it learnt of dictionary ids that were given out anew', () => {
    const store = new FlowStore({ maxRows: 50 }, 1);
    const filter = create(FlowFilterSchema, { sourcePod: ['default/wanted-'] });
    const plan = compilePlan(store, [filter], []);
    if (!plan.ok) throw new TypeError(plan.error);
    const out = new Uint32Array(PLAN_CHUNK);
    for (let round = 0; round < 200; round++) {
      const names = Array.from(
        { length: 50 },
        (_, i) => `${(round + i) % 3 === 0 ? 'wanted' : 'other'}-${round}-${i}`,
      );
      appendAll(
        store,
        names.map((podName) => flowResponse({ source: { namespace: 'default', podName } })),
      );
      const { held, oldest, mask } = store.table;
      for (let i = 0; i < held; i++) out[i] = (oldest + i) & mask;
      const count = plan.value.narrow(out, held);
      expect(count).toBe(names.filter((name) => name.startsWith('wanted')).length);
    }
    expect(store.dictionaries.endpoint.epoch).toBeGreaterThan(0);
  });
});

function emptyList(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : false;
}

describe('a list of matching rows', () => {
  const dropped = create(FlowFilterSchema, { verdict: [2] });

  it('stays sorted by time while rows come out of order, are evicted and are looked at in slices', () => {
    const random = seededRandom(5);
    const store = new FlowStore({ maxRows: 700 }, 1);
    const plan = compilePlan(store, [dropped], []);
    if (!plan.ok) throw new TypeError(plan.error);
    const list = new MatchList(store, plan.value);
    const all: { id: number; time: number; drop: boolean }[] = [];
    for (let round = 0; round < 120; round++) {
      const batch = Array.from({ length: 1 + Math.floor(random() * 60) }, () => {
        const late = random() < 0.02 ? 100_000 : Math.floor(random() * 30);
        const row = { id: all.length, time: 1000 + all.length - late, drop: random() < 0.6 };
        all.push(row);
        return flowResponse({ time: { seconds: BigInt(row.time) }, verdict: row.drop ? 2 : 1 });
      });
      appendAll(store, batch);
      if (random() < 0.3) {
        list.advance(Math.floor(random() * 40));
        continue;
      }
      if (random() < 0.5) while (!list.advanceRows(25));
      else while (!list.advance(25));
      const expected = all
        .filter(({ id, drop }) => drop && id >= store.table.oldest)
        .sort((a, b) => a.time - b.time || a.id - b.id)
        .map(({ id }) => id);
      expect(Array.from(list.rows(), (id32) => store.table.widen(id32))).toEqual(expected);
      expect(list.count).toBe(expected.length);
      const upTo = store.table.oldest + Math.floor(random() * store.table.held);
      expect(list.countAfter(upTo)).toBe(expected.filter((id) => id > upTo).length);
      const at = BigInt(1000 + all.length - 300) * 1_000_000_000n;
      const before = all.filter(
        ({ id, drop, time }) => drop && id >= store.table.oldest && time < 1000 + all.length - 300,
      );
      expect(list.lowerBound(at)).toBe(before.length);
    }
    expect(store.counts.evicted).toBeGreaterThan(1000);
  });

  it('made from another is not disturbed by what comes into that one, or leaves it, meanwhile', () => {
    const random = seededRandom(6);
    for (let round = 0; round < 30; round++) {
      const store = new FlowStore({ maxRows: 400 }, 1);
      const all: { id: number; time: number; drop: boolean }[] = [];
      const append = (count: number): void => {
        const batch = Array.from({ length: count }, () => {
          const late = Math.floor(random() * (random() < 0.1 ? 300 : 20));
          const row = { id: all.length, time: 1000 + all.length - late, drop: random() < 0.6 };
          all.push(row);
          return flowResponse({ time: { seconds: BigInt(row.time) }, verdict: row.drop ? 2 : 1 });
        });
        appendAll(store, batch);
      };
      const everything = compilePlan(store, [], []);
      const plan = compilePlan(store, [dropped], []);
      if (!plan.ok || !everything.ok) throw new TypeError('a plan');
      const source = new MatchList(store, everything.value);
      append(100 + Math.floor(random() * 300));
      while (!source.advance(1000));
      const list = new MatchList(store, plan.value, source);
      for (let step = 0; step < 8; step++) {
        list.advanceRows(Math.floor(random() * 60));
        append(Math.floor(random() * 40));
        while (!source.advance(1000));
      }
      while (!list.advance(50));
      const expected = all
        .filter(({ id, drop }) => drop && id >= store.table.oldest)
        .sort((a, b) => a.time - b.time || a.id - b.id)
        .map(({ id }) => id);
      expect(Array.from(list.rows(), (id32) => store.table.widen(id32))).toEqual(expected);
    }
  });
});
