// A store with a million flows, for benches that ask it things.

import { compileFilterText } from '@finderscope/flow-query';
import { compilePlan, FlowStore, MatchList } from '@finderscope/flow-store';
import { loadCorpus } from './corpus.ts';

const BATCH = 100;
const SLICE_ROWS = 65_536;

/** Fills a store; with `shuffled` the times are in no order at all. */
export async function filledStore(rows: number, shuffled = false): Promise<FlowStore> {
  const corpus = await loadCorpus();
  const store = new FlowStore({ maxRows: rows });
  const cycles = Math.ceil(rows / corpus.count);
  for (let cycle = 0; cycle < cycles; cycle++) {
    corpus.stamp(shuffled ? (cycle * 7919) % cycles : cycle);
    for (let i = 0; i < corpus.count; i += BATCH) {
      const count = Math.min(BATCH, corpus.count - i);
      store.append(corpus.bytes, corpus.spans.subarray(i * 2, (i + count) * 2), count);
    }
  }
  return store;
}

/** The list of a filter, not yet looked at. */
export function listOf(store: FlowStore, filter: string, all?: MatchList): MatchList {
  const compiled = compileFilterText(filter);
  if (!compiled.ok)
    throw new TypeError(`${filter}: ${compiled.error.map(({ message }) => message).join(' ')}`);
  const plan = compilePlan(store, compiled.value.allow, compiled.value.deny);
  if (!plan.ok) throw new TypeError(plan.error);
  return new MatchList(store, plan.value, all);
}

/** Brings a list up to date. */
export function complete(list: MatchList): void {
  while (!list.advance(SLICE_ROWS));
}
