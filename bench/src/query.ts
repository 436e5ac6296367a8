// query.rescan_1m: a new filter over a million rows until its list is complete and sorted; p50 and p95 over ten
// filters, each the mean of its rounds, in CPU time.
// query.append: what a flow costs beyond being stored, by how many panes are open.

import '@finderscope/flow-query/expressions';
import { fromBinary } from '@bufbuild/protobuf';
import { compileFilters, compileFilterText } from '@finderscope/flow-query';
import { FlowStore, type MatchList } from '@finderscope/flow-store';
import { type Flow, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { loadCorpus } from './corpus.ts';
import { complete, filledStore, listOf } from './filled-store.ts';
import { FILTERS } from './filters.ts';
import { type Bench, CpuTimer, median, quantile, type Result } from './measure.ts';
import { watch } from './watch.ts';

const ROWS = 1_000_000;
const ROUNDS = 7;
const REFERENCE_FLOWS = 10_000;
const BATCH = 100;
const FLUSH_ROWS = 5000;
const PANES = [0, 1, 2, 4, 8];
const WARM_UP = 2;
const CYCLES = 5;

export const RESCAN: Bench = {
  name: 'query.rescan_1m',
  run: async () => {
    const referenceMs = await referenceTimes();
    const inOrder = await rescans(false);
    const shuffled = await rescans(true);
    return [
      { name: 'query.rescan_1m.p50', unit: 'ms', value: median(inOrder), baseline: median(referenceMs) },
      {
        name: 'query.rescan_1m.p95',
        unit: 'ms',
        value: quantile(inOrder, 0.95),
        baseline: quantile(referenceMs, 0.95),
      },
      {
        name: 'query.rescan_1m.out_of_order_p95',
        unit: 'ms',
        value: quantile(shuffled, 0.95),
        baseline: quantile(inOrder, 0.95),
      },
    ];
  },
};

async function rescans(isShuffled: boolean): Promise<readonly number[]> {
  const store = await filledStore(ROWS, isShuffled);
  const all = listOf(store, '');
  complete(all);
  return FILTERS.map((filter) => {
    const timer = new CpuTimer();
    for (let round = 0; round < ROUNDS; round++) {
      let list: MatchList | undefined;
      timer.run(() => {
        list = listOf(store, filter, all);
        complete(list);
      });
      list?.close();
    }
    return timer.ms / ROUNDS;
  });
}

/** The same filters over messages, as one would without columns; over fewer, and scaled up. */
async function referenceTimes(): Promise<readonly number[]> {
  const { bytes, spans } = await loadCorpus();
  const flows: Flow[] = [];
  for (let i = 0; i < REFERENCE_FLOWS; i++) {
    const { responseTypes } = fromBinary(
      GetFlowsResponseSchema,
      bytes.subarray(spans[i * 2], spans[i * 2 + 1]),
    );
    if (responseTypes.case === 'flow') flows.push(responseTypes.value);
  }
  return FILTERS.map((filter) => {
    const text = compileFilterText(filter);
    const predicate = text.ok ? compileFilters(text.value.allow, text.value.deny) : undefined;
    if (predicate?.ok !== true) throw new TypeError(filter);
    const timer = new CpuTimer();
    for (let round = 0; round < ROUNDS; round++) timer.run(() => flows.filter(predicate.value));
    return (timer.ms / ROUNDS) * (ROWS / flows.length);
  });
}

export const APPEND: Bench = {
  name: 'query.append',
  run: async () => {
    const corpus = await loadCorpus();
    const results: Result[] = [];
    for (const panes of PANES) {
      const store = new FlowStore({ maxRows: 100_000 });
      const lists = [listOf(store, ''), ...FILTERS.slice(0, panes).map((filter) => listOf(store, filter))];
      for (const list of lists.slice(0, panes)) watch(store, list);
      const costs: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const timer = new CpuTimer();
        for (let cycle = 0; cycle < CYCLES; cycle++) {
          corpus.stampTimes(round * CYCLES + cycle);
          for (let i = 0; i < corpus.count; i += BATCH) {
            const count = Math.min(BATCH, corpus.count - i);
            store.append(corpus.bytes, corpus.spans.subarray(i * 2, (i + count) * 2), count);
            if ((i + count) % FLUSH_ROWS !== 0) continue;
            timer.run(() => {
              for (const list of lists) complete(list);
            });
          }
        }
        if (round >= WARM_UP) costs.push((timer.ms * 1e6) / (corpus.count * CYCLES));
      }
      results.push({ name: `query.append.panes_${panes}`, unit: 'ns/flow', value: median(costs) });
    }
    return results;
  },
};
