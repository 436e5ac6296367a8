// The corpus in pieces that lie where a stream's reader would just have put them, and both ways to read one.

import { fromBinary } from '@bufbuild/protobuf';
import type { FlowStore } from '@finderscope/flow-store';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import type { Corpus } from './stamped-corpus.ts';

/** Messages per piece and per append: what one read of a busy stream brings. */
export const PIECE = 400;
const BATCH = 100;
/** Pieces that become objects, since they take so much longer. */
export const OBJECT_PIECES = 50;

type Piece = { readonly bytes: Uint8Array; readonly spans: Uint32Array; readonly count: number };

/** Copies messages to the front of the buffer. */
export function pieceOf({ bytes, spans, count }: Corpus, from: number, buffer: Uint8Array): Piece {
  const to = Math.min(count, from + PIECE);
  const start = spans[from * 2] ?? 0;
  buffer.set(bytes.subarray(start, spans[to * 2 - 1]));
  return { bytes: buffer, spans: spans.slice(from * 2, to * 2).map((at) => at - start), count: to - from };
}

/** Into the store, as the intake does. */
export function readColumns(store: FlowStore, { bytes, spans, count }: Piece): void {
  for (let i = 0; i < count; i += BATCH) {
    store.append(bytes, spans.subarray(i * 2, (i + BATCH) * 2), Math.min(BATCH, count - i));
  }
}

/** Into objects, one each. */
export function readObjects({ bytes, spans, count }: Piece): void {
  for (let i = 0; i < count; i++) {
    fromBinary(GetFlowsResponseSchema, bytes.subarray(spans[i * 2], spans[i * 2 + 1]));
  }
}
