// Makes neighbouring DATA frames of one stream into one, in the bytes of an HTTP/2 connection as they come from the
// server. Relay sends each flow in a DATA frame of its own, and each costs a callback, a Buffer and an event in Node;
// of a full read of the socket some sixty belong together.
//
//   before   [9|flow][9|flow][9|flow][9|PING][9|flow][9|fl
//   after    [9|flow flow flow      ][9|PING][9|flow fl         the last one counts what is yet to come
//
// To HTTP/2 it is all the same: as many bytes against the windows, in the same order, with the same end. Nothing is
// kept back: a frame cut off by the end of a piece goes on as it is, and so does all that is not understood.

const HEADER_BYTES = 9;
const DATA = 0;
const SETTINGS = 4;
const END_STREAM = 1;
const ACK = 1;

export class DataMerger {
  readonly #maxFrameBytes: number;
  /** The server has taken note that frames may be so large; what checks them expects it from here on. */
  #mayMerge = false;
  /** Bytes of the frame under way that are yet to come. */
  #missing = 0;
  /** A header that came in pieces, and how much of it is there. */
  readonly #header = new Uint8Array(HEADER_BYTES);
  #headerSeen = 0;

  /** `maxFrameBytes` is what this end announces as SETTINGS_MAX_FRAME_SIZE. */
  constructor(maxFrameBytes: number) {
    this.#maxFrameBytes = maxFrameBytes;
  }

  /** Takes the next piece, of any length, and changes it in place; returns the part of it that is left. */
  merge(piece: Uint8Array): Uint8Array {
    let read = this.#passBegun(piece);
    let write = read;
    // Where the frame that may still grow begins; -1 where there is none.
    let open = -1;
    let openLength = 0;
    while (piece.length - read >= HEADER_BYTES) {
      const length = lengthAt(piece, read);
      const end = read + HEADER_BYTES + length;
      const flags = piece[read + 4] ?? 0;
      const grows = length > 0 && piece[read + 3] === DATA && (flags & ~END_STREAM) === 0;
      if (
        grows &&
        open >= 0 &&
        openLength + length <= this.#maxFrameBytes &&
        isSameStream(piece, open, read)
      ) {
        openLength += length;
        piece[open] = openLength >>> 16;
        piece[open + 1] = openLength >>> 8;
        piece[open + 2] = openLength;
        piece[open + 4] = flags;
        read += HEADER_BYTES;
      } else {
        if (piece[read + 3] === SETTINGS && (flags & ACK) !== 0) this.#mayMerge = true;
        open = grows && this.#mayMerge ? write : -1;
        openLength = length;
      }
      if (flags !== 0) open = -1;
      if (write !== read) piece.copyWithin(write, read, end);
      write += Math.min(end, piece.length) - read;
      this.#missing = Math.max(0, end - piece.length);
      read = Math.min(end, piece.length);
    }
    if (read === piece.length) return write === read ? piece : piece.subarray(0, write);
    this.#header.set(piece.subarray(read));
    this.#headerSeen = piece.length - read;
    piece.copyWithin(write, read);
    return piece.subarray(0, write + this.#headerSeen);
  }

  /** What the piece brings of the frame that an earlier one has begun: it stays as it is. Returns where it ends. */
  #passBegun(piece: Uint8Array): number {
    let at = 0;
    if (this.#headerSeen > 0) {
      at = Math.min(HEADER_BYTES - this.#headerSeen, piece.length);
      this.#header.set(piece.subarray(0, at), this.#headerSeen);
      this.#headerSeen += at;
      if (this.#headerSeen < HEADER_BYTES) return at;
      this.#headerSeen = 0;
      this.#missing = lengthAt(this.#header, 0);
      if (this.#header[3] === SETTINGS && ((this.#header[4] ?? 0) & ACK) !== 0) this.#mayMerge = true;
    }
    const begun = Math.min(this.#missing, piece.length - at);
    this.#missing -= begun;
    return at + begun;
  }
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
}

function isSameStream(bytes: Uint8Array, a: number, b: number): boolean {
  for (let i = 5; i < HEADER_BYTES; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}
