// One call towards the server: from the request's frame to the trailers, or to whatever stands in for them. What
// comes is put together into batches and handed to a receiver, who may ask for a pause.
//
//   session.request() --DATA--> Coalescer --batches--> receiver
//          ^-------- pause / resume -----------------------'

import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
} from 'node:http2';
import {
  formatGrpcTimeout,
  GrpcCode,
  grpcCodeName,
  grpcCodeOfHttp2Error,
  grpcCodeOfHttpStatus,
} from '@finderscope/grpc-wire';
import type { Logger } from '../operations/logger.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { RedactFrames } from '../redact/redact-frames.ts';
import { factsOf } from '../upstream/failure.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { Coalescer, type CoalescerLimits } from './coalescer.ts';
import { type Metadata, statusTrailers } from './downstream.ts';
import { trailerMetadata } from './metadata.ts';
import { FLOWS_PATH, type Method } from './methods.ts';

/** Relay and agents refuse above 4 MiB themselves; anything larger than this is not a message but garbage. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

export type UpstreamParts = {
  readonly upstream: Upstream;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly userAgent: string;
  /** Masks flows; undefined: they pass as they come, undecoded. */
  readonly redact?: RedactFrames | undefined;
};

export type UpstreamRequest = {
  readonly method: Method;
  /** The one message, with its five bytes in front. */
  readonly frame: Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
  /** undefined: no deadline. */
  readonly timeoutMs: number | undefined;
};

/** Who gets what comes. Nothing is told any more after `ended`, or after the call was left. */
export type Receiver = {
  started(headers: IncomingHttpHeaders): void;
  /** Whole frames unless `mayTear`. False: nothing more until `drained`. */
  batch(bytes: Buffer, frames: number): boolean;
  /** `torn`: a frame was handed over in part and its rest will not come. */
  ended(trailers: Metadata, torn: boolean): void;
};

/** Where a viewer's bytes come from, be it a call of its own or a stream that it shares. */
export type Feed = {
  /** Bytes held for this viewer alone. */
  readonly pendingBytes: number;
  /** The last thing handed over was part of a frame, and its rest is to come. */
  readonly insideFrame: boolean;
  /** The viewer takes bytes again. */
  drained(): void;
  /** Hands over the whole frames that are pending; true when the last one handed over is torn. */
  flush(): boolean;
  /** The viewer has gone. */
  leave(): void;
};

export class UpstreamCall implements Feed {
  readonly #parts: UpstreamParts;
  readonly #request: UpstreamRequest;
  readonly #receiver: Receiver;
  readonly #coalescer: Coalescer;
  #stream: ClientHttp2Stream | undefined;
  #over = false;

  constructor(
    parts: UpstreamParts,
    request: UpstreamRequest,
    receiver: Receiver,
    limits: CoalescerLimits = { maxMessageBytes: MAX_MESSAGE_BYTES, mayTear: true },
  ) {
    this.#parts = parts;
    this.#request = request;
    this.#receiver = receiver;
    const redact = request.method.path === FLOWS_PATH ? parts.redact : undefined;
    this.#coalescer = new Coalescer(
      {
        write: (batch, frames) => receiver.batch(redact === undefined ? batch : redact(batch), frames),
        fault: (reason) => this.#brokenOff(reason),
      },
      // Only a frame that is whole can be masked.
      redact === undefined ? limits : { ...limits, mayTear: false },
    );
  }

  get pendingBytes(): number {
    return this.#coalescer.pendingBytes;
  }

  get insideFrame(): boolean {
    return this.#coalescer.insideFrame;
  }

  /** Sends the request; never throws. */
  start(session: ClientHttp2Session): void {
    if (this.#over) return;
    const { method, metadata, timeoutMs, frame } = this.#request;
    let stream: ClientHttp2Stream;
    try {
      stream = session.request({
        ...metadata,
        ':method': 'POST',
        ':path': method.path,
        'content-type': 'application/grpc',
        te: 'trailers',
        'user-agent': this.#parts.userAgent,
        ...(timeoutMs === undefined ? {} : { 'grpc-timeout': formatGrpcTimeout(timeoutMs) }),
      });
    } catch (error) {
      // The session went away between being handed out and being used.
      return this.fail(GrpcCode.UNAVAILABLE, this.#parts.upstream.lossOf(session) ?? factsOf(error).message);
    }
    this.#stream = stream;
    this.#parts.metrics.upstreamStreams.inc({ method: method.name });
    stream.on('close', () => this.#parts.metrics.upstreamStreams.dec({ method: method.name }));
    this.#listen(stream, session);
    stream.end(frame);
  }

  /** Ends with a status of the gateway's own. */
  fail(code: GrpcCode, message: string): void {
    this.#finish(statusTrailers(code, message));
    this.#stream?.close(constants.NGHTTP2_CANCEL);
  }

  drained(): void {
    if (!this.#over && this.#coalescer.drained()) this.#stream?.resume();
  }

  flush(): boolean {
    return !this.#over && this.#coalescer.finish().insideFrame;
  }

  leave(): void {
    this.#over = true;
    this.#coalescer.stop();
    this.#stream?.close(constants.NGHTTP2_CANCEL);
  }

  #listen(stream: ClientHttp2Stream, session: ClientHttp2Session): void {
    let trailers: Metadata | undefined;
    let refused: Metadata | undefined;
    stream.on('response', (headers) => {
      if (this.#over) return;
      const http = headers[':status'] ?? 0;
      const contentType = headers['content-type'] ?? '';
      // "Trailers-only": a call that fails at once puts its status into the headers.
      if (headers['grpc-status'] !== undefined) trailers = trailerMetadata(headers);
      else if (http !== 200 || !contentType.startsWith('application/grpc')) {
        refused = statusTrailers(
          http === 200 ? GrpcCode.UNKNOWN : grpcCodeOfHttpStatus(http),
          `${this.#parts.upstream.name} answers with HTTP ${http} and ${contentType || 'no content type'} instead of gRPC`,
        );
        stream.resume();
        return;
      }
      this.#receiver.started(headers);
      stream.on('data', (chunk: Buffer) => {
        if (!this.#over && !this.#coalescer.push(chunk)) stream.pause();
      });
    });
    stream.on('trailers', (headers: IncomingHttpHeaders) => {
      trailers = trailerMetadata(headers);
    });
    stream.on('error', (error) => {
      this.#parts.logger.debug(
        { method: this.#request.method.name, reason: factsOf(error).message },
        'stream of the server failed',
      );
    });
    stream.on('close', () => this.#closed(refused ?? trailers ?? this.#statusOfLoss(stream, session)));
  }

  /** The status of a stream that ended without saying one. */
  #statusOfLoss(stream: ClientHttp2Stream, session: ClientHttp2Session): Metadata {
    const { upstream } = this.#parts;
    const loss = upstream.lossOf(session);
    if (loss !== undefined) return statusTrailers(GrpcCode.UNAVAILABLE, loss);
    if (stream.rstCode === constants.NGHTTP2_NO_ERROR) {
      return statusTrailers(GrpcCode.INTERNAL, `${upstream.name} ended the stream without a status`);
    }
    return statusTrailers(
      grpcCodeOfHttp2Error(stream.rstCode ?? 0),
      `${upstream.name} broke the stream off (HTTP/2 error ${stream.rstCode})`,
    );
  }

  #closed(trailers: Metadata): void {
    if (this.#over) return;
    const status = trailers.get('grpc-status') ?? '2';
    if (status !== '0') this.#parts.metrics.upstreamErrors.inc({ code: grpcCodeName(Number(status)) });
    this.#finish(trailers);
  }

  #brokenOff(reason: string): void {
    if (this.#over) return;
    this.#parts.metrics.upstreamErrors.inc({ code: grpcCodeName(GrpcCode.INTERNAL) });
    this.fail(GrpcCode.INTERNAL, `${this.#parts.upstream.name} sent what is not gRPC: ${reason}`);
  }

  #finish(trailers: Metadata): void {
    if (this.#over) return;
    const { unfinishedBytes, insideFrame } = this.#coalescer.finish();
    if (this.#over) return;
    this.#over = true;
    const cutOff = trailers.get('grpc-status') === String(GrpcCode.OK) && unfinishedBytes > 0;
    this.#receiver.ended(
      cutOff
        ? statusTrailers(
            GrpcCode.INTERNAL,
            `${this.#parts.upstream.name} ended the stream in the middle of a message`,
          )
        : trailers,
      insideFrame,
    );
  }
}
