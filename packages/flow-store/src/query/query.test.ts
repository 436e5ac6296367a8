import { describe, expect, it } from 'vitest';
import { groupRows } from '../kernels/group-rows.ts';
import { CELL } from '../schema/columns.ts';
import { FlowStore } from '../store/flow-store.ts';
import { appendAll, flowResponse } from '../test-support/messages.ts';
import { seededRandom } from '../test-support/random-message.ts';
import { groupIdentical, orderByText } from './order-rows.ts';
import { searchRows } from './text-search.ts';

type Line = { readonly pod: string; readonly port: number; readonly summary: string };

function storeOf(lines: readonly Line[]): FlowStore {
  const store = new FlowStore({}, 1);
  appendAll(
    store,
    lines.map(({ pod, port, summary }, i) =>
      flowResponse({
        time: { seconds: BigInt(i) },
        source: { namespace: 'ns', podName: pod },
        destination: { namespace: 'ns', podName: 'server' },
        l4: { protocol: { case: 'TCP', value: { sourcePort: port, destinationPort: 80 } } },
        Summary: summary,
      }),
    ),
  );
  return store;
}

function allRows(store: FlowStore): Uint32Array {
  return Uint32Array.from({ length: store.table.held }, (_, i) => i);
}

function randomLines(seed: number, count: number): Line[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => ({
    pod: `pod-${Math.floor(random() * 40)}`,
    port: random() < 0.5 ? 40_000 + Math.floor(random() * 9) : Math.floor(random() * 5) + 80,
    summary: `summary ${Math.floor(random() * 7)}`,
  }));
}

describe('groupRows', () => {
  it('puts rows together exactly when their cells are equal', () => {
    const lines = randomLines(1, 3000);
    const store = storeOf(lines);
    const { groupOf, leaders, sizes } = groupRows(store.table, allRows(store), [
      { cell: CELL.link },
      { cell: CELL.extra },
    ]);
    const expected = new Map<string, number>();
    for (const { pod, summary } of lines) {
      const key = `${pod}/${summary}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    expect(leaders.length).toBe(expected.size);
    lines.forEach(({ pod, summary }, i) => {
      const leader = lines[leaders[groupOf[i]!]!]!;
      expect([leader.pod, leader.summary]).toEqual([pod, summary]);
      expect(sizes[groupOf[i]!]).toBe(expected.get(`${pod}/${summary}`));
    });
  });
});

describe('groupIdentical', () => {
  it('makes flows one row that differ in nothing but time and ephemeral ports', () => {
    const store = storeOf([
      { pod: 'a', port: 40_001, summary: 'x' },
      { pod: 'b', port: 40_001, summary: 'x' },
      { pod: 'a', port: 50_000, summary: 'x' },
      { pod: 'a', port: 81, summary: 'x' },
      { pod: 'a', port: 81, summary: 'y' },
      { pod: 'a', port: 40_002, summary: 'x' },
    ]);
    const { rows, counts } = groupIdentical(store, allRows(store));
    expect(Array.from(rows)).toEqual([1, 3, 4, 5]);
    expect(Array.from(counts)).toEqual([1, 1, 1, 3]);
  });
});

describe('orderByText', () => {
  it('sorts by text, and rows of one text by time', () => {
    const lines = randomLines(2, 2000);
    const store = storeOf(lines);
    const places = orderByText(
      store.table,
      allRows(store),
      [CELL.link],
      (slot) => store.entry('source', slot)!.podName,
    );
    const expected = lines
      .map(({ pod }, i) => ({ pod, i }))
      .sort((a, b) => (a.pod < b.pod ? -1 : a.pod > b.pod ? 1 : a.i - b.i))
      .map(({ i }) => i);
    expect(Array.from(places)).toEqual(expected);
  });
});

describe('searchRows', () => {
  it('finds the rows of which some text holds the needle, without regard to case', () => {
    const lines = randomLines(4, 500);
    const store = storeOf(lines);
    const texts = [
      { cells: [CELL.link], textOf: (slot: number) => store.entry('source', slot)!.podName },
      { cells: [CELL.extra], textOf: (slot: number) => store.text('summary', slot) },
    ];
    for (const needle of ['POD-3', 'mary 5', 'nothing']) {
      const expected = lines.flatMap(({ pod, summary }, i) =>
        `${pod}\n${summary}`.includes(needle.toLowerCase()) ? [i] : [],
      );
      expect(Array.from(searchRows(store.table, allRows(store), texts, needle))).toEqual(expected);
    }
  });
});
