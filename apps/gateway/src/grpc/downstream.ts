// The answer of one call towards the client, in the client's wire format. gRPC and gRPC-web carry the same message
// frames; gRPC-web puts the trailers into a last frame, and its text form writes everything as base64.

import { encodeMetadataFrame, escapeGrpcMessage } from '@finderscope/grpc-wire';
import type { HttpResponse } from '../server/exchange.ts';
import { contentTypeOf, type WireFormat } from './wire-format.ts';

/** Names in lower case; `grpc-message` escaped, as on the wire. */
export type Metadata = ReadonlyMap<string, string>;

export function statusTrailers(code: number, message: string): Metadata {
  return new Map([
    ['grpc-status', String(code)],
    ['grpc-message', escapeGrpcMessage(message)],
  ]);
}

export class Downstream {
  readonly #response: HttpResponse;
  readonly #format: WireFormat;
  #ended = false;

  constructor(response: HttpResponse, format: WireFormat) {
    this.#response = response;
    this.#format = format;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Bytes written that the client has not taken yet. */
  get bufferedBytes(): number {
    return this.#ended ? 0 : this.#response.writableLength;
  }

  /** Sends the headers, at once: the client's connection is up from here on. */
  start(metadata: Metadata): void {
    if (this.#response.headersSent || this.#ended) return;
    this.#response.writeHead(200, {
      ...Object.fromEntries(metadata),
      'content-type': contentTypeOf(this.#format),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // nginx would otherwise hold a quiet stream back until its buffer is full.
      'x-accel-buffering': 'no',
    });
    this.#response.flushHeaders?.();
  }

  /** Whole frames, or part of a very large one. False when the client wants no more for now. */
  write(batch: Buffer): boolean {
    if (this.#ended) return true;
    // Each batch is base64 of its own, padded: a client can decode all it has whenever it looks.
    return this.#format === 'grpc-web-text'
      ? this.#response.write(batch.toString('base64'), 'latin1')
      : this.#response.write(batch);
  }

  /** Ends the call with its trailers. Later calls do nothing: the first status counts. */
  end(trailers: Metadata): void {
    if (this.#ended) return;
    this.start(new Map());
    this.#ended = true;
    if (this.#format === 'grpc') {
      this.#response.addTrailers(Object.fromEntries(trailers));
      this.#response.end();
      return;
    }
    const frame = Buffer.from(encodeMetadataFrame(trailers));
    this.#response.end(this.#format === 'grpc-web-text' ? frame.toString('base64') : frame);
  }

  /** Breaks the response off where no status can be told any more. */
  abort(): void {
    this.#ended = true;
    this.#response.destroy();
  }
}
