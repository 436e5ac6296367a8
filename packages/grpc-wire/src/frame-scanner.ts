// Follows frame boundaries through a byte stream that arrives in arbitrary pieces, without keeping or decoding
// anything. The gateway uses it to count frames and to end a response only where a frame ends.

import { FLAG_COMPRESSED, FRAME_HEADER_BYTES } from './frame.ts';

export class FrameScanner {
  /** Frames seen whole. */
  frames = 0;
  /** What is wrong with the stream; nothing after it can be trusted. */
  fault: string | undefined;
  /** Where in the last piece the first frame begins that begins in it; its length when none does. */
  firstStart = 0;
  readonly #maxMessageBytes: number;
  #headerSeen = 0;
  #length = 0;
  /** Bytes of the current message still to come. */
  #missing = 0;

  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** True when the bytes so far end where a frame ends. */
  get atBoundary(): boolean {
    return this.#headerSeen === 0 && this.#missing === 0;
  }

  /**
   * Advances over the next piece. Returns the offset just behind the last frame that ends inside it, 0 when none
   * does. After a fault (see `fault`) it returns the offset up to which frames were whole.
   */
  scan(bytes: Uint8Array): number {
    let at = 0;
    let boundary = 0;
    this.firstStart = this.atBoundary ? 0 : bytes.length;
    while (at < bytes.length && this.fault === undefined) {
      if (this.#missing > 0) {
        const step = Math.min(this.#missing, bytes.length - at);
        at += step;
        this.#missing -= step;
      } else {
        at = this.#scanHeader(bytes, at);
      }
      if (this.atBoundary && this.fault === undefined) {
        this.frames++;
        boundary = at;
        if (at < this.firstStart) this.firstStart = at;
      }
    }
    return boundary;
  }

  /** Takes what is there of a header; leaves a message of length 0 complete. */
  #scanHeader(bytes: Uint8Array, start: number): number {
    let at = start;
    while (at < bytes.length && this.#headerSeen < FRAME_HEADER_BYTES) {
      const byte = bytes[at]!;
      if (this.#headerSeen === 0) {
        if (byte > FLAG_COMPRESSED) {
          this.fault = `a frame starts with 0x${byte.toString(16).padStart(2, '0')}, which no gRPC message does`;
          return at;
        }
        this.#length = 0;
      } else {
        this.#length = this.#length * 256 + byte;
      }
      this.#headerSeen++;
      at++;
    }
    if (this.#headerSeen < FRAME_HEADER_BYTES) return at;
    if (this.#length > this.#maxMessageBytes) {
      this.fault = `a message announces ${this.#length} bytes, the limit is ${this.#maxMessageBytes}`;
      return at;
    }
    this.#headerSeen = 0;
    this.#missing = this.#length;
    return at;
  }
}
