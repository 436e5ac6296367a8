// Finds frames in the bytes of a gRPC-web response as they arrive, without copying messages: the reader writes behind
// what is left over from the read before, and complete messages are handed on as spans of that same buffer.
//
//   [ rest of a frame | newly read bytes | free ]       after scan: the rest of the last frame moves to the front
//
// A message above the limit is counted and its bytes are passed over as they come, so that the buffer stays bounded.

import {
  FLAG_COMPRESSED,
  FLAG_TRAILERS,
  FRAME_HEADER_BYTES,
  parseTrailerBody,
  readFrameLength,
  type Trailers,
} from '@finderscope/grpc-wire';

export const MAX_MESSAGE_BYTES = 4 << 20;
const MAX_TRAILER_BYTES = 64 << 10;
const BUFFER_BYTES = 1 << 20;
const MIN_ROOM = 64 << 10;

export type FrameSink = {
  readonly messages: (bytes: Uint8Array, spans: Uint32Array, count: number) => void;
  readonly oversized: (count: number) => void;
};

/** `open`: more may come. `trailers`: the stream has ended. `broken`: these are no gRPC-web frames. */
export type ScanState =
  | { readonly state: 'open' }
  | { readonly state: 'trailers'; readonly trailers: Trailers }
  | { readonly state: 'broken'; readonly reason: string };

const OPEN: ScanState = { state: 'open' };

export class FrameScanner {
  readonly #sink: FrameSink;
  #buffer: Uint8Array<ArrayBuffer> = new Uint8Array(BUFFER_BYTES);
  #filled = 0;
  /** Bytes still to be passed over. */
  #skip = 0;
  #spans = new Uint32Array(2048);
  #seen = 0;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** True when nothing of an unfinished frame is held. */
  get isBetweenFrames(): boolean {
    return this.#filled === 0 && this.#skip === 0;
  }

  /** Where the next bytes go. A BYOB reader takes its buffer away; `filled` or `take` brings it back. */
  room(): Uint8Array<ArrayBuffer> {
    if (this.#buffer.length - this.#filled < MIN_ROOM) this.#resize(this.#buffer.length * 2);
    return new Uint8Array(this.#buffer.buffer, this.#filled, this.#buffer.length - this.#filled);
  }

  /** The buffer came back with `count` bytes written where `room` said. */
  filled(buffer: ArrayBuffer, count: number): ScanState {
    this.#buffer = new Uint8Array(buffer);
    this.#filled += count;
    return this.#scan();
  }

  /** Bytes from a reader that has its own buffers. */
  take(chunk: Uint8Array): ScanState {
    for (let at = 0; at < chunk.length;) {
      const room = this.room();
      const part = chunk.subarray(at, at + room.length);
      room.set(part);
      at += part.length;
      const state = this.filled(this.#buffer.buffer, part.length);
      if (state.state !== 'open') return state;
    }
    return OPEN;
  }

  #scan(): ScanState {
    const bytes = this.#buffer;
    let at = Math.min(this.#skip, this.#filled);
    this.#skip -= at;
    let count = 0;
    let state = OPEN;
    let oversized = 0;
    while (this.#skip === 0 && this.#filled - at >= FRAME_HEADER_BYTES) {
      const flags = bytes[at] ?? 0;
      const length = readFrameLength(bytes, at);
      const end = at + FRAME_HEADER_BYTES + length;
      if (flags !== 0) {
        state = this.#special(flags, at, length);
        if (state.state !== 'open' || end > this.#filled) break;
      } else if (length > MAX_MESSAGE_BYTES) {
        oversized++;
        const passed = Math.min(end, this.#filled);
        this.#skip = end - passed;
        at = passed;
        continue;
      } else if (end > this.#filled) {
        break;
      } else {
        if (count * 2 === this.#spans.length) this.#growSpans();
        this.#spans[count * 2] = at + FRAME_HEADER_BYTES;
        this.#spans[count * 2 + 1] = end;
        count++;
      }
      this.#seen++;
      at = end;
    }
    if (count > 0) this.#sink.messages(bytes, this.#spans, count);
    if (oversized > 0) this.#sink.oversized(oversized);
    this.#keepRest(at);
    return state;
  }

  /** A frame that is no plain message. */
  #special(flags: number, at: number, length: number): ScanState {
    if (flags === FLAG_TRAILERS) {
      if (length > MAX_TRAILER_BYTES) return broken('the closing frame is too long to be one');
      const end = at + FRAME_HEADER_BYTES + length;
      if (end > this.#filled) return OPEN;
      const body = this.#buffer.slice(at + FRAME_HEADER_BYTES, end);
      return { state: 'trailers', trailers: parseTrailerBody(body) };
    }
    if (flags === FLAG_COMPRESSED) return broken('it compresses single messages, which was not asked for');
    return broken(
      this.#seen === 0
        ? 'the answer does not start with a gRPC-web frame'
        : `frame ${this.#seen + 1} has the unknown flags 0x${flags.toString(16).padStart(2, '0')}`,
    );
  }

  #keepRest(from: number): void {
    const rest = this.#filled - from;
    if (rest > 0 && from > 0) this.#buffer.copyWithin(0, from, this.#filled);
    this.#filled = rest;
    if (this.#buffer.length > BUFFER_BYTES && rest < BUFFER_BYTES / 2) this.#resize(BUFFER_BYTES);
  }

  #resize(size: number): void {
    const buffer = new Uint8Array(size);
    buffer.set(this.#buffer.subarray(0, this.#filled));
    this.#buffer = buffer;
  }

  #growSpans(): void {
    const spans = new Uint32Array(this.#spans.length * 2);
    spans.set(this.#spans);
    this.#spans = spans;
  }
}

function broken(reason: string): ScanState {
  return { state: 'broken', reason };
}
