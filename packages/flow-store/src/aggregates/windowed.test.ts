import { create } from '@bufbuild/protobuf';
import { type FlowFilter, FlowFilterSchema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { MatchList } from '../plan/match-list.ts';
import { compilePlan } from '../plan/plan.ts';
import { CELL } from '../schema/columns.ts';
import { FlowStore } from '../store/flow-store.ts';
import { appendAll, flowResponse } from '../test-support/messages.ts';
import { pick, type Random, seededRandom } from '../test-support/random-message.ts';
import { CellCounter } from './cell-counter.ts';
import { countOver } from './count-over.ts';
import { TalkCounter } from './talk-counter.ts';
import { type TimeWindow, Windowed } from './windowed.ts';

const S = 1_000_000_000n;

function listOf(store: FlowStore, allow: readonly FlowFilter[]): MatchList {
  const plan = compilePlan(store, [...allow], []);
  if (!plan.ok) throw new TypeError(plan.error);
  return new MatchList(store, plan.value);
}

/** Flows of a few pods, most of them in order of time, some long before and some ahead. */
function randomFlow(random: Random, n: number): Uint8Array {
  const seconds = 1000 + Math.floor(n / 30) + pick(random, [0, 0, 0, 0, 0, -15, 15]);
  return flowResponse({
    time: { seconds: BigInt(seconds), nanos: Math.floor(random() * 1e9) },
    verdict: pick(random, [1, 1, 2]),
    source: { namespace: 'default', podName: `pod-${Math.floor(random() * 6)}` },
    nodeName: `node-${Math.floor(random() * 3)}`,
    ...(random() < 0.3
      ? {
          l7: {
            type: 2,
            latencyNs: BigInt(pick(random, [0, 1000, 9_000_000])),
            record: { case: 'http', value: { code: 200 } },
          },
        }
      : {}),
  });
}

/** Counts of cells, and of talks with the row that came last and the latencies. */
function told(store: FlowStore, cells: CellCounter, talks: TalkCounter): unknown {
  const live = [...talks.counts].flatMap((count, talk) => (count === 0 ? [] : [[talk, count] as const]));
  return {
    cells: [...cells.counts].flatMap((count, key) => (count === 0 ? [] : [[key, count]])),
    talks: live.map(([talk, count]) => {
      const latencies = talks.latencies(talk);
      return [
        talk,
        count,
        store.table.oldest + ((talks.newestSlot(talk) - store.table.oldest) & store.table.mask),
        latencies?.total,
        latencies?.quantiles([0.1, 0.5, 1]),
      ];
    }),
  };
}

describe('counts in a window', () => {
  const filters = [[], [create(FlowFilterSchema, { verdict: [2] })]];

  it.each([1, 2, 3, 4])(
    'are those of its rows, whatever comes and goes and wherever it moves, seed %i',
    (seed) => {
      const random = seededRandom(seed);
      const store = new FlowStore({ maxRows: 700 }, seed);
      const list = listOf(store, pick(random, filters));
      let n = 0;
      let window: TimeWindow = { sinceNs: 1000n * S };
      const cells = list.aggregate<Windowed<CellCounter>>(
        'cells',
        Windowed,
        () => new Windowed(store, () => new CellCounter(store, CELL.link), window),
      );
      const talks = list.aggregate<Windowed<TalkCounter>>(
        'talks',
        Windowed,
        () => new Windowed(store, () => new TalkCounter(store), window),
      );
      const changed = new Set<number>();
      let before = new Map<number, number>();
      for (let round = 0; round < 60; round++) {
        const batch = Array.from({ length: Math.floor(random() * 80) }, () => randomFlow(random, n++));
        appendAll(store, batch);
        if (random() < 0.3) list.advance(Math.floor(random() * 40));
        if (random() < 0.3) continue;
        while (!list.advance(50));
        const now = BigInt(1000 + Math.floor(n / 30));
        const sinceNs = pick(random, [undefined, (now - 10n) * S, (now - 5n) * S + 7n, (now - 30n) * S]);
        const untilNs = pick(random, [undefined, undefined, (now - 2n) * S + 5n]);
        if (random() < 0.8) window = { sinceNs, untilNs };
        const kept = talks.counts;
        cells.moveTo(window, list);
        talks.moveTo(window, list);
        const from = window.sinceNs === undefined ? 0 : list.lowerBound(window.sinceNs);
        const to = window.untilNs === undefined ? list.count : list.lowerBound(window.untilNs + 1n);
        const rows = list.rows().subarray(from, Math.max(from, to));
        talks.counts.settle(() => rows);
        const anew = countOver(store.table, rows, new TalkCounter(store));
        expect(told(store, cells.counts, talks.counts)).toEqual(
          told(store, countOver(store.table, rows, new CellCounter(store, CELL.link)), anew),
        );
        // What changed is told: a count that is another one than before is among it.
        for (const talk of talks.counts.takeChanged()) changed.add(talk);
        if (kept !== talks.counts) before = new Map();
        talks.counts.counts.forEach((count, talk) => {
          if (count !== (before.get(talk) ?? 0)) expect(changed).toContain(talk);
          before.set(talk, count);
        });
        changed.clear();
      }
      expect(store.counts.evicted).toBeGreaterThan(500);
    },
    60_000,
  );

  it('look only at the rows that the window leaves behind and takes in', () => {
    const store = new FlowStore({}, 1);
    const list = listOf(store, []);
    let seen = 0;
    const windowed = list.aggregate<Windowed<CellCounter>>(
      'cells',
      Windowed,
      () =>
        new Windowed(
          store,
          () => {
            const counter = new CellCounter(store, CELL.shape);
            const { add, remove } = counter;
            return Object.assign(counter, {
              add: (slots: Uint32Array, count: number) => {
                seen += count;
                add.call(counter, slots, count);
              },
              remove: (slots: Uint32Array, count: number) => {
                seen += count;
                remove.call(counter, slots, count);
              },
            });
          },
          { sinceNs: 1000n * S },
        ),
    );
    appendAll(
      store,
      Array.from({ length: 500 }, (_, i) => flowResponse({ time: { seconds: BigInt(1000 + i) } })),
    );
    while (!list.advance(9999));
    expect(seen).toBe(500);
    windowed.moveTo({ sinceNs: 1010n * S }, list);
    expect(seen).toBe(510);
    windowed.moveTo({ sinceNs: 1007n * S }, list);
    expect(seen).toBe(513);
  });
});
