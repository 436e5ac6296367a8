// A frame: one flag byte, the length as a big-endian uint32, then that many bytes. gRPC and gRPC-web share it;
// gRPC-web adds a last frame with the high flag bit that holds the trailers as text.
//
//   +-------+----------------+---------------- - - -
//   | flags | length, 4 byte | message
//   +-------+----------------+---------------- - - -

export const FRAME_HEADER_BYTES = 5;
export const FLAG_COMPRESSED = 0x01;
export const FLAG_TRAILERS = 0x80;

/** One whole frame; `message` is a view on the bytes it was read from. */
export type Frame = {
  readonly flags: number;
  readonly message: Uint8Array;
};

/** A frame around `message`, in one new array. */
export function encodeFrame(message: Uint8Array, flags = 0): Uint8Array {
  const frame = new Uint8Array(FRAME_HEADER_BYTES + message.length);
  writeFrameHeader(frame, 0, message.length, flags);
  frame.set(message, FRAME_HEADER_BYTES);
  return frame;
}

/** Writes the five bytes in front of a message of `length` bytes. */
export function writeFrameHeader(out: Uint8Array, at: number, length: number, flags = 0): void {
  out[at] = flags;
  out[at + 1] = length >>> 24;
  out[at + 2] = length >>> 16;
  out[at + 3] = length >>> 8;
  out[at + 4] = length;
}

/** Length of the message of the frame that starts at `at`; five bytes must be there. */
export function readFrameLength(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 1]! << 24) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 8) | bytes[at + 4]!) >>> 0;
}

/** The whole frames at the start of `bytes`, and how many bytes behind them belong to a frame that is not whole. */
export function readFrames(bytes: Uint8Array): {
  readonly frames: readonly Frame[];
  readonly restBytes: number;
} {
  const frames: Frame[] = [];
  let at = 0;
  while (at + FRAME_HEADER_BYTES <= bytes.length) {
    const end = at + FRAME_HEADER_BYTES + readFrameLength(bytes, at);
    if (end > bytes.length) break;
    frames.push({ flags: bytes[at]!, message: bytes.subarray(at + FRAME_HEADER_BYTES, end) });
    at = end;
  }
  return { frames, restBytes: bytes.length - at };
}
