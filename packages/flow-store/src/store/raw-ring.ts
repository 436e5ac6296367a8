// The bytes of the newest messages, as they came, in a ring of chunks that are made when first needed. Messages are
// copied many at once and never cross a chunk; each is named by its absolute offset, which stays valid until its chunk is
// written again. One that is larger than a chunk is not kept, and counted with those whose chunk is gone.
//
//   absolute offset = chunk number * chunk size + place        chunk number % chunk count = its place in the ring

import { REAL } from '../schema/columns.ts';
import type { FlowTable } from './flow-table.ts';

const CHUNK_BYTES = 4_456_448; // more than a message may have on any way in

export class RawRing {
  readonly #chunkBytes: number;
  readonly #chunkCount: number;
  readonly #chunks: Uint8Array[] = [];
  readonly #views: DataView[] = [];
  /** Number of the chunk being written, counted from the start. */
  #number = 0;
  #place = 0;
  /** Some message was too large to be kept: those that are gone need not be the oldest. */
  hasRefused = false;

  constructor(maxBytes: number) {
    this.#chunkBytes = Math.min(CHUNK_BYTES, Math.max(0, Math.floor(maxBytes)));
    this.#chunkCount = this.#chunkBytes === 0 ? 0 : Math.floor(maxBytes / this.#chunkBytes);
  }

  /** Bytes taken from the system. */
  get allocated(): number {
    return this.#chunks.length * this.#chunkBytes;
  }

  /**
   * Keeps the messages `from` to `to` of a batch, of which `spans` holds starts and ends in `bytes`. Writes the absolute
   * offset of each into `places`, from its beginning: -1 for one that is too large.
   */
  putAll(bytes: Uint8Array, spans: Uint32Array, from: number, to: number, places: Float64Array): void {
    const start = spans[from * 2]!;
    const at = this.put(bytes, start, spans[to * 2 - 1]!);
    if (at >= 0) {
      for (let i = from; i < to; i++) places[i - from] = at + (spans[i * 2]! - start);
    } else if (to - from === 1 || this.#chunkCount === 0) {
      places.fill(-1, 0, to - from);
      this.hasRefused = true;
    } else {
      const middle = (from + to) >>> 1;
      this.putAll(bytes, spans, from, middle, places);
      this.putAll(bytes, spans, middle, to, places.subarray(middle - from));
    }
  }

  /** Keeps [start, end) in one piece and answers the absolute offset of `start`, or -1 when it is too large. */
  put(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length > this.#chunkBytes || this.#chunkCount === 0) return -1;
    if (this.#place + length > this.#chunkBytes) {
      this.#number++;
      this.#place = 0;
    }
    const slot = this.#number % this.#chunkCount;
    const chunk = this.#chunks[slot] ?? this.#makeChunk(slot);
    chunk.set(bytes.subarray(start, end), this.#place);
    const at = this.#number * this.#chunkBytes + this.#place;
    this.#place += length;
    return at;
  }

  /** True while the bytes at an offset are there. */
  holds(at: number): boolean {
    if (at < 0 || this.#chunkCount === 0) return false;
    const number = Math.floor(at / this.#chunkBytes);
    return number > this.#number - this.#chunkCount && number <= this.#number;
  }

  /** The chunk that holds an offset, for reading in place; undefined when it has been written again. */
  viewAt(at: number): DataView | undefined {
    return this.holds(at) ? this.#views[Math.floor(at / this.#chunkBytes) % this.#chunkCount] : undefined;
  }

  /** Where an offset is within its chunk. */
  placeOf(at: number): number {
    return at % this.#chunkBytes;
  }

  #makeChunk(slot: number): Uint8Array {
    const chunk = new Uint8Array(this.#chunkBytes);
    this.#chunks[slot] = chunk;
    this.#views[slot] = new DataView(chunk.buffer);
    return chunk;
  }

  /** A copy of the bytes at an offset, undefined when they are gone. */
  get(at: number, length: number): Uint8Array | undefined {
    if (!this.holds(at)) return undefined;
    const number = Math.floor(at / this.#chunkBytes);
    const place = at - number * this.#chunkBytes;
    return this.#chunks[number % this.#chunkCount]?.slice(place, place + length);
  }
}

/** Rows held of which the message is gone from the ring. */
export function countUnreadable(table: FlowTable, raw: RawRing): number {
  const places = table.reals[REAL.rawAt]!;
  if (raw.hasRefused) {
    let gone = 0;
    for (let id = table.oldest; id < table.next; id++) if (!raw.holds(places[id & table.mask]!)) gone++;
    return gone;
  }
  // Messages are written one behind the other, so those that are gone are the oldest.
  let low = table.oldest;
  let high = table.next;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (raw.holds(places[middle & table.mask]!)) high = middle;
    else low = middle + 1;
  }
  return low - table.oldest;
}
