// One call as its method sees it: frames out, an abort signal in. Owns response headers, trailers and the deadline.
//
//   headers (with the first write) -> frames ... -> trailers         or, without any frame: trailers only

import {
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';

import {
  encodeFrame,
  escapeGrpcMessage,
  GrpcCode,
  GrpcError,
  parseGrpcTimeout,
} from '@finderscope/grpc-wire';

export class ServerCall {
  /** Aborts with a GrpcError when the client leaves, the deadline passes or the server stops. */
  readonly signal: AbortSignal;
  readonly #stream: ServerHttp2Stream;
  readonly #initialMetadata: Readonly<Record<string, string>>;
  readonly #controller = new AbortController();
  #deadline: NodeJS.Timeout | undefined;
  #finished = false;

  constructor(stream: ServerHttp2Stream, initialMetadata: Readonly<Record<string, string>>) {
    this.#stream = stream;
    this.#initialMetadata = initialMetadata;
    this.signal = this.#controller.signal;
    stream.on('error', () => {
      this.abort(new GrpcError(GrpcCode.CANCELLED, 'context canceled'));
    });
    stream.on('close', () => {
      clearTimeout(this.#deadline);
      this.abort(new GrpcError(GrpcCode.CANCELLED, 'context canceled'));
    });
  }

  /** Starts the deadline that the client asked for; throws when its header is malformed. */
  startDeadline(headers: IncomingHttpHeaders): void {
    const text = headers['grpc-timeout'];
    if (typeof text !== 'string') return;
    const timeoutMs = parseGrpcTimeout(text);
    if (timeoutMs === undefined) {
      throw new GrpcError(GrpcCode.INTERNAL, `malformed grpc-timeout: ${JSON.stringify(text)}`);
    }
    // Timers beyond 2^31 ms fire at once in Node; a deadline of 24 days is as good as none.
    if (timeoutMs > 0x7fff_ffff) return;
    this.#deadline = setTimeout(() => {
      this.abort(new GrpcError(GrpcCode.DEADLINE_EXCEEDED, 'context deadline exceeded'));
    }, timeoutMs);
  }

  abort(reason: GrpcError): void {
    if (!this.#controller.signal.aborted) this.#controller.abort(reason);
  }

  /** Throws the reason of the abort, if there was one. */
  throwIfAborted(): void {
    this.signal.throwIfAborted();
  }

  /** Sends the initial metadata now instead of with the first frame. */
  sendHeaders(): void {
    if (this.#stream.headersSent || this.#stream.destroyed) return;
    this.#stream.respond(this.#responseHeaders(), { waitForTrailers: true });
  }

  /** Writes one message. */
  writeMessage(message: Uint8Array): Promise<void> {
    return this.writeFrames(encodeFrame(message));
  }

  /**
   * Writes any number of whole frames at once. The bytes belong to the stream from here on. Resolves when the stream
   * takes more, which is how a slow client holds the method back; rejects when the call was aborted.
   */
  async writeFrames(frames: Uint8Array): Promise<void> {
    this.throwIfAborted();
    this.sendHeaders();
    if (this.#stream.write(frames)) return;
    await this.#drained();
    this.throwIfAborted();
  }

  /** Ends the call with a status; the second end and an end after the client left do nothing. */
  finish(code: number, message: string): void {
    if (this.#finished || this.#stream.destroyed) return;
    this.#finished = true;
    clearTimeout(this.#deadline);
    const trailers: OutgoingHttpHeaders = { 'grpc-status': String(code) };
    if (message !== '') trailers['grpc-message'] = escapeGrpcMessage(message);
    if (!this.#stream.headersSent) {
      this.#stream.respond({ ...this.#responseHeaders(), ...trailers }, { endStream: true });
    } else {
      this.#stream.once('wantTrailers', () => {
        this.#stream.sendTrailers(trailers);
      });
      this.#stream.end();
    }
    // A client that has not half-closed yet would keep the stream open.
    if (!this.#stream.readableEnded) this.#stream.resume();
  }

  /** Writes bytes, then breaks the stream off with RST_STREAM instead of trailers. */
  async writeAndReset(bytes: Uint8Array): Promise<void> {
    this.sendHeaders();
    this.#finished = true;
    await new Promise<void>((resolve) => {
      this.#stream.write(bytes, () => {
        resolve();
      });
    });
    this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }

  #responseHeaders(): OutgoingHttpHeaders {
    return {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-accept-encoding': 'identity',
      ...this.#initialMetadata,
    };
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#stream.off('drain', done);
        this.signal.removeEventListener('abort', done);
        resolve();
      };
      this.#stream.on('drain', done);
      this.signal.addEventListener('abort', done);
      if (this.signal.aborted) done();
    });
  }
}
