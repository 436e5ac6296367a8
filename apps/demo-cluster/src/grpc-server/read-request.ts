// Reads the one request message of a call: one frame, within a size limit, then the end of the client's side.

import type { ServerHttp2Stream } from 'node:http2';

import {
  FLAG_COMPRESSED,
  FRAME_HEADER_BYTES,
  GrpcCode,
  GrpcError,
  readFrameLength,
} from '@finderscope/grpc-wire';

/**
 * The message bytes. Resolves as soon as the frame is whole, without waiting for the client to half-close, as
 * grpc-go does. Rejects with the status that grpc-go answers when the frame is missing, too large or compressed.
 */
export function readRequest(stream: ServerHttp2Stream, maxMessageBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    let settled = false;
    const settle = (outcome: Uint8Array | GrpcError): void => {
      if (settled) return;
      settled = true;
      if (outcome instanceof GrpcError) reject(outcome);
      else resolve(outcome);
    };
    stream.on('data', (piece: Buffer) => {
      if (settled) return;
      received = received.length === 0 ? piece : Buffer.concat([received, piece]);
      const outcome = takeMessage(received, maxMessageBytes);
      if (outcome !== undefined) settle(outcome);
    });
    stream.once('end', () => {
      settle(new GrpcError(GrpcCode.INTERNAL, 'the call ended without a whole request message'));
    });
    stream.once('close', () => {
      settle(new GrpcError(GrpcCode.CANCELLED, 'context canceled'));
    });
  });
}

/** The first message of `bytes`, an error, or undefined while it is not whole yet. */
function takeMessage(bytes: Buffer, maxMessageBytes: number): Uint8Array | GrpcError | undefined {
  if (bytes.length < FRAME_HEADER_BYTES) return undefined;
  const flags = bytes.readUInt8(0);
  const length = readFrameLength(bytes, 0);
  if ((flags & FLAG_COMPRESSED) !== 0) {
    return new GrpcError(GrpcCode.UNIMPLEMENTED, 'grpc: compressed requests are not supported');
  }
  if (length > maxMessageBytes) {
    return new GrpcError(
      GrpcCode.RESOURCE_EXHAUSTED,
      `grpc: received message larger than max (${length} vs. ${maxMessageBytes})`,
    );
  }
  if (bytes.length < FRAME_HEADER_BYTES + length) return undefined;
  return bytes.subarray(FRAME_HEADER_BYTES, FRAME_HEADER_BYTES + length);
}
