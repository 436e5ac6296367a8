// The one message of a request: read whole (it is small), checked to be a well-formed message of its type, and
// passed on byte for byte.

import type { Readable } from 'node:stream';
import { type DescMessage, fromBinary } from '@bufbuild/protobuf';
import { err, ok, type Result } from '@finderscope/base';
import {
  encodeFrame,
  FLAG_COMPRESSED,
  FLAG_TRAILERS,
  GrpcCode,
  GrpcError,
  readFrames,
} from '@finderscope/grpc-wire';
import type { WireFormat } from './wire-format.ts';

export type RequestLimits = {
  readonly maxBytes: number;
  /** From the headers to the end of the body. */
  readonly withinMs: number;
};

/** A filter with thousands of rules stays far below this; a client that dawdles would hold one of the call slots. */
export const REQUEST_LIMITS: RequestLimits = { maxBytes: 1024 * 1024, withinMs: 10_000 };

/** Reads the body within the limits. Resolves to undefined when the client left before the end. */
export function readBody(
  stream: Readable,
  { maxBytes, withinMs }: RequestLimits,
): Promise<Result<Buffer, GrpcError> | undefined> {
  const { promise, resolve } = Promise.withResolvers<Result<Buffer, GrpcError> | undefined>();
  const refuse = (code: GrpcCode, text: string): void => resolve(err(new GrpcError(code, text)));
  const chunks: Buffer[] = [];
  let bytes = 0;
  const timer = setTimeout(
    () => refuse(GrpcCode.DEADLINE_EXCEEDED, `the request did not arrive within ${withinMs / 1000} s`),
    withinMs,
  );
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else {
      // The rest is let run past, so that the answer can be read by a client that is still sending.
      chunks.length = 0;
      refuse(GrpcCode.RESOURCE_EXHAUSTED, `the request is over the limit of ${maxBytes} bytes`);
    }
  });
  stream.on('end', () => resolve(ok(Buffer.concat(chunks))));
  stream.on('close', () => resolve(undefined));
  stream.on('error', () => resolve(undefined));
  return promise.finally(() => clearTimeout(timer));
}

/** The frame to send on, from the body of a request. */
export function checkRequest(
  body: Buffer,
  format: WireFormat,
  input: DescMessage,
): Result<Uint8Array, GrpcError> {
  const bytes = format === 'grpc-web-text' ? decodeText(body) : body;
  if (bytes === undefined) return invalid('the request body is not base64');
  const { frames, restBytes } = readFrames(bytes);
  const messages = frames.filter((frame) => (frame.flags & FLAG_TRAILERS) === 0);
  const [message] = messages;
  if (restBytes > 0)
    return invalid(`the request ends in the middle of a frame (${restBytes} bytes left over)`);
  if (message === undefined || messages.length > 1) {
    return invalid(`the request holds ${messages.length} messages instead of one`);
  }
  if ((message.flags & FLAG_COMPRESSED) !== 0) {
    return err(new GrpcError(GrpcCode.UNIMPLEMENTED, 'compressed requests are not supported; send identity'));
  }
  try {
    fromBinary(input, message.message);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return invalid(`the request is not a well-formed ${input.typeName}: ${reason}`);
  }
  return ok(encodeFrame(message.message));
}

function invalid(text: string): Result<never, GrpcError> {
  return err(new GrpcError(GrpcCode.INVALID_ARGUMENT, text));
}

/** gRPC-web-text: base64, possibly several padded pieces one after another. */
function decodeText(body: Buffer): Buffer | undefined {
  const text = body.toString('latin1').replaceAll(/\s/g, '');
  const pieces = text.match(/[A-Za-z0-9+/]+={0,2}/g) ?? [];
  if (pieces.join('') !== text || pieces.some((piece) => piece.length % 4 !== 0)) return undefined;
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')));
}
