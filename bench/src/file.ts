// file.open_1m: lines of JSON into the store, as a file that somebody opens goes, against JSON.parse and protobuf-es's
// fromJson, which is how a page would read it. CPU time, over a million lines of which no two are the same.

import { fromBinary, fromJson } from '@bufbuild/protobuf';
import { toJsonpb } from '@finderscope/flow-query';
import { LineDecoder } from '@finderscope/flow-query/json-lines';
import { FlowStore } from '@finderscope/flow-store';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { loadCorpus } from './corpus.ts';
import { type Bench, CpuTimer, median, perSecond } from './measure.ts';

const LINES = 1_000_000;
/** Lines that become objects in each round, since they take so much longer. */
const OBJECT_LINES = 4000;
const BLOCK_BYTES = 1 << 18;
const WARM_UP = 3;
const LINE_FEED = 0x0a;

export const FILE: Bench = {
  name: 'file.open_1m',
  run: async () => {
    const corpus = await loadCorpus();
    const store = new FlowStore({ maxRows: 250_000 });
    const decoder = new LineDecoder();
    const rates: number[] = [];
    const objects: number[] = [];
    for (let round = 0; round < Math.ceil(LINES / corpus.count); round++) {
      corpus.stamp(round);
      const lines = linesOf(corpus);
      const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
      const timer = new CpuTimer();
      timer.run(() => readLines(bytes, decoder, store));
      const objectTimer = new CpuTimer();
      objectTimer.run(() => {
        for (const line of lines.slice(0, OBJECT_LINES)) fromJson(GetFlowsResponseSchema, JSON.parse(line));
      });
      if (round < WARM_UP) continue;
      rates.push(perSecond(corpus.count, timer.ms));
      objects.push(perSecond(OBJECT_LINES, objectTimer.ms));
    }
    return [{ name: 'file.open_1m', unit: 'lines/s', value: median(rates), baseline: median(objects) }];
  },
};

/** The corpus as it is stamped now, as the CLI writes it. */
export function linesOf({ bytes, spans, count }: Awaited<ReturnType<typeof loadCorpus>>): readonly string[] {
  return Array.from({ length: count }, (_, i) =>
    toJsonpb(fromBinary(GetFlowsResponseSchema, bytes.subarray(spans[i * 2], spans[i * 2 + 1]))),
  );
}

/** In blocks, as the reader of files hands them over. */
function readLines(bytes: Uint8Array<ArrayBuffer>, decoder: LineDecoder, store: FlowStore): void {
  const spans = new Uint32Array(BLOCK_BYTES / 16);
  let count = 0;
  decoder.use(bytes);
  const hand = (): void => {
    store.append(decoder.out, spans, count);
    decoder.clear();
    count = 0;
  };
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, start);
    spans[count * 2] = decoder.length;
    decoder.decode(start, end);
    spans[count * 2 + 1] = decoder.length;
    count++;
    start = end + 1;
    if (decoder.length > BLOCK_BYTES) hand();
  }
  hand();
}
