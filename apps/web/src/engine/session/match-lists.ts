// The lists of matching rows by filter text, shared by all queries with the same filter. A list that nobody has asked
// for lately is dropped: lists are kept up to date only while somebody looks.

import { compileFilterText, expressionsLoaded } from '@finderscope/flow-query';
import { compilePlan, type FlowStore, MatchList, type Plan } from '@finderscope/flow-store';

/** Unless one question alone needs more. */
const KEPT = 24;
const SLICE_ROWS = 65_536;

const NOTHING: Plan = { needsMessages: false, narrow: () => 0 };

export class MatchLists {
  /** Every row held, in order of time. */
  readonly all: MatchList;
  readonly #store: FlowStore;
  /** In order of last use. */
  readonly #lists = new Map<string, MatchList>();
  #kept = KEPT;

  constructor(store: FlowStore) {
    this.#store = store;
    this.all = new MatchList(store, this.#compile(''));
  }

  /**
   * The list of a filter text, to be brought up to date before it is read. A text that is no filter, which the page
   * never asks about, matches nothing.
   */
  get(filter: string): MatchList {
    const key = filter.trim();
    if (key === '') return this.all;
    const list = this.#lists.get(key) ?? this.#make(key);
    this.#lists.delete(key);
    this.#lists.set(key, list);
    for (const [oldest, unused] of this.#lists) {
      if (this.#lists.size <= this.#kept) break;
      unused.close();
      this.#lists.delete(oldest);
    }
    return list;
  }

  /** So many lists are needed for one answer: none of them may be dropped for another. */
  makeRoom(count: number): void {
    this.#kept = Math.max(this.#kept, count);
  }

  #make(filter: string): MatchList {
    while (!this.all.advance(SLICE_ROWS));
    return new MatchList(this.#store, this.#compile(filter), this.all);
  }

  /** True for a text that can be read only once the libraries for expressions have come. */
  isWaiting(filter: string): boolean {
    return !expressionsLoaded() && !this.#lists.has(filter.trim()) && !compileFilterText(filter).ok;
  }

  #compile(filter: string): Plan {
    const compiled = compileFilterText(filter);
    if (!compiled.ok) return NOTHING;
    const plan = compilePlan(this.#store, compiled.value.allow, compiled.value.deny);
    return plan.ok ? plan.value : NOTHING;
  }
}
