// Batches of a shared stream end where a frame ends.

import { FRAME_HEADER_BYTES, readFrameLength } from '@finderscope/grpc-wire';

/** The frames of a batch, header included, as views on it. */
export function* framesOf(batch: Buffer): Generator<Buffer> {
  for (let at = 0; at < batch.length;) {
    const end = at + FRAME_HEADER_BYTES + readFrameLength(batch, at);
    yield batch.subarray(at, end);
    at = end;
  }
}
