// Batches of whole frames with flows, masked. A message that cannot be read cannot be masked, so it does not pass: a
// LostEvent stands for it, which every client counts.

import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { MASK_KINDS, maskInPlace, type MaskKind } from '@finderscope/flow-query';
import { encodeFrame, FLAG_COMPRESSED, FRAME_HEADER_BYTES } from '@finderscope/grpc-wire';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { encodeLostFrame } from '../fan-out/lost-frame.ts';

/** As many frames as the batch had; those with nothing to mask stay byte for byte what they were. */
export type RedactFrames = (batch: Buffer) => Buffer;

/** `nowMs` gives the time of events that stand for what could not be read, since 1970. */
export function createRedactor(kinds: readonly MaskKind[], nowMs: () => number): RedactFrames {
  return (batch) => {
    const frames: Uint8Array[] = [];
    for (let at = 0; at < batch.length;) {
      const end = at + FRAME_HEADER_BYTES + batch.readUInt32BE(at + 1);
      const frame = batch.subarray(at, end);
      frames.push(redactFrame(frame, kinds) ?? encodeLostFrame(1, nowMs()));
      at = end;
    }
    return Buffer.concat(frames);
  };
}

/** undefined for a message that cannot be read. */
function redactFrame(frame: Buffer, kinds: readonly MaskKind[]): Uint8Array | undefined {
  if (((frame[0] ?? 0) & FLAG_COMPRESSED) !== 0) return undefined;
  try {
    const response = fromBinary(GetFlowsResponseSchema, frame.subarray(FRAME_HEADER_BYTES));
    const counts = maskInPlace(response, kinds);
    const isSame = MASK_KINDS.every((kind) => counts[kind] === 0);
    return isSame ? frame : encodeFrame(toBinary(GetFlowsResponseSchema, response));
  } catch (error) {
    // Garbage from the network; a bug would not be an error of decoding, but must not leak what it met either.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
