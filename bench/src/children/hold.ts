// Holds a million flows with lists and what panes count, or, told `objects`, some of them as messages; says what that
// takes. Run with --expose-gc.

import { fromBinary } from '@bufbuild/protobuf';
import { CELL, CellCounter, TalkCounter } from '@finderscope/flow-store';
import { type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { loadCorpus } from '../corpus.ts';
import { complete, filledStore, listOf } from '../filled-store.ts';

const ROWS = 1_000_000;
const OBJECTS = 20_000;
const MB = 1 << 20;
const FILTERS = ['', 'verdict:DROPPED', 'not namespace:kube-system'];

function collect(): void {
  globalThis.gc?.();
  globalThis.gc?.();
}

async function hold(): Promise<Record<string, number>> {
  await loadCorpus();
  collect();
  const before = process.memoryUsage().rss;
  const store = await filledStore(ROWS);
  const all = listOf(store, '');
  complete(all);
  const lists = [all, ...FILTERS.slice(1).map((filter) => listOf(store, filter, all))];
  for (const list of lists) {
    for (const cell of [CELL.shape, CELL.link]) {
      list.aggregate(`cell ${cell}`, CellCounter, () => new CellCounter(store, cell));
    }
    list.aggregate('talks', TalkCounter, () => new TalkCounter(store));
    complete(list);
  }
  collect();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    rows: store.table.held,
    mb: (rss - before) / MB,
    processMb: rss / MB,
    heapMb: heapUsed / MB,
    buffersMb: arrayBuffers / MB,
  };
}

/** Heap of messages, scaled to as many as the rows. */
async function holdObjects(): Promise<Record<string, number>> {
  const { bytes, spans } = await loadCorpus();
  collect();
  const before = process.memoryUsage().heapUsed;
  const objects: GetFlowsResponse[] = [];
  for (let i = 0; i < OBJECTS; i++) {
    objects.push(fromBinary(GetFlowsResponseSchema, bytes.subarray(spans[i * 2], spans[i * 2 + 1])));
  }
  collect();
  return { mb: (((process.memoryUsage().heapUsed - before) / MB) * ROWS) / objects.length };
}

const result = process.argv[2] === 'objects' ? await holdObjects() : await hold();
process.send?.(result);
if (process.send === undefined) process.stdout.write(`${JSON.stringify(result)}\n`);
