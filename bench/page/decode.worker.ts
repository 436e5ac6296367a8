// As bench/src/decode.ts, by the clock, since a worker cannot read its CPU time.

import { corpusOf } from '../src/stamped-corpus.ts';
import { FlowStore } from '@finderscope/flow-store';
import { OBJECT_PIECES, PIECE, pieceOf, readColumns, readObjects } from '../src/pieces.ts';

const ROUNDS = 7;
const WARM_UP = 2;
const CYCLES = 6;

const response = await fetch('/corpus.bin');
const corpus = corpusOf(new Uint8Array(await response.arrayBuffer()));
const store = new FlowStore({ maxRows: 250_000 });
const buffer = new Uint8Array(2 << 20);
const columns: number[] = [];
const objects: number[] = [];
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  let columnMs = 0;
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    corpus.stamp(round * CYCLES + cycle);
    for (let from = 0; from < corpus.count; from += PIECE) {
      const piece = pieceOf(corpus, from, buffer);
      const begun = performance.now();
      readColumns(store, piece);
      columnMs += performance.now() - begun;
    }
  }
  let objectMs = 0;
  for (let i = 0; i < OBJECT_PIECES; i++) {
    const piece = pieceOf(corpus, (i * PIECE) % corpus.count, buffer);
    const begun = performance.now();
    readObjects(piece);
    objectMs += performance.now() - begun;
  }
  if (round < WARM_UP) continue;
  columns.push((corpus.count * CYCLES * 1000) / columnMs);
  objects.push((OBJECT_PIECES * PIECE * 1000) / objectMs);
}
self.postMessage({ columns, objects });
