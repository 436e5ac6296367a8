// Gathers whole frames into one buffer, so that many messages cost one write.

const FIRST_BYTES = 16 * 1024;

export class FrameBatch {
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #used = 0;

  get bytes(): number {
    return this.#used;
  }

  /** Copies the bytes from `start` (inclusive) to `end` (exclusive) of `chunk`. */
  append(chunk: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (this.#used + length > this.#buffer.length) this.#grow(this.#used + length);
    this.#buffer.set(chunk.subarray(start, end), this.#used);
    this.#used += length;
  }

  /** Hands over what was gathered; the batch is empty afterwards and never touches those bytes again. */
  take(): Uint8Array {
    const taken = this.#buffer.subarray(0, this.#used);
    this.#buffer = Buffer.allocUnsafe(Math.max(FIRST_BYTES, this.#used));
    this.#used = 0;
    return taken;
  }

  #grow(atLeast: number): void {
    const larger = Buffer.allocUnsafe(Math.max(atLeast, this.#buffer.length * 2));
    larger.set(this.#buffer.subarray(0, this.#used));
    this.#buffer = larger;
  }
}
