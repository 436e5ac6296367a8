// One rule of one filter over a selection of slots. The selection shrinks in place.

import { CELL } from '../schema/columns.ts';
import type { FlowStore } from '../store/flow-store.ts';
import { type PartColumn, type PartKeys, readSlot } from '../store/part-columns.ts';

export interface SlotTest {
  /** How many keys or rows a test looks at, roughly: cheaper tests go first. */
  readonly cost: number;
  /** Of a test that hangs on one cell alone. */
  readonly byCell?: CellTest;
  /** Keeps those of the first `count` slots that pass and answers how many. */
  narrow(slots: Uint32Array, count: number): number;
}

/** Tests of one cell can be joined into one, which looks at each row once. */
export type CellTest = {
  readonly cell: number;
  readonly keys: PartKeys;
  /** To be called before keys are asked about, when rows may have come or gone. */
  readonly refresh: () => void;
  readonly passes: (key: number) => boolean;
};

const UNKNOWN = 0;
/** A yes is the only one with this bit: see `narrow`. */
const NO = 1;
const YES = 2;

/** A yes or no per key, worked out when first asked for. */
class Memo {
  readonly #keys: PartKeys;
  readonly #decide: (key: number) => boolean;
  #epoch: number;
  answers = new Uint8Array(0);

  constructor(keys: PartKeys, decide: (key: number) => boolean) {
    this.#keys = keys;
    this.#decide = decide;
    this.#epoch = keys.epoch();
  }

  /** Forgets what no longer holds and makes room for all keys. */
  refresh(): void {
    const end = this.#keys.keyEnd();
    const epoch = this.#keys.epoch();
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.answers = new Uint8Array(end);
    } else if (this.answers.length < end) {
      const bigger = new Uint8Array(Math.max(end, this.answers.length * 2));
      bigger.set(this.answers);
      this.answers = bigger;
    }
  }

  answer(key: number): number {
    const known = this.answers[key]!;
    if (known !== UNKNOWN) return known;
    const answer = this.#decide(key) ? YES : NO;
    this.answers[key] = answer;
    return answer;
  }
}

/** Parts that lie in one cell: the rule runs once per value of that cell, or of the one part of it that counts. */
export function memoTest(
  store: FlowStore,
  columns: readonly PartColumn[],
  test: (...parts: unknown[]) => boolean,
): SlotTest {
  const first = columns[0]!;
  const inner = columns.length === 1 ? first.inner : undefined;
  const innerMemo = inner && new Memo(inner, (key) => test(inner.read(key)));
  return cellTest(store, {
    cell: first.cell,
    keys: first,
    refresh: () => innerMemo?.refresh(),
    passes:
      inner === undefined || innerMemo === undefined
        ? (key) => test(...columns.map((column) => column.read(key)))
        : (key) => innerMemo.answer(inner.keyOf(key)) === YES,
  });
}

/** One test of all the tests of one cell, at least one; `passes` says what makes of them a yes or no. */
export function joinTests(
  store: FlowStore,
  tests: readonly CellTest[],
  passes: (key: number) => boolean,
): SlotTest {
  const { cell, keys } = tests[0]!;
  return cellTest(store, {
    cell,
    keys,
    refresh: () => {
      for (const test of tests) test.refresh();
    },
    passes,
  });
}

/** Remembers what the test says of each key. */
function cellTest(store: FlowStore, { cell, keys: all, refresh, passes }: CellTest): SlotTest {
  const memo = new Memo(all, passes);
  const refreshAll = (): void => {
    refresh();
    memo.refresh();
  };
  return {
    cost: cell === CELL.shape ? 0 : 1,
    byCell: { cell, keys: all, refresh: refreshAll, passes: (key) => memo.answer(key) === YES },
    narrow(slots, count) {
      refreshAll();
      const { answers } = memo;
      const keys = store.table.cells[cell]!;
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const slot = slots[i]!;
        const key = keys[slot]!;
        let answer = answers[key]!;
        if (answer === UNKNOWN) answer = memo.answer(key);
        // Without a branch that nobody can predict: writes every slot, and steps on only behind those that pass.
        slots[kept] = slot;
        kept += answer >>> 1;
      }
      return kept;
    },
  };
}

export type PartReader = (slot: number) => unknown;

/** A reader of one part of the row in a slot. */
export function slotReader(store: FlowStore, part: string, column: PartColumn | undefined): PartReader {
  if (column === undefined) {
    return (slot) => readSlot(store, part === 'uuid' ? 'uuid' : 'flow', slot);
  }
  const { cell, read } = column;
  return (slot) => read(store.table.cells[cell]![slot]!);
}

/** Parts that lie apart: the rule runs once per row. A row whose message is gone passes no test that needs it. */
export function rowTest(
  readers: readonly PartReader[],
  needsFlow: boolean,
  test: (...parts: unknown[]) => boolean,
): SlotTest {
  return {
    cost: needsFlow ? 3 : 2,
    narrow(slots, count) {
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const slot = slots[i]!;
        const parts = readers.map((read) => read(slot));
        if (needsFlow && parts.includes(undefined)) continue;
        if (test(...parts)) slots[kept++] = slot;
      }
      return kept;
    },
  };
}

/** The list of UUIDs of a filter, compared as words where they have a word form. */
export function uuidTest(
  store: FlowStore,
  words: readonly (readonly [number, number, number, number])[],
  texts: ReadonlySet<string>,
): SlotTest {
  return {
    cost: 1,
    narrow(slots, count) {
      const { cells } = store.table;
      const w0 = cells[CELL.uuid0]!;
      const w1 = cells[CELL.uuid1]!;
      const w2 = cells[CELL.uuid2]!;
      const w3 = cells[CELL.uuid3]!;
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const slot = slots[i]!;
        const a = w0[slot]!;
        const b = w1[slot]!;
        const c = w2[slot]!;
        const d = w3[slot]!;
        let hit = false;
        for (const word of words) {
          if (word[0] === a && word[1] === b && word[2] === c && word[3] === d) {
            hit = true;
            break;
          }
        }
        if (!hit && texts.size > 0 && (a | b | c | d) === 0) hit = texts.has(store.uuid(slot));
        if (hit) slots[kept++] = slot;
      }
      return kept;
    },
  };
}
