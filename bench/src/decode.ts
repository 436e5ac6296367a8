// decode.columns, decode.protobuf_es: wire bytes to rows in the store (decoded, interned, raw bytes kept), against protobuf-es fromBinary
// on the same bytes, both in pieces that lie where a stream's reader would just have put them. They take turns round by
// round and not piece by piece: what fromBinary allocates would leave nothing in the caches.
// decode.strangers: the same for flows of which no end was ever seen before, the worst that can come.

import { FlowStore } from '@finderscope/flow-store';
import { strangersOf } from './churn.ts';
import { loadCorpus } from './corpus.ts';
import type { Corpus } from './stamped-corpus.ts';
import { type Bench, CpuTimer, median, perSecond } from './measure.ts';
import { OBJECT_PIECES, PIECE, pieceOf, readColumns, readObjects } from './pieces.ts';

const ROUNDS = 5;
const WARM_UP = 2;
/** Times that a round goes through the corpus. */
const CYCLES = 6;
const STRANGE_CYCLES = 3;
const MAX_ROWS = 250_000;

export const DECODE: Bench = {
  name: 'decode',
  run: async () => {
    const corpus = await loadCorpus();
    const strange = await loadCorpus();
    const strangers = strangersOf(strange);
    const store = new FlowStore({ maxRows: MAX_ROWS });
    const strangeStore = new FlowStore({ maxRows: MAX_ROWS });
    const buffer = new Uint8Array(2 << 20);
    const unlike: number[] = [];
    const columns: number[] = [];
    const objects: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const columnTimer = new CpuTimer();
      for (let cycle = 0; cycle < CYCLES; cycle++) {
        corpus.stamp(round * CYCLES + cycle);
        readAll(store, corpus, buffer, columnTimer);
      }
      const strangeTimer = new CpuTimer();
      for (let cycle = 0; cycle < STRANGE_CYCLES; cycle++) {
        strange.stamp(round * STRANGE_CYCLES + cycle);
        strangers.turn(round * STRANGE_CYCLES + cycle);
        readAll(strangeStore, strange, buffer, strangeTimer);
      }
      const objectTimer = new CpuTimer();
      for (let i = 0; i < OBJECT_PIECES; i++) {
        const piece = pieceOf(corpus, (i * PIECE) % corpus.count, buffer);
        objectTimer.run(() => readObjects(piece));
      }
      if (round < WARM_UP) continue;
      columns.push(perSecond(corpus.count * CYCLES, columnTimer.ms));
      unlike.push(perSecond(strange.count * STRANGE_CYCLES, strangeTimer.ms));
      objects.push(perSecond(OBJECT_PIECES * PIECE, objectTimer.ms));
    }
    const baseline = median(objects);
    return [
      { name: 'decode.columns', unit: 'flows/s', value: median(columns), baseline },
      { name: 'decode.strangers', unit: 'flows/s', value: median(unlike), baseline },
      { name: 'decode.protobuf_es', unit: 'flows/s', value: baseline },
    ];
  },
};

/** Once through the corpus; only reading counts. */
function readAll(store: FlowStore, corpus: Corpus, buffer: Uint8Array<ArrayBuffer>, timer: CpuTimer): void {
  for (let from = 0; from < corpus.count; from += PIECE) {
    const piece = pieceOf(corpus, from, buffer);
    timer.run(() => readColumns(store, piece));
  }
}
